"""What the days of a branch can bear, from the forecast's requirement: read once for a span, asked for any day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spare import Need, PostDay, can_meet, missing, needs_of, post_days, there_on
from bankhall.apps.people.queries import AbsenceLine
from bankhall.apps.rosters.models import Roster
from bankhall.apps.rosters.queries.records import requirement_of
from bankhall.apps.rosters.states import STANDING, RosterState
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bank.people import Person
from bankhall.kernel.bank.roster import Requirement
from bankhall.kernel.breach import Breach
from bankhall.kernel.week import Week

UNBEARABLE = "requirement_short"
LOOK_BACK_WEEKS = 8


@dataclass(frozen=True)
class Horizon:
    """A branch's requirement over a span, as planned or (`assumed`) as on the last planned day of that weekday."""

    branch_code: str
    bank: Bank
    planned: Mapping[date, tuple[Requirement, ...]]
    weekdays: Mapping[int, tuple[Requirement, ...]]
    situation: Situation
    _needs: dict[date, tuple[Need, ...]] = field(default_factory=dict)
    _away: dict[date, frozenset[str]] = field(default_factory=dict)

    def opens(self, day: date) -> bool:
        """Whether the branch is open at all."""
        return bool(self.situation.open_spans(day))

    def assumed(self, day: date) -> bool:
        """No forecast reaches that far: an earlier day of that weekday stands for it."""
        return self.opens(day) and day not in self.planned

    def needs(self, day: date) -> tuple[Need, ...]:
        """What its half hours require; nothing when closed."""
        if day not in self._needs:
            rows = self.planned.get(day) or self.weekdays.get(day.isoweekday(), ())
            self._needs[day] = needs_of(rows) if self.opens(day) else ()
        return self._needs[day]

    def away(self, day: date) -> frozenset[str]:
        """Who has a granted absence at some time of the day."""
        if day not in self._away:
            gone = (p.staff_no for p in self.home if self.situation.absence_spans(p.staff_no, day))
            self._away[day] = frozenset(gone)
        return self._away[day]

    def there(self, day: date, without: Iterable[str] = ()) -> tuple[Person, ...]:
        """Who is there, but for these."""
        return there_on(self.home, {*self.away(day), *without}, day)

    @cached_property
    def home(self) -> tuple[Person, ...]:
        """The branch's own people."""
        return tuple(p for p in self.bank.staff if p.branch_code == self.branch_code)

    def posts(self, day: date) -> tuple[PostDay, ...]:
        """Post by post."""
        return post_days(self.there(day), self.needs(day))

    def bears(self, staff_no: str, day: date) -> bool:
        """Whether the day gets by without this person, or did not get by with them either."""
        needs = self.needs(day)
        return can_meet(self.there(day, [staff_no]), needs) or self._short(day) == self._short(day, staff_no)

    def why_not(self, staff_no: str, day: date) -> Breach:
        """What would be short, in the words of a breach."""
        person = next(p for p in self.bank.staff if p.staff_no == staff_no)
        post = person.posts[0] if person.posts else ""
        short = self._short(day, staff_no) - self._short(day)
        facts: dict[str, str | int | float] = {"post_code": post, "people": short}
        return Breach(UNBEARABLE, "agreement", self.branch_code, "", day, None, None, facts)

    def _short(self, day: date, without: str = "") -> int:
        return max((missing(self.there(day, [without]), need) for need in self.needs(day)), default=0)


def horizon(branch_code: str, bank: Bank, first: date, last: date) -> Horizon:
    """Reads the requirement of the published or standing versions of the span, and of the weeks before for the rest."""
    weeks = [str(Week.of(first).plus(n)) for n in range(-LOOK_BACK_WEEKS, (last - first).days // 7 + 2)]
    rows = Roster.objects.filter(branch_code=branch_code, week__in=weeks, state__in=[RosterState.PUBLISHED, *STANDING])
    planned: dict[date, list[Requirement]] = {}
    for roster in rows.select_related("plan").order_by("first", "version"):
        found: dict[date, list[Requirement]] = defaultdict(list)
        for row in requirement_of(roster.plan.requirement):
            found[row.business_date].append(row)
        planned |= found
    weekdays = {day.isoweekday(): tuple(planned[day]) for day in sorted(planned)}
    situation = Situation(RosterProblem(branch_code, Week.of(first), bank))
    return Horizon(branch_code, bank, {d: tuple(r) for d, r in planned.items()}, weekdays, situation)


def asked_by_day(lines: Iterable[AbsenceLine]) -> dict[date, list[AbsenceLine]]:
    """Requests laid out on the dates that they touch."""
    found: dict[date, list[AbsenceLine]] = defaultdict(list)
    for line in lines:
        for number in range((line.last - line.first).days + 1):
            found[line.first + timedelta(days=number)].append(line)
    return found
