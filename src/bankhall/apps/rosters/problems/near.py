"""People of the float pool and of branches near by who have rights at a branch and are off today, as a question.

Nobody's own shift is taken from them: whoever stands on a published roster that day, is lent or is asked already, is
not among them, and nobody is whose branch has published no week.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from bankhall.analytics.lending.problem import MOST_TRAVEL
from bankhall.apps.imports.queries import bank
from bankhall.apps.network import queries as network
from bankhall.apps.people import queries as people
from bankhall.apps.rosters.models import Ask, Loan, Roster, Stretch
from bankhall.apps.rosters.queries.records import as_assignment, past_of
from bankhall.apps.rosters.states import BINDING, OPEN_ASKS, RosterState
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.people import Person
from bankhall.kernel.bank.roster import Assignment
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

Plain = dict[str, object]
NEAREST = 8
"""So many are tried, the nearest first: the answer is awaited at the door."""
READER = Scope.system("who near by could come today")


def near_question(branch_code: str, week: Week, today: date, records: Bank) -> Plain:
    """Who, from where and how far, with their records and their week at home; empty where there is nobody."""
    ways = {t.from_branch: t.minutes for t in records.travel if t.to_branch == branch_code and t.minutes <= MOST_TRAVEL}
    able = [p for p in people.with_rights(READER, branch_code) if p.branch_code in ways]
    rows = _rows(able, week) if able else None
    free = [p for p in able if rows is not None and _is_free(p, rows, today)]
    bound = _bound([p.staff_no for p in free], branch_code, today)
    chosen = sorted((p for p in free if p.staff_no not in bound), key=lambda p: (ways[p.branch_code], p.staff_no))
    return _told(chosen[:NEAREST], ways, rows or {}, week) if chosen else {}


def _rows(able: Iterable[Person], week: Week) -> dict[str, list[Assignment]]:
    """By home that may be asked, what its people stand at in the published week; a pool needs no roster for that."""
    homes = {p.branch_code for p in able}
    found: dict[str, list[Assignment]] = {node.node_code: [] for node in network.pools(READER)}
    rosters = Roster.objects.filter(week=str(week), branch_code__in=homes, state=RosterState.PUBLISHED)
    by_id = {roster.pk: roster.branch_code for roster in rosters}
    found |= {code: [] for code in by_id.values()}
    names = [p.staff_no for p in able]
    for row in Stretch.objects.filter(roster_id__in=by_id, staff_no__in=names).order_by("business_date", "start", "id"):
        found[by_id[row.roster_id]].append(as_assignment(by_id[row.roster_id], row))
    return found


def _is_free(person: Person, rows: dict[str, list[Assignment]], today: date) -> bool:
    mine = rows.get(person.branch_code)
    return mine is not None and not any(
        row.staff_no == person.staff_no and row.business_date == today for row in mine
    )  # fmt: skip


def _bound(names: Collection[str], branch_code: str, today: date) -> set[str]:
    """Who is lent that day, or asked by another branch."""
    lent = Loan.objects.filter(staff_no__in=names, business_date=today, state__in=list(BINDING), ask=None)
    asked = Ask.objects.filter(staff_no__in=names, business_date=today, state__in=list(OPEN_ASKS))
    return {
        *lent.values_list("staff_no", flat=True),
        *asked.exclude(branch_code=branch_code).values_list("staff_no", flat=True),
    }


def _told(chosen: list[Person], ways: dict[str, int], rows: dict[str, list[Assignment]], week: Week) -> Plain:
    homes, names = {p.branch_code for p in chosen}, {p.staff_no for p in chosen}
    past = [row for code in sorted(homes) for row in past_of(code, week) if row.staff_no in names]
    return {
        "people": [{"staff_no": p.staff_no, "home": p.branch_code, "minutes": ways[p.branch_code]} for p in chosen],
        "bank": to_plain(_of(bank(Scope(READER.actor, {"regional": frozenset(homes)})), names)),
        "rows": to_plain([row for code in sorted(homes) for row in rows[code] if row.staff_no in names]),
        "past": to_plain(past),
    }


def _of(records: Bank, names: Collection[str]) -> Bank:
    """The records of some people alone, without halls: what stands in a hall is nothing that binds them."""
    return replace(
        records, staff=tuple(p for p in records.staff if p.staff_no in names),
        certificates=tuple(c for c in records.certificates if c.staff_no in names),
        protections=tuple(p for p in records.protections if p.staff_no in names),
        absences=tuple(a for a in records.absences if a.staff_no in names),
        post_history=tuple(h for h in records.post_history if h.staff_no in names),
        windows=(), duties=(), wishes=(), promises=(), travel=(),
    )  # fmt: skip
