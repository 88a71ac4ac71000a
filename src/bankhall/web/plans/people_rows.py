"""Everybody's day as rows of the Gantt: tones, words, breaches framed, absences hatched."""

from dataclasses import dataclass
from datetime import date

from bankhall.apps.rosters.queries.pages import Bar, DayPlan, PersonRow, PlanNames
from bankhall.web.ui.charts import shapes
from bankhall.wording.figures import NOTHING, hours, side
from bankhall.wording.say import word
from bankhall.wording.sentences import Names, place, place_at, rule_name

WINDOW_TONES = {"cash": "cash", "open_desk": "desk", "smart_counter": "desk", "adviser": "corp", "self_service": "hall"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch as the page names it: whose, on which day, from when. Whose may be `@POST`: a half hour of a post, or
    `@`: of all posts."""

    staff_no: str
    day: date
    start: int

    @property
    def is_slot(self) -> bool:
        """A half hour of the branch, of nobody in particular."""
        return self.staff_no.startswith("@")

    @property
    def post_code(self) -> str:
        """The post of a half hour; empty = all of them."""
        return self.staff_no.removeprefix("@") if self.is_slot else ""

    @classmethod
    def parse(cls, key: str) -> "Cell":
        """From a form field; the last two parts are the day and the minute."""
        staff_no, day, start = key.rsplit("~", 2)
        return cls(staff_no, date.fromisoformat(day), int(start))

    @classmethod
    def slot(cls, day: date, start: int, post_code: str = "") -> "Cell":
        """A half hour of a post, or of all."""
        return cls(f"@{post_code}", day, start)

    def __str__(self) -> str:
        return f"{self.staff_no}~{self.day.isoformat()}~{self.start}"


def words_of(names: PlanNames) -> Names:
    """Names of posts and duties."""
    return Names(staff=names.staff, branches=names.branches, posts=names.posts, duties=names.duties)


def gantt_of(plan: DayPlan, names: PlanNames, language: str, *, movable: bool) -> shapes.Gantt:
    """Everybody of the branch as the page orders them; who does not work that day stands last, with the reason."""
    first = Cell("", plan.day.date, plan.arrivals[0].start if plan.arrivals else plan.first_minute)
    rows = [row_of(row, first, names, language) for row in plan.rows]
    return shapes.Gantt((*(r for r in rows if r.bars), *(r for r in rows if not r.bars)), movable)


def row_of(row: PersonRow, first: Cell, names: PlanNames, language: str) -> shapes.Row:
    """One person's day; one without work is asked about at its `first` half hour."""
    words = words_of(names)
    bars = tuple(_bar(row, bar, first.day, names, language) for bar in row.bars)
    post = words.post(row.post_code, language) if row.post_code else ""
    post = words.branch(row.home, language) if row.home else post
    return shapes.Row(
        row.staff_no,
        row.name.read(language),
        post if side(language) == "zh" or row.home else post.lower(),
        hours(row.work_minutes, language) if row.work_minutes else NOTHING,
        bars,
        word(row.absence, language) if row.absence and not bars else "",
        bool(bars) and all(bar.locked for bar in row.bars),
        str(Cell(row.staff_no, first.day, first.start)),
    )


def _bar(row: PersonRow, bar: Bar, day: date, names: PlanNames, language: str) -> shapes.Bar:
    words = words_of(names)
    title = place_at(bar.at_branch_code, place(bar.kind, bar.code, bar.post_code, language, words), language, words)
    tone = "lent" if (bar.at_branch_code or row.home) and bar.kind != "break" else tone_of(bar, names)
    return shapes.Bar(
        str(Cell(row.staff_no, day, bar.start)),
        bar.start,
        bar.end,
        bar.kind,
        tone,
        title,
        title,
        bar.locked,
        _broken(bar, language),
        bar.code,
        bar.post_code,
    )


def _broken(bar: Bar, language: str) -> str:
    """The first rule that the stretch breaks. A wish that is not met costs, but nobody must act."""
    rule = next((code for code in bar.rules if code != "wish"), "")
    return rule_name(rule, language) if rule else ""


def tone_of(bar: Bar, names: PlanNames) -> str:
    """The colour group of a stretch; the word in the bar tells it apart."""
    if bar.kind == "break":
        return "rest"
    if bar.kind == "duty":
        return "open"
    if bar.kind == "window":
        return WINDOW_TONES.get(names.windows.get(bar.code, "cash"), "cash")
    return "hall" if bar.post_code.startswith("lobby") else "sup"
