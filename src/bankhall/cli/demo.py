"""Build the demo bank, plan its week, show what was found, and serve it. All of it is synthetic, and says so.

Example: bankhall demo --port 8000

A second start goes straight to serving when nothing changed. `--check` asks every page once in both languages and ends.
"""

import argparse
import os
import sys
from pathlib import Path

from bankhall.cli.demo_bank import DEMO_DATE, WEEK


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--port N [--check] [--anew] [--processes N]`."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--check", action="store_true", help="ask every page once in both languages, then end")
    parser.add_argument("--anew", action="store_true", help="build the demo bank again even when nothing changed")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="planning processes")


def run(options: argparse.Namespace) -> int:
    """Build when something changed, tell, serve or check."""
    home = demo_home()
    from bankhall.cli.demo_build import build, built_from, same_as_built

    print(f"Bankhall demo in {home} (synthetic data, demo date {DEMO_DATE})", file=sys.stderr)
    if options.anew or not same_as_built(home):
        build(home, processes=options.processes, sources=built_from())
    _report()
    if options.check:
        from bankhall.cli.demo_check import check_pages

        return check_pages()
    return _serve(options.port)


def demo_home() -> Path:
    """Where the demo lives. The product's settings read these words when they load, so they are set before that."""
    home = Path(os.environ.setdefault("BANKHALL_HOME", str(Path("var/demo").resolve())))
    os.environ.setdefault("BANKHALL_DEMO_DATE", DEMO_DATE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bankhall.config.settings")
    home.mkdir(parents=True, exist_ok=True)
    return home


def _report() -> None:
    from bankhall.cli.site import open_site

    open_site()
    from django.conf import settings

    from bankhall.cli.demo_report import report_lines

    print("\n".join(report_lines(WEEK, settings.CLOCK.today())), flush=True)


def _serve(port: int) -> int:
    from bankhall.cli.demo_accounts import account_lines
    from bankhall.cli.serve import run_serve

    print(f"\n  http://127.0.0.1:{port}/\n\n" + "\n".join(account_lines()) + "\n\n  Ctrl-C stops it.\n", flush=True)
    return run_serve(argparse.Namespace(host="127.0.0.1", port=port))
