"""A mail server and a group robot on this machine, which keep what they were handed."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Mailbox(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP as a client needs. `says` are answers to a step; it is `speechless`, or hangs up, at some."""

    daemon_threads = allow_reuse_address = True

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.says: dict[str, str] = {}
        self.speechless: set[str] = set()
        self.hangs_up: set[str] = set()
        super().__init__(("127.0.0.1", 0), _Smtp)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]


class _Smtp(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline():
            step = line.decode().split()[0].upper()
            if step == "DATA":
                if not self._take():
                    return
            elif not self._answer(step, "221 bye" if step == "QUIT" else "250 fine"):
                return

    def _take(self) -> bool:
        if not self._answer("DATA", "354 go on"):
            return False
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        if line:
            self.server.mails.append(message_from_bytes(b"".join(lines), policy=default))
        return self._answer("END", "250 taken")

    def _answer(self, step: str, usual: str) -> bool:
        if step in self.server.speechless:
            self.rfile.read()  # until the client is gone
            return False
        if step in self.server.hangs_up:
            return False
        self._say(self.server.says.get(step, usual))
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class Group(ThreadingHTTPServer):
    """A robot of a group: keeps addresses and bodies, and answers as told."""

    daemon_threads = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.texts: list[str] = []
        self.status, self.answer = 200, json.dumps({"errcode": 0, "errmsg": "ok"})
        self.closes = False
        super().__init__(("127.0.0.1", 0), _Robot)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/send?key=not-to-be-told"


class _Robot(BaseHTTPRequestHandler):
    server: Group

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert body["msgtype"] == "text"
        self.server.asked.append(self.path)
        self.server.texts.append(body["text"]["content"])
        if self.server.closes:
            self.close_connection = True
            return
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.answer.encode())

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def running(server: Mailbox | Group) -> Iterator[None]:
    """Serves in a thread; ends it."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
