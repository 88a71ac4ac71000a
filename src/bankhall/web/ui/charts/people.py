"""People at windows: the required line, the planned line over its wash, and the shortage hatched with its words."""

from html import escape

from bankhall.web.ui.charts.axis import nice_top
from bankhall.web.ui.charts.load import Height, head, level_lines
from bankhall.web.ui.charts.pen import Pen, steps, text_width
from bankhall.web.ui.charts.ruler import Ruler
from bankhall.web.ui.charts.shapes import People, PeopleSlot, Table
from bankhall.wording.figures import clock, whole
from bankhall.wording.say import say

HEIGHT = 124.0


def draw_people(pen: Pen, ruler: Ruler, people: People, top: float, *, height: float = HEIGHT) -> float:
    """Draws the panel; returns where it ends."""
    upper = head(pen, ruler, top, pen.words("people"), pen.words("people_unit"))
    bottom = upper + height
    peak = max([max(slot.required, slot.planned) for slot in people.slots] + [1])
    end, marks = nice_top(peak + 1, 3, (1, 2, 4, 5))

    def y(value: float) -> float:
        return bottom - value / end * height

    level_lines(pen, ruler, [mark for mark in marks if mark == int(mark)], y)
    for run in _runs(people.slots, ruler.slot_minutes):
        _stairs(pen, ruler, run, y)
    _names(pen, ruler, people, y, _shortages(pen, ruler, people, y))
    if not ruler.narrow:
        _figures(pen, ruler, people, upper)
    return bottom


def draw_askable(pen: Pen, ruler: Ruler, people: People, top: float, bottom: float) -> None:
    """Each half hour as something to ask "why?" of: one stop for the Tab key, arrows go from one to the next."""
    stop = 0
    for slot in people.slots:
        if slot.key:
            spoken = pen.words("slot", start=slot.start, required=slot.required, planned=slot.planned, short=slot.short)
            pen.raw(
                f'<g class="slot" role="button" tabindex="{stop}" aria-label="{escape(spoken, quote=True)}" '
                f'data-key="{escape(slot.key, quote=True)}">'
            )
            pen.rect(ruler.x(slot.start), top, ruler.slot_width, bottom - top, "focus", 4).raw("</g>")
            stop = -1


def _runs(slots: tuple[PeopleSlot, ...], slot_minutes: int) -> list[list[PeopleSlot]]:
    runs: list[list[PeopleSlot]] = []
    for slot in slots:
        if runs and runs[-1][-1].start + slot_minutes == slot.start:
            runs[-1].append(slot)
        else:
            runs.append([slot])
    return runs


def _stairs(pen: Pen, ruler: Ruler, run: list[PeopleSlot], y: Height) -> None:
    edges = [ruler.x(slot.start) for slot in run] + [ruler.x(run[-1].start + ruler.slot_minutes)]
    planned = steps(edges, [y(slot.planned) for slot in run])
    pen.path([*planned, (edges[-1], y(0)), (edges[0], y(0))], "c-plan", close=True)
    for slot in run:
        if slot.short:
            x = ruler.x(slot.start)
            pen.rect(
                x + 1,
                y(slot.required),
                ruler.slot_width - 2,
                y(slot.required - slot.short) - y(slot.required),
                "c-lack",
            )
    pen.path(planned, "l-plan").path(steps(edges, [y(slot.required) for slot in run]), "l-need")


def _shortages(pen: Pen, ruler: Ruler, people: People, y: Height) -> list[tuple[float, float]]:
    """The words of each shortage above its hatch, fewer where the next one is near; answers the room they take."""
    taken: list[tuple[float, float]] = []
    height = 0.0
    for place, (start, end, words, fewer) in enumerate(people.notes):
        after = people.notes[place + 1][0] if place + 1 < len(people.notes) else ruler.end
        said = words if text_width(words) <= ruler.x(after) - ruler.x(start) else fewer
        tall = max((slot.required for slot in people.slots if start <= slot.start < end), default=0)
        x = max(ruler.left, min(ruler.x(start), ruler.right - text_width(said)))
        if ruler.narrow and taken and x < taken[-1][1]:
            continue
        base = y(tall) - 7
        height = base - 14 if taken and x < taken[-1][1] and abs(base - height) < 14 else base
        pen.text(x, height, said, "t-act halo")
        taken.append((x - 6, x + text_width(said) + 6))
    return taken


def _names(pen: Pen, ruler: Ruler, people: People, y: Height, taken: list[tuple[float, float]]) -> None:
    """The two lines' names stand where the lines are apart, away from the words of the shortages."""

    def clear(slot: PeopleSlot) -> bool:
        x = ruler.x(slot.start)
        return x + 60 < ruler.right and not any(left < x + 60 and x < right for left, right in taken)

    free = [slot for slot in people.slots if not slot.short and clear(slot)]
    if not free:
        return
    slot = max(free, key=lambda s: (min(s.planned - s.required, 2), s.start))
    x, above = ruler.x(slot.start) + 4, slot.planned >= slot.required
    pen.text(x, y(slot.planned) + (-6 if above else 14), pen.words("planned"), "t-plan halo")
    pen.text(x, y(slot.required) + (14 if above else -6), pen.words("required"), "t-did halo")


def _figures(pen: Pen, ruler: Ruler, people: People, upper: float) -> None:
    x = ruler.right + 10
    if not people.short_hours:
        pen.text(x, upper + 12, pen.words("short_none"), "t-m")
        return
    pen.text(x, upper + 12, pen.words("short"), "t-m")
    pen.text(x, upper + 30, pen.words("short_hours", hours=people.short_hours), "t-act t-l")
    pen.text(x, upper + 47, pen.words("over_day"), "t-m")


def people_table(people: People, language: str) -> Table:
    """Its figures."""
    head_words = tuple(say(f"chart.{w}", language) for w in ("time", "required", "planned", "shortage"))
    rows = tuple((clock(s.start), whole(s.required), whole(s.planned), whole(s.short)) for s in people.slots)
    return Table(head_words, rows, say("chart.people", language))
