"""A week lived through the product's own actions: planned, published, asked, swapped, lent, and mended on its mornings.

Every step is one that a page offers, by somebody who may; what the product refuses is counted by its code and goes on.
Computations are the worker's own runs, taken one after another.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bankhall.kernel.bank.people import Absence
from bankhall.kernel.errors import BankhallError
from bankhall.kernel.week import Week
from benchmarks.studies.quarter import people
from benchmarks.studies.quarter.arms import absences
from benchmarks.studies.quarter.happenings import Mornings

ZONE = ZoneInfo("Asia/Shanghai")
REASON = "study"
ASKED_AT_MOST = 4


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant on the branch's clock."""
    return datetime.combine(day, time(hour, minute), ZONE)


@dataclass
class Told:
    """What was done, and what the product said no to."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def step(self, what: str) -> Iterator[None]:
        """Counts a step as done or refused; a refusal ends it."""
        try:
            yield
        except BankhallError as error:
            self.refused[f"{what}: {error.code}"] += 1
        else:
            self.done[what] += 1


def work() -> None:
    """Everything that waits in the interactive lane."""
    from bankhall.apps.runs.actions.worker import Worker

    worker = Worker("interactive")
    while worker.work_once():
        pass


class Living:
    """One bank, week by week."""

    def __init__(self, mornings: Mornings, codes: list[str], processes: int) -> None:
        self.mornings, self.codes, self.processes = mornings, codes, processes
        self.told = Told()
        self.missing: defaultdict[str, list[Absence]] = defaultdict(list)

    def plan(self, week: Week) -> list[str]:
        """On the Thursday before: planned and published; answers the branches that have a published week."""
        from bankhall.apps.rosters import actions

        now = at(week.first_day() - timedelta(days=4), 10)
        planned = actions.plan_network(
            week, by=people.SYSTEM.actor, scope=people.SYSTEM, now=now, processes=self.processes, seed=7
        )
        self.told.refused.update(f"plan: {code}" for code in planned.failed.values())
        published = []
        for code, ref in planned.taken.items():
            with self.told.step("publish"):
                self._publish(code, ref, now)
                published.append(code)
        return published

    def _publish(self, code: str, ref: Any, now: datetime) -> None:
        from bankhall.apps.rosters import actions
        from bankhall.apps.rosters.actions.versions import version_of

        chief, second, above = people.manager(code), people.supervisor(code), people.region([code])
        ref = actions.propose(ref, by=chief.actor, scope=chief, now=now, reason=REASON)
        ref = actions.confirm(ref, by=second.actor, scope=second, now=now, reason=REASON)
        if version_of(ref, people.SYSTEM).approval_needed:
            ref = actions.approve(ref, by=above.actor, scope=above, now=now, reason=REASON)
        actions.publish(ref, by=chief.actor, scope=chief, now=now, reason=REASON)

    def ask_leaves(self, week: Week) -> None:
        """In the week before: people ask for days some weeks ahead; what goes is granted the day after."""
        from bankhall.apps.people.actions import Asking
        from bankhall.apps.rosters import actions

        today = week.first_day() - timedelta(days=3)
        for code, staff_no in self._everybody():
            day = self.mornings.wants_leave(staff_no, week)
            if day is None:
                continue
            who, chief = people.teller(staff_no, code), people.manager(code)
            with self.told.step("leave"):
                line = actions.ask_leave(
                    Asking("leave", day, day), on=today, now=at(today, 12), by=who.actor, scope=who
                )
                actions.answer_leave(
                    line.request_id, True, reason=REASON, on=today, now=at(today, 15), by=chief.actor, scope=chief
                )

    def swap_shifts(self, week: Week) -> None:
        """On the Friday before: at some branches somebody offers a shift, a colleague takes it, the branch agrees."""
        for code in self.codes:
            rng = self.mornings.offers_shift(code, week)
            if rng is not None and rows_of(code, week):
                with self.told.step("shift handed over"):
                    self._swap(code, week, int(rng.integers(0, 10_000)))

    def _swap(self, code: str, week: Week, draw: int) -> None:
        from bankhall.apps.rosters import actions
        from bankhall.apps.rosters.actions.versions import ref_of, standing_version

        due = sorted({(row.staff_no, row.business_date) for row in rows_of(code, week) if not row.at_branch_code})
        giver, day = due[draw % len(due)]
        today, offering = week.first_day() - timedelta(days=3), actions.Offering(day)
        who, chief, second = people.teller(giver, code), people.manager(code), people.supervisor(code)
        found = actions.check_offer(offering, on=today, by=who.actor, scope=who)
        taker = next((one for one in found.could if self.mornings.takes_shift(one, day)), None)
        if taker is None:
            self.told.done["shift that nobody took"] += 1
            return
        offer = actions.offer_shift(offering, on=today, now=at(today, 12), by=who.actor, scope=who)
        other = people.teller(taker, code)
        actions.take_offer(offer.offer_id, on=today, now=at(today, 13), by=other.actor, scope=other)
        actions.answer_offer(
            offer.offer_id, True, reason=REASON, on=today, now=at(today, 14), by=chief.actor, scope=chief
        )
        standing = standing_version(code, week)
        if standing is not None:
            actions.confirm(ref_of(standing), by=second.actor, scope=second, now=at(today, 15), reason=REASON)

    def lend(self, week: Week) -> None:
        """On the Friday before: the loans that the flow finds are offered, agreed to, and acknowledged or declined."""
        from bankhall.apps.rosters import actions
        from bankhall.apps.rosters.models import Loan
        from bankhall.apps.rosters.problems import lend_question
        from bankhall.data.lend_jobs import lend_region_job

        today, above = week.first_day() - timedelta(days=3), people.region(self._places())
        with self.told.step("loans looked for"):
            question = lend_question(people.SYSTEM, "", week, now=at(today, 10)) | {"proof_days": 0}
            answer = lend_region_job(question)
            actions.take_suggestions(
                question, answer, by=above.actor, scope=above, now=at(today, 10), run_id=week.number
            )
        for loan in Loan.objects.filter(week=str(week), state="suggested").order_by("code"):
            with self.told.step("loan"):
                self._lend_one(loan, above, at(today, 11), today)

    def _lend_one(self, loan: Any, above: Any, now: datetime, today: date) -> None:
        from bankhall.apps.rosters import actions

        who = people.teller(loan.staff_no, loan.from_branch)
        actions.offer_loan(loan.code, by=above.actor, scope=above, now=now, on=today)
        for branch in (loan.from_branch, loan.to_branch):
            chief = people.manager(branch)
            actions.agree_loan(loan.code, by=chief.actor, scope=chief, now=now, on=today)
        if self.mornings.goes(loan.staff_no, loan.business_date):
            actions.acknowledge_loan(loan.code, by=who.actor, scope=who, now=now, on=today)
        else:
            actions.decline_loan(loan.code, REASON, by=who.actor, scope=who, now=now, on=today)
            self.told.done["loan declined"] += 1

    def mornings_of(self, week: Week) -> None:
        """Each day at half past seven: whoever is missing is marked, the day is mended and published."""
        for day in week.days():
            for code in self.codes:
                if published(code, week) is not None:
                    self._morning(code, week, day)

    def _morning(self, code: str, week: Week, day: date) -> None:
        from bankhall.apps.rosters import actions

        home = home_of(code)
        due = [row for row in rows_of(code, week) if row.business_date == day and row.staff_no in home]
        missing = absences([row for row in due if not row.at_branch_code and row.kind != "break"], self.mornings)
        chief, now = people.manager(code), at(day, 7, 30)
        for absence in missing:
            until = absence.ends_at.hour * 60 + absence.ends_at.minute if absence.ends_at.date() == day else None
            kind = "sick" if until is None else "late"
            with self.told.step(f"marked {kind}"):
                actions.mark_missing(code, absence.staff_no, kind, until, now=now, by=chief.actor, scope=chief)
        self.missing[code] += missing
        if missing:
            with self.told.step("day mended"):
                self._mend(code, week, day, chief)

    def _mend(self, code: str, week: Week, day: date, chief: Any) -> None:
        from bankhall.apps.rosters import actions

        work()
        now = at(day, 7, 35)
        self._ask(code, day, chief, now)
        proposal = standing_proposal(code, day)
        actions.publish_today(proposal.pk, REASON, now=now, by=chief.actor, scope=chief)
        self._seen(code, week, now + timedelta(minutes=10))

    def _ask(self, code: str, day: date, chief: Any, now: datetime) -> None:
        """Whoever stands first in the page's list, one after another, while somebody is short or a rule is broken."""
        from bankhall.apps.rosters import actions

        tried: set[str] = set()
        while len(tried) < ASKED_AT_MOST:
            able = [one for one in self._able(code, day) if one not in tried]
            if not able:
                return
            tried.add(able[0])
            with self.told.step("asked to come"):
                number = actions.ask_to_come(code, able[0], now=now, by=chief.actor, scope=chief)
                who = people.teller(able[0], code)
                yes = self.mornings.comes(able[0], day)
                actions.answer_ask(number, yes, now=now, by=who.actor, scope=who)
                self.told.done["said yes"] += yes
            work()

    @staticmethod
    def _able(code: str, day: date) -> list[str]:
        """Whom the page offers to ask, in its order; nobody once nothing is short and no rule broken."""
        from bankhall.apps.rosters.queries.asks import ask_lines, candidate_lines

        answer = standing_proposal(code, day).answer
        if not answer or not (answer["short_after"] or answer["law_breaches"]):
            return []
        lines = candidate_lines(answer, ask_lines(code, day), day)
        return [line.staff_no for line in lines if line.against is None]

    def _seen(self, code: str, week: Week, now: datetime) -> None:
        from bankhall.apps.rosters import actions
        from bankhall.apps.rosters.actions.versions import ref_of
        from bankhall.apps.rosters.models import Acknowledgement

        roster = published(code, week)
        for row in Acknowledgement.objects.filter(roster=roster, at=None):
            who = people.teller(row.staff_no, code)
            with self.told.step("acknowledged"):
                actions.acknowledge_roster(row.pk, now=now, by=who.actor, scope=who)
        second = people.supervisor(code)
        with self.told.step("confirmed afterwards"):
            actions.review_today(ref_of(roster), now=now, by=second.actor, scope=second, reason=REASON)

    def _everybody(self) -> list[tuple[str, str]]:
        from bankhall.apps.people import queries

        return [(code, one.staff_no) for code in self.codes for one in queries.staff(people.SYSTEM, code)]

    def _places(self) -> list[str]:
        from bankhall.apps.network import queries

        return [*self.codes, *(node.node_code for node in queries.pools(people.SYSTEM))]


def published(code: str, week: Week) -> Any:
    """The version in force."""
    from bankhall.apps.rosters.problems.weeks import published_of

    return published_of(code, week)


def rows_of(code: str, week: Week) -> tuple[Any, ...]:
    """The assignments in force; none where nothing is published."""
    from bankhall.apps.rosters.queries.records import assignments_of

    roster = published(code, week)
    return assignments_of(roster) if roster else ()


def standing_proposal(code: str, day: date) -> Any:
    """The proposal of the day."""
    from bankhall.apps.rosters.models import Proposal

    return Proposal.objects.filter(branch_code=code, business_date=day).order_by("-id")[0]


def home_of(code: str) -> frozenset[str]:
    """Whose branch it is: a guest is their own branch's to mark."""
    from bankhall.apps.people import queries

    return frozenset(one.staff_no for one in queries.staff(people.SYSTEM, code))
