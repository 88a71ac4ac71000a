"""People of the branches, each with a token, who act at once and keep what they were told of every act."""

import json
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from http.client import HTTPConnection, HTTPException
from itertools import count
from typing import Any
from uuid import uuid4

Plain = dict[str, Any]
DONE, REFUSED, UNKNOWN = "done", "refused", "unknown"
FIRST_LEAVE = date(2026, 12, 8)
LONGEST_SECONDS = 300
MOST_GONE = 3
MAY_ASK = (None, "lapsed", "withdrawn", "declined")


@dataclass(slots=True)
class Told:
    """One act: who asked for what, and what they were told: `done`, `refused`, or nothing (`unknown`)."""

    act: str
    who: str
    path: str
    body: Plain
    key: str
    outcome: str = UNKNOWN
    status: int = 0
    answer: Any = None


class Journal:
    """Every act of every client."""

    def __init__(self) -> None:
        self._rows: list[Told] = []
        self._lock = threading.Lock()

    def add(self, row: Told) -> None:
        """Keeps it."""
        with self._lock:
            self._rows.append(row)

    def confirmed(self, act: str = "") -> int:
        """How many acts (of a kind, or all) were answered with *done*."""
        with self._lock:
            return sum(row.outcome == DONE and act in ("", row.act) for row in self._rows)

    def plain(self) -> list[Plain]:
        """For the verdict."""
        return [asdict(row) for row in self._rows]


class Caller:
    """One person's program."""

    def __init__(self, port: int, name: str, secret: str, journal: Journal, luck: random.Random) -> None:
        self.port, self.name, self.journal, self.luck = port, name, journal, luck
        self._headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}

    def see(self, path: str) -> Any:
        """What is there; None while nobody answers."""
        try:
            status, answer = self._send("GET", path, None, {})
        except (OSError, HTTPException, ValueError):
            return None
        return answer if status == 200 else None

    def do(self, act: str, path: str, body: Plain | None = None) -> None:
        """Acts. Half of the acts bear a key and are sent again until they are answered; the others are left as is."""
        key = str(uuid4()) if self.luck.random() < 0.5 else ""
        told = Told(act, self.name, path, body or {}, key)
        self.journal.add(told)
        until = time.monotonic() + LONGEST_SECONDS
        while not self._told(told) and key and time.monotonic() < until:
            time.sleep(0.1)

    def _told(self, told: Told) -> bool:
        more = {"Idempotency-Key": told.key} if told.key else {}
        try:
            told.status, told.answer = self._send("POST", told.path, told.body, more)
        except (OSError, HTTPException, ValueError):
            return False
        told.outcome = DONE if told.status == 200 else REFUSED
        return True

    def _send(self, method: str, path: str, body: Plain | None, more: Mapping[str, str]) -> tuple[int, Any]:
        line = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            text = None if body is None else json.dumps(body)
            line.request(method, f"/api/v1{path}", body=text, headers=self._headers | dict(more))
            found = line.getresponse()
            return found.status, json.loads(found.read())
        finally:
            line.close()


