"""Serve the site in BANKHALL_HOME: the web server, a worker a lane and a keeper under one parent; check it.

Example: bankhall serve --host 0.0.0.0 --port 8000

Ctrl-C (or SIGTERM) ends everything; requests in flight are answered first. A child that dies is started again.
`bankhall worker --lane batch` runs one more worker, on another machine too when the store is PostgreSQL.
"""

import argparse
import json
import os
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import partial
from http.client import HTTPConnection, HTTPException

from bankhall.cli.language import terminal_language
from bankhall.kernel.errors import BadInput
from bankhall.wording.say import say

WEB_PROCESSES, WEB_THREADS = 2, 4
BATCH_NICENESS = 10


def add_serve_arguments(parser: argparse.ArgumentParser) -> None:
    """`--host --port`."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)


def run_serve(options: argparse.Namespace) -> int:
    """Open the site, start everything, stay until told to leave."""
    from bankhall.cli.processes import Household
    from bankhall.cli.site import open_site

    check_port_is_free(options.host, options.port)
    open_site()
    collect_static()
    open_first_account()
    stands = partial(answers, options.host, options.port)
    Household(commands(options.host, options.port), tell=_say, first_stands=stands).run()
    return 0


def open_first_account() -> None:
    """A site without any account gets an administrator, whose password is said once and kept nowhere."""
    from django.conf import settings

    from bankhall.apps.access import actions as access
    from bankhall.apps.identity.queries import has_accounts
    from bankhall.kernel.bilingual import Bilingual
    from bankhall.kernel.scope import Scope

    if has_accounts():
        return
    scope, password = Scope.system("first start"), secrets.token_urlsafe(12)
    account = access.NewAccount("administrator", password, Bilingual("管理员", "Administrator"))
    access.open_account(account, by=scope.actor, scope=scope)
    access.grant("administrator", "administrator", "", valid_from=settings.CLOCK.today(), by=scope.actor, scope=scope)
    _say(f"the first account: administrator, password {password} (said this once; change it after signing in)")


def answers(host: str, port: int) -> bool:
    """Whether the web server gives a page."""
    asking = HTTPConnection(host if host not in ("0.0.0.0", "::") else "localhost", port, timeout=2)  # noqa: S104
    try:
        asking.request("HEAD", "/sign-in/", headers={"Host": "localhost"})
        return asking.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        asking.close()


def commands(host: str, port: int) -> Mapping[str, Sequence[str]]:
    """What stands under the parent, by name."""
    python = sys.executable
    web = [
        python, "-m", "granian", "--interface", "wsgi", "bankhall.config.wsgi:application",
        "--host", host, "--port", str(port), "--workers", str(WEB_PROCESSES), "--blocking-threads", str(WEB_THREADS),
        "--respawn-failed-workers", "--log-level", "warning",
    ]  # fmt: skip
    worker = [python, "-m", "bankhall.cli.entry", "worker", "--lane"]
    return {
        "web": web,
        "interactive worker": [*worker, "interactive"],
        "batch worker": [*worker, "batch"],
        "keeper": [python, "-m", "bankhall.cli.keeper"],
        **({"courier": [python, "-m", "bankhall.cli.courier"]} if sends_notices() else {}),
    }


def sends_notices() -> bool:
    """Whether the bank has set up a way out of the house."""
    from django.conf import settings

    return bool(settings.NOTICE_CHANNELS.any)


def check_port_is_free(host: str, port: int) -> None:
    """BadInput `port_in_use` instead of a web server that dies again and again."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput("port_in_use", host=host, port=port) from error


def collect_static() -> None:
    """Static files under hashed names into the home folder; htmx 2 stays behind, its comments break the renaming."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=["hx-*-2.js"])


def add_worker_arguments(parser: argparse.ArgumentParser) -> None:
    """`--lane interactive|batch`."""
    parser.add_argument("--lane", choices=["interactive", "batch"], required=True)


def run_worker(options: argparse.Namespace) -> int:
    """Work until told to leave; a computation under way is given back then."""
    from bankhall.cli.site import open_site

    open_site(migrate=False)
    from bankhall.apps.runs.actions import Worker

    if options.lane == "batch":
        os.nice(BATCH_NICENESS)
        threading.Thread(target=rehearse, daemon=True).start()
    worker = Worker(options.lane)
    signal.signal(signal.SIGTERM, worker.leave)
    signal.signal(signal.SIGINT, worker.leave)
    worker.loop()
    return 0


def rehearse() -> str:
    """Compiles the loops of planning in a child, so that the first re-solve after an upgrade need not; how it went."""
    from bankhall.apps.runs.actions import Child

    with Child("bankhall.data.plan_jobs:rehearse_job", {}) as child:
        while not (how := child.ended()):
            for said in child.listen(1.0):
                if "answer" in said or "failed" in said:
                    return str(said)
    return how


def add_doctor_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing of its own."""
    del parser


def run_doctor(options: argparse.Namespace) -> int:
    """One line a check; 1 when something is wrong."""
    from bankhall.cli.doctor import examine

    checks, language = examine(), terminal_language()
    if options.json:
        print(json.dumps([check.plain(language) for check in checks], ensure_ascii=False, indent=1))
    else:
        print("\n".join(check.line(language) for check in checks))
    return int(any(check.state == "wrong" for check in checks))


def add_verify_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing of its own."""
    del parser


def run_verify(options: argparse.Namespace) -> int:
    """Check the whole audit trail; 1 when it is not whole."""
    from bankhall.cli.site import open_site

    open_site(migrate=False)
    from bankhall.apps.audit.queries import verify
    from bankhall.kernel.plain import to_plain

    verdict = verify()
    if options.json:
        print(json.dumps(to_plain(verdict), ensure_ascii=False, indent=1))
        return int(not verdict.whole)
    language = terminal_language()
    counts = {"lines": verdict.lines, "sealed": verdict.sealed, "seals": verdict.seals}
    print(say("site.trail", language, **counts, when=verdict.last_sealed_at))
    for fault in verdict.faults:
        print("  " + say(f"fault.{fault.code}", language, place=fault.place))
    print(say("site.trail_whole" if verdict.whole else "site.trail_faults", language, n=len(verdict.faults)))
    return int(not verdict.whole)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
