"""A situation and its columns as the arrays of the search."""

from datetime import date

import numpy as np

from bankhall.analytics.rostering.arrays import (
    AWAY_DUTY,
    HALL_DUTY,
    Arrays,
)
from bankhall.analytics.rostering.checks.presence import AUTHORISER, LOBBY
from bankhall.analytics.rostering.coder import DATES, Encoder
from bankhall.analytics.rostering.columns import Columns
from bankhall.analytics.rostering.cover import week_requirement
from bankhall.analytics.rostering.encode_duties import duty_tasks_of
from bankhall.analytics.rostering.encode_people import history, people, rules
from bankhall.analytics.rostering.encode_shifts import options, templates
from bankhall.analytics.rostering.grid import DayGrid
from bankhall.analytics.rostering.prices import (
    missing_grains,
)
from bankhall.analytics.rostering.situation import Situation
from bankhall.analytics.rostering.spans import Span, union


def encode(situation: Situation, columns: Columns, grids: tuple[DayGrid, ...]) -> Arrays:
    """The arrays; the order of people, dates, templates and options is that of `columns`."""
    coder = Encoder(situation, columns, grids)
    parts: dict[str, object] = {}
    for part in (templates, options, _cells, _slots, duty_tasks_of, _codes, people, history, rules):
        parts |= part(coder)
    return Arrays(**parts)  # type: ignore[arg-type]


def _cells(coder: Encoder) -> dict[str, object]:
    minutes, start = np.zeros((DATES, coder.cells), np.int64), np.zeros((DATES, coder.cells), np.int64)
    need = np.zeros((3, DATES, coder.cells), np.int64)
    before, after = np.zeros((DATES, coder.cells), np.uint8), np.zeros((DATES, coder.cells), np.uint8)
    for d, grid in enumerate(coder.grids):
        day, opening = coder.situation.days[d], coder.situation.open_spans(coder.situation.days[d])
        least = [
            coder.situation.value(code, day) or 0 for code in ("two_person_presence", "dual_control", "hall_presence")
        ]
        needs_second, personal = _needs_second(coder, day), coder.situation.open_spans(day, "personal")
        for c, (left, right) in enumerate(zip(grid.edges, grid.edges[1:], strict=False)):
            minutes[d, c], start[d, c] = right - left, left
            is_open = any(a <= left and right <= b for a, b in opening)
            need[0, d, c] = least[0] if is_open else 0
            need[1, d, c] = least[1] if any(a <= left and right <= b for a, b in needs_second) else 0
            need[2, d, c] = least[2] if any(a <= left and right <= b for a, b in personal) else 0
            before[d, c] = bool(opening) and right <= opening[0][0]
            after[d, c] = bool(opening) and left >= opening[-1][1]
    return {"cell_minutes": minutes, "cell_start": start, "need": need, "before": before, "after": after}


def _needs_second(coder: Encoder, day: date) -> tuple[Span, ...]:
    """While some dual-control service of a staffed window is open: the search wants the second person all that time."""
    situation = coder.situation
    windows = [w for post in situation.posts for w in situation.windows_of(post)]
    services = {s.service_code: s for w in windows for s in situation.services_at(w, day, (0, 1440)) if s.dual_control}
    return union([span for s in services.values() for span in situation.open_spans(day, s.segment)])


def _slots(coder: Encoder) -> dict[str, object]:
    most = max(1, *(len(grid.slots) for grid in coder.grids))
    first, until = np.zeros((DATES, most), np.int64), np.zeros((DATES, most), np.int64)
    required = np.zeros((DATES, most, max(1, len(coder.columns.roles))), np.int64)
    missing = np.zeros((DATES, required.shape[2]), np.int64)
    slot_of = np.zeros((DATES, coder.cells), np.int64)
    for d, grid in enumerate(coder.grids):
        for s, (a, b) in enumerate(grid.slots):
            first[d, s], until[d, s], slot_of[d, a:b] = a, b, s
        for r, post in enumerate(coder.columns.roles):
            missing[d, r] = missing_grains(coder.situation, post, coder.situation.days[d])
    days = {day: d for d, day in enumerate(coder.situation.days)}
    for row in week_requirement(coder.situation):
        d = days[row.business_date]
        required[d, coder.grids[d].slot_starts.index(row.slot_start), coder.role(row.post_code)] += row.people
    count = np.array([len(grid.slots) for grid in coder.grids], np.int64)
    return {
        "slot_of": slot_of,
        "slot_from": first,
        "slot_until": until,
        "slot_count": count,
        "required": required,
        "missing": missing,
    }


def _codes(coder: Encoder) -> dict[str, object]:
    counts, at_work = np.zeros((3, 256), np.uint8), np.zeros(256, np.uint8)
    role_of = np.full(256, -1, np.int64)
    for r, code in enumerate(coder.columns.roles):
        post = coder.situation.posts.get(code)
        for base in (1, HALL_DUTY):
            counts[0, base + r] = bool(post and post.counts_for_presence)
            counts[1, base + r] = code == AUTHORISER
            counts[2, base + r] = code == LOBBY
        at_work[[1 + r, HALL_DUTY + r, AWAY_DUTY + r]] = 1
        role_of[1 + r] = r
    return {"counts": counts, "at_work": at_work, "role_of": role_of}
