"""One person's own published week."""

from datetime import date, timedelta

from bankhall.apps.access.queries import check_may
from bankhall.apps.people import queries as people
from bankhall.apps.rosters.models import Roster
from bankhall.apps.rosters.queries.day_plan import Drawn, bars_of, drawn
from bankhall.apps.rosters.queries.names import names_of
from bankhall.apps.rosters.queries.pages import MyDay, MyRoster
from bankhall.apps.rosters.queries.records import bank_of
from bankhall.apps.rosters.states import RosterState
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import NotFound
from bankhall.kernel.scope import Scope
from bankhall.kernel.week import Week

MOST_WEEKS = 12


def my_roster(scope: Scope, week: Week, *, staff_no: str = "") -> MyRoster:
    """The published week of a person: the reader's own by default, another's for those who may see the plan.

    Drafts are shown to nobody here: what is not published may still change.
    """
    who = staff_no or scope.actor.staff_no
    if not who:
        raise NotFound("person", staff_no="")
    person = people.person(scope, who)
    check_may(scope, "see_own_roster" if who == scope.actor.staff_no else "see_plan", person.branch_code)
    bank = bank_of(person.branch_code)
    roster = _published(person.branch_code, week)
    view = drawn(roster, person.branch_code, week, bank)
    days = tuple(_my_day(view, who, day) for day in week.days())
    node = bank.node(person.branch_code)
    step = roster.steps.filter(step="publish").last() if roster else None
    return MyRoster(
        who, person.called(), person.branch_code, node.name if node else Bilingual(), bank.zone_of(person.branch_code),
        week, roster.version if roster else None, step.at if step else None, days,
        sum(day.work_minutes for day in days), names_of(bank, person.branch_code, view.assignments), bank.synthetic,
    )  # fmt: skip


def my_coming_weeks(scope: Scope, on: date) -> tuple[MyRoster, ...]:
    """The reader's published weeks from the one before a day on: what a calendar keeps."""
    home = people.person(scope, scope.actor.staff_no).branch_code
    check_may(scope, "see_own_roster", home)
    rows = Roster.objects.filter(branch_code=home, state=RosterState.PUBLISHED, first__gte=on - timedelta(days=14))
    weeks = sorted(Week.parse(text) for text in rows.values_list("week", flat=True))
    return tuple(my_roster(scope, week) for week in weeks[:MOST_WEEKS])


def _published(branch_code: str, week: Week) -> Roster | None:
    rows = Roster.objects.filter(branch_code=branch_code, week=str(week), state=RosterState.PUBLISHED)
    return rows.select_related("plan").first()


def _my_day(view: Drawn, staff_no: str, day: date) -> MyDay:
    bars = tuple(bars_of(view, day).get(staff_no, ()))
    work = [bar for bar in bars if bar.kind != "break"]
    away = view.situation.absence_spans(staff_no, day)
    return MyDay(
        view.situation.calendar_day(day), bars, min((bar.start for bar in work), default=None),
        max((bar.end for bar in work), default=None), sum(bar.end - bar.start for bar in work),
        away[0][1].kind if away else "",
    )  # fmt: skip