class Branch:
    """The people of one branch and what each of them does next. Two threads a branch are enough to meet."""

    def __init__(self, code: str, callers: Mapping[str, Caller], luck: random.Random, numbers: Iterator[int]) -> None:
        self.code, self.luck, self._numbers = code, luck, numbers
        self.staff = [one for name, one in callers.items() if name.startswith("T")]
        self.manager, self.supervisor = callers["branch_manager"], callers["supervisor"]
        self._days = {one.name: count() for one in self.staff}

    def staff_act(self) -> None:
        """One of the tellers does something."""
        one = self.luck.choice(self.staff)
        moves = (self._ask_leave, self._withdraw_leave, self._offer, self._take, self._reply, self._acknowledge)
        self._try(moves, (2, 1, 2, 3, 3, 2), one)

    def head_act(self) -> None:
        """Whoever runs the branch does something."""
        moves = (self._answer_leave, self._answer_offer, self._today, self._confirm, self._review)
        self._try(moves, (2, 3, 8, 3, 2), self.manager)

    def _try(self, moves: Sequence[Callable[[Caller], None]], weights: Sequence[int], who: Caller) -> None:
        self.luck.choices(moves, weights)[0](who)

    def _mark(self) -> str:
        return f"mark {next(self._numbers)}"

    def _items(self, who: Caller, path: str) -> list[Plain]:
        found = who.see(path)
        return list(found["items"]) if found else []

    def _one(self, who: Caller, path: str) -> Plain | None:
        found = self._items(who, path)
        return self.luck.choice(found) if found else None

    def _ask_leave(self, who: Caller) -> None:
        day = (FIRST_LEAVE + timedelta(days=next(self._days[who.name]))).isoformat()
        body = {"kind": "leave", "first": day, "last": day, "pays": "leave", "reason": self._mark(), "anyway": True}
        who.do("ask_leave", "/my/requests", body)

    def _withdraw_leave(self, who: Caller) -> None:
        open_ones = [one for one in self._items(who, "/my/requests") if one["state"] in ("asked", "granted")]
        if open_ones:
            who.do("withdraw_leave", f"/my/requests/{self.luck.choice(open_ones)['request_id']}/withdraw")

    def _offer(self, who: Caller) -> None:
        working = 1 + int(who.name[-2:]) % 2  # half of the branch works on the first and third, the rest on the others
        day = date(2026, 12, working + 2 * self.luck.randint(0, 1)).isoformat()
        to = self.luck.choice(["", self.luck.choice(self.staff).name])
        who.do("offer", "/my/offers", {"day": day, "to_staff_no": "" if to == who.name else to})

    def _take(self, who: Caller) -> None:
        if (one := self._one(who, "/my/offers/open")) is not None:
            who.do("take", f"/my/offers/{one['offer_id']}/take")

    def _reply(self, _: Caller) -> None:
        page = self.manager.see(f"/branches/{self.code}/today") or {"asks": ()}
        for ask in page["asks"]:
            if ask["state"] == "asked":
                (who,) = (one for one in self.staff if one.name == ask["staff_no"])
                who.do("reply", f"/my/asks/{ask['number']}/answer", {"accepted": self.luck.random() < 0.7})

    def _acknowledge(self, _: Caller) -> None:
        """One of those who have not seen the changed day yet, or one of them once more."""
        page = self.manager.see(f"/branches/{self.code}/today") or {"acknowledgements": ()}
        waiting = [one for one in page["acknowledgements"] if one["at"] is None]
        again = [one for one in page["acknowledgements"] if one["at"] is not None and self.luck.random() < 0.05]
        if waiting or again:
            row = self.luck.choice(waiting or again)
            (who,) = (one for one in self.staff if one.name == row["staff_no"])
            who.do("acknowledge", f"/my/acknowledgements/{row['number']}")

    def _answer_leave(self, who: Caller) -> None:
        if (one := self._one(who, f"/branches/{self.code}/requests?state=asked")) is not None:
            body = {"agreed": self.luck.random() < 0.6, "reason": self._mark()}
            who.do("answer_leave", f"/branches/{self.code}/requests/{one['request_id']}/answer", body)

    def _answer_offer(self, who: Caller) -> None:
        taken = [one for one in self._items(who, f"/branches/{self.code}/offers?open_only=true") if one["taken_by"]]
        if taken:
            body = {"agreed": self.luck.random() < 0.4, "reason": self._mark()}
            who.do("answer_offer", f"/branches/{self.code}/offers/{self.luck.choice(taken)['offer_id']}/answer", body)

    def _today(self, who: Caller) -> None:
        """Marks, asks, publishes, or takes one of them back, as the page allows."""
        here, page = f"/branches/{self.code}/today", who.see(f"/branches/{self.code}/today")
        if page is None:
            return
        gone = [one["number"] for one in page["people"] if one["number"] is not None]
        there = [one["staff_no"] for one in page["people"] if one["number"] is None and one["state"] == "due"]
        come = [one["staff_no"] for one in page["candidates"] if not one["against"] and one["asked"] in MAY_ASK]
        waiting = [one["number"] for one in page["asks"] if one["state"] in ("asked", "accepted")]
        ready = page["proposal"] is not None and page["proposal"]["answer"] is not None
        if page["proposal"] is not None and not ready and self.luck.random() < 0.8:
            return  # whoever runs a branch waits for what is being computed, mostly
        body = {"reason": self._mark()}
        moves: list[tuple[str, str, Plain]] = [
            *[("mark", f"{here}/missing", {"staff_no": one, "kind": "sick"}) for one in there[: MOST_GONE - len(gone)]],
            *[("take_back", f"{here}/missing/{one}/take-back", {}) for one in gone if self.luck.random() < 0.1],
            *[("ask", f"{here}/asks", {"staff_no": one}) for one in come[:2]],
            *[("withdraw_ask", f"{here}/asks/{one}/withdraw", {}) for one in waiting if self.luck.random() < 0.1],
            *([("propose", f"{here}/propose", {})] if self.luck.random() < 0.1 else []),
        ]
        open_asks = [one for one in page["asks"] if one["state"] == "asked"]
        if ready and not open_asks and self.luck.random() < (0.8 if waiting or not come else 0.2):
            moves[:] = [("publish", f"{here}/proposals/{page['proposal']['number']}/publish", body)]
        if moves:
            who.do(*self.luck.choice(moves))

    def _confirm(self, _: Caller) -> None:
        for one in self._items(self.supervisor, f"/branches/{self.code}/weeks"):
            if one["state"] == "proposed":
                seen = {"version": one["version"], "edit": one["edit"], "reason": self._mark()}
                self.supervisor.do("confirm", f"/branches/{self.code}/weeks/{one['week']}/steps/confirm", seen)

    def _review(self, _: Caller) -> None:
        page = self.supervisor.see(f"/branches/{self.code}/today") or {"reviews": ()}
        for one in page["reviews"]:
            body = {"week": one["ref"]["week"], "version": one["ref"]["version"], "reason": self._mark()}
            self.supervisor.do("review", f"/branches/{self.code}/today/review", body)


class Crew:
    """All branches at work, until told to stop."""

    def __init__(self, port: int, tokens: Mapping[str, Mapping[str, str]], seed: int) -> None:
        self.journal, self._stop, numbers = Journal(), threading.Event(), count(1)
        self.errors: list[BaseException] = []
        self._threads = []
        for n, (code, secrets) in enumerate(tokens.items()):
            luck = random.Random(f"{seed} {n}")
            callers = {
                name: Caller(port, f"{name}.{code}" if name[0] != "T" else name, secret, self.journal, luck)
                for name, secret in secrets.items()
            }
            branch = Branch(code, callers, luck, numbers)
            for act in (branch.staff_act, branch.staff_act, branch.head_act):
                self._threads.append(threading.Thread(target=self._work, args=(act,)))

    def start(self) -> None:
        """Everybody begins."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """What was begun is finished; nothing more is begun."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _work(self, act: Callable[[], None]) -> None:
        while not self._stop.is_set():
            try:
                act()
            except Exception as error:  # noqa: BLE001 - told by the test, not by a thread that is gone
                self.errors.append(error)
                return
            time.sleep(0.02)
