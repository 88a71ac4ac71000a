"""What the page "During the day" shows, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode

from bankhall.apps.rosters.queries.during_day import DayPage
from bankhall.web.ui.charts import shapes
from bankhall.web.ui.charts.load import load_table, load_until_now
from bankhall.web.ui.charts.ruler import desk_ruler, phone_ruler
from bankhall.wording import figures
from bankhall.wording.say import say
from bankhall.wording.sentences import Names

REPLAY_AT = 11 * 60
Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """One proposal as a ticket."""

    place: int
    saved: str
    unit: str
    words: str
    detail: str
    takes: bool
    url: str


def day_context(page: DayPage, language: str) -> dict[str, Any]:
    """Everything that the template reads."""
    update = page.update
    context: dict[str, Any] = {
        "station": "run", "page": page, "synthetic": page.synthetic,
        "day_words": figures.day_title(page.day, language),
        "clock": figures.clock(page.minute), "notes": _notes(page, language), "replay_url": _replay_url(page),
        "at": figures.clock(update["minute"]) if update else "", "may_look": bool(page.spans),
    }  # fmt: skip
    load = _load(page, language)
    if load.slots:
        context |= _charts(load, page, language)
    if update:
        proposals = [_proposal(page, n, one, language) for n, one in enumerate(update["proposals"])]
        context |= {"facts": _facts(update, language), "groups": _groups(update, proposals, language)}
    return context


def _notes(page: DayPage, language: str) -> list[tuple[str, str]]:
    """What a reader must know first: (shape, words)."""
    notes: list[tuple[str, str]] = []
    if page.replay:
        notes.append(("few", say("day.replay", language, at=page.minute)))
    if not page.spans:
        notes.append(("few", say("day.closed", language)))
    elif page.newest is None:
        notes.append(("watch", say("day.nothing_replayed" if page.replay else "day.nothing_imported", language)))
    elif page.stale:
        notes.append(("watch", say("day.stale", language, at=page.newest, minutes=page.minute - page.newest)))
    if page.update and not page.update["planned"]:
        notes.append(("watch", say("day.unplanned", language)))
    return notes


def _replay_url(page: DayPage) -> str:
    """An earlier day to look at, where there is nothing of this one."""
    if page.recorded_before is None:
        return ""
    query = {"day": page.recorded_before.isoformat(), "at": figures.clock(REPLAY_AT)}
    return f"{reverse('day', args=[page.branch_code])}?{urlencode(query)}"


def _load(page: DayPage, language: str) -> shapes.Load:
    """From the newest look; before one, the forecast as issued with what has come."""
    if page.update:
        slots = tuple(_slot(row) for row in page.update["slots"])
        rest, came = page.update["rest"], page.update["came"]
        total = shapes.Range(came + rest["mean"], came + rest["low"], came + rest["high"])
        name = say("day.this_morning", language) if page.update["recorded"] else ""
        return shapes.Load(slots, total, usual_name=name)
    issued = page.issued
    slots = tuple(
        shapes.LoadSlot(
            s.start, s.expected.middle, s.expected.low or 0, s.expected.high or 0, None,
            s.came if s.start + page.slot_minutes <= page.minute else None,
        )
        for s in issued
    )  # fmt: skip
    return shapes.Load(slots, shapes.Range(sum(s.mean for s in slots)))


def _slot(row: Plain) -> shapes.LoadSlot:
    now = row["now"] or row["morning"]
    return shapes.LoadSlot(row["start"], now["mean"], now["low"], now["high"], row["morning"]["mean"], row["came"])


def _charts(load: shapes.Load, page: DayPage, language: str) -> dict[str, Any]:
    step = min((b.start - a.start for a, b in pairwise(load.slots)), default=page.slot_minutes)
    ends, now = (
        (load.slots[0].start, load.slots[-1].start + step),
        page.update["minute"] if page.update else page.minute,
    )
    return {
        "wide": load_until_now(load, desk_ruler(*ends, step), now, language),
        "narrow": load_until_now(load, phone_ruler(*ends, step), now, language),
        "tables": [load_table(load, language)],
    }


def _facts(update: Plain, language: str) -> list[tuple[str, str, str]]:
    """(what, how much, beside it)."""
    rest, morning = update["rest"], update["rest_morning"]
    facts = []
    if update["recorded"]:
        expected = say("day.expected_by_now", language, n=update["expected_so_far"])
        facts.append((say("day.came_so_far", language), figures.whole(update["came"]), expected))
    facts.append((
        say("day.still_to_come", language), figures.whole(rest["mean"]),
        say("day.range_and_morning", language, low=rest["low"], high=rest["high"], morning=morning["mean"]),
    ))  # fmt: skip
    if update["recorded"]:
        busy = say("day.being_served", language, n=update["busy"])
        facts.append((say("day.in_line", language), figures.whole(update["waiting"]), busy))
    if update["wait_p90"] is not None:
        until = say("day.who_come_until", language, at=update["horizon"])
        facts.append((say("day.p90", language), figures.one(update["wait_p90"]), until))
    return facts


def _groups(update: Plain, proposals: list[ProposalShown], language: str) -> list[dict[str, Any]]:
    """Proposals under the head of their kind, in the order in which a hall tries them."""
    kinds = [one["kind"] for one in update["proposals"]]
    return [
        {
            "title": say(f"day.head_{kind}", language),
            "rows": [p for p, k in zip(proposals, kinds, strict=True) if k == kind],
        }
        for kind in dict.fromkeys(kinds)
    ]


def _proposal(page: DayPage, place: int, one: Plain, language: str) -> ProposalShown:
    names = Names(staff=page.names.staff, posts=page.names.posts, duties=page.names.duties)
    facts = {
        "who": names.person(one["staff_no"], language), "window": one["code"],
        "duty": names.duty(one["code"], language),
        "post": names.post(one["code"], language), "start": one["start"], "end": one["end"], "to": one["to_start"] or 0,
    }  # fmt: skip
    costs = one["kind"] == "close_window"
    low, high = (one["low"], one["high"]) if not costs else (-one["high"], -one["low"])
    detail = say("day.interval", language, low=max(low, 0.0) if costs else low, high=high)
    return ProposalShown(
        place, figures.one(max(0.0, -one["saved"]) if costs else one["saved"]),
        say("day.costs" if costs else "day.saves", language), say(f"day.{one['kind']}", language, **facts), detail,
        page.may_take and bool(one["added"]), _today_url(page) if one["kind"] == "call_in" else "",
    )  # fmt: skip


def _today_url(page: DayPage) -> str:
    """The page on which people are asked to come, where the house has it; never from a replay."""
    address = f"/today/{page.branch_code}/"
    try:
        resolve(address)
    except Resolver404:
        return ""
    return "" if page.replay else address
