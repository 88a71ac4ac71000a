"""The look ahead: every week's need against its people, and what would help most, each by working it out again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bankhall.analytics.planning.season.cheap import cheap_hours, factors_of, pairs_of, past_errors, scaled
from bankhall.analytics.planning.season.people import (
    Hand,
    able_posts,
    fit_share,
    hands_of,
    short_hours,
    useful_share,
    with_one_more,
)
from bankhall.analytics.planning.season.values import Gap, SeasonAnswer, SeasonQuestion, SeasonWeek
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.week import Week

LEVELS = ("mean", "low", "high")
FULL_WEEK = 40.0
LEAST_SAVED = 0.5
"""Hours over all weeks below which a gap is not worth a line."""
Progress = Callable[[float, str], None]


def _silent(share: float, step: str) -> None:
    pass


@dataclass(frozen=True)
class _Known:
    """A week worked out once: its people and its need at each level."""

    week: Week
    hands: tuple[Hand, ...]
    absent_days: int
    open_days: int
    needed: Mapping[str, Mapping[str, float]]


def look_ahead(question: SeasonQuestion, progress: Progress = _silent) -> SeasonAnswer:
    """Weeks, calibration with its past error, and gaps. Same question, same answer."""
    pairs = pairs_of(question.recent)
    factors, (error, plain) = factors_of(pairs), past_errors(pairs)
    useful = useful_share(question.recent)
    known = []
    for place, week in enumerate(question.weeks):
        progress(place / len(question.weeks), "season")
        known.append(_know(question, week, factors))
    weeks = tuple(_week(question, one, useful) for one in known)
    bank = question.asked.bank
    return SeasonAnswer(
        weeks, factors, error, plain, len(pairs), useful, fit_share(question.recent),
        _ranked(_certificate_gaps(bank, known, useful)), _ranked(_post_gaps(known, useful)),
    )  # fmt: skip


def _know(question: SeasonQuestion, week: Week, factors: Mapping[str, float]) -> _Known:
    hands, absent, opened = hands_of(question.asked.bank, question.asked.branch_code, week)
    needed = {level: scaled(cheap_hours(question.asked, week, level), factors) for level in LEVELS}
    return _Known(week, hands, absent, opened, needed)


def _week(question: SeasonQuestion, known: _Known, useful: float) -> SeasonWeek:
    short = {level: short_hours(known.hands, known.needed[level], useful) for level in LEVELS}
    assumed = {str(note.facts.get("date", "")) for note in question.asked.forecast.notes if note.code == "day_assumed"}
    return SeasonWeek(
        known.week, known.open_days, known.needed["mean"], sum(known.needed["low"].values()),
        sum(known.needed["high"].values()), sum(hand.hours for hand in known.hands) * useful, known.absent_days,
        short["mean"], sum(short["low"].values()), sum(short["high"].values()),
        sum(day.isoformat() in assumed for day in known.week.days()),
    )  # fmt: skip


def _certificate_gaps(bank: Bank, known: Sequence[_Known], useful: float) -> Iterable[Gap]:
    """For each kind of certificate, the person with whom it saves most."""
    for kind in sorted(k.certificate_code for k in bank.certificate_kinds):
        tried = [_with_certificate(bank, known, useful, kind, person.staff_no) for person in bank.staff]
        found = [gap for gap in tried if gap is not None]
        if found:
            yield max(found, key=lambda gap: (gap.saved, gap.high, gap.staff_no))


def _with_certificate(bank: Bank, known: Sequence[_Known], useful: float, kind: str, staff_no: str) -> Gap | None:
    person = next(p for p in bank.staff if p.staff_no == staff_no)
    first = known[0].week.first_day() if known else None
    if first is None or able_posts(bank, person, first, kind) == able_posts(bank, person, first):
        return None

    def learned(one: _Known) -> tuple[Hand, ...]:
        posts = able_posts(bank, person, one.week.first_day(), kind)
        return tuple(replace(hand, posts=posts) if hand.staff_no == staff_no else hand for hand in one.hands)

    return Gap(kind, staff_no, *_saved(known, useful, learned))


def _post_gaps(known: Sequence[_Known], useful: float) -> Iterable[Gap]:
    """One person more in each post, with its certificates, for the whole of every week."""
    wanted = sorted({post for one in known for post, hours in one.needed["mean"].items() if hours > 0})
    for post in wanted:

        def grown(one: _Known, post: str = post) -> tuple[Hand, ...]:
            return with_one_more(one.hands, frozenset({post}), FULL_WEEK * min(1.0, one.open_days / 5))

        yield Gap(post, "", *_saved(known, useful, grown))


def _saved(
    known: Sequence[_Known], useful: float, changed: Callable[[_Known], tuple[Hand, ...]]
) -> tuple[float, float, float]:
    """Hours short that a change takes away over all weeks, at each level."""
    found = []
    for level in LEVELS:
        before = sum(sum(short_hours(one.hands, one.needed[level], useful).values()) for one in known)
        after = sum(sum(short_hours(changed(one), one.needed[level], useful).values()) for one in known)
        found.append(before - after)
    return found[0], found[1], found[2]


def _ranked(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    worth = [gap for gap in gaps if max(gap.saved, gap.high) >= LEAST_SAVED]
    return tuple(sorted(worth, key=lambda gap: (-gap.saved, -gap.high, gap.code)))
