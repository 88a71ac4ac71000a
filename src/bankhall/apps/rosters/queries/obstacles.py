"""What stands between a version and its publication: breaches, shortages, a missing calendar year."""

from collections.abc import Iterable
from dataclasses import replace

from bankhall.analytics.rostering.problem import Unmet
from bankhall.apps.rosters.queries.pages import Obstacle, UnmetSpan
from bankhall.kernel.breach import Breach

CLASSES = ("law_control", "agreement", "wish")


def obstacles_of(
    breaches: Iterable[Breach], unmet: Iterable[Unmet], unknown_years: Iterable[int], *, slot_minutes: int
) -> tuple[Obstacle, ...]:
    """What stops first, then shortages, agreements and wishes, each by day and time."""
    calendar = [Obstacle("calendar", None, stops=True, facts={"year": year}) for year in unknown_years]
    broken = [Obstacle("breach", b.business_date, stops=b.rule_class == "law_control", breach=b) for b in breaches]
    short = [Obstacle("unmet", span.day, stops=False, unmet=span) for span in unmet_spans(unmet, slot_minutes)]
    return tuple(calendar + sorted([*broken, *short], key=_order))


def _order(one: Obstacle) -> tuple[int, str, int]:
    if one.unmet is not None:
        return 1, str(one.day), one.unmet.start
    rank = {"law_control": 0, "agreement": 2, "wish": 3}[one.breach.rule_class] if one.breach else 0
    return rank, str(one.day or ""), (one.breach.start or 0) if one.breach else 0


def unmet_spans(unmet: Iterable[Unmet], slot_minutes: int) -> tuple[UnmetSpan, ...]:
    """Neighbouring slots of one post with the same number short, as one span."""
    spans: list[UnmetSpan] = []
    for row in sorted(unmet, key=lambda u: (u.business_date, u.post_code, u.slot_start)):
        one = UnmetSpan(
            row.business_date, row.slot_start, row.slot_start + slot_minutes, row.post_code, row.people_short
        )
        if spans and _continues(spans[-1], one):
            spans[-1] = replace(spans[-1], end=one.end)
        else:
            spans.append(one)
    return tuple(sorted(spans, key=lambda span: (span.day, span.start, span.post_code)))


def _continues(before: UnmetSpan, one: UnmetSpan) -> bool:
    same = (before.day, before.post_code, before.people_short) == (one.day, one.post_code, one.people_short)
    return same and before.end == one.start
