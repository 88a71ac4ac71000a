"""Two rosters of a week side by side: person by person, half hour by half hour, in rules and in money.

Examples:
  bankhall compare 2 3 --folder my-bank --week 2026-W49 --branch B01
  bankhall compare plan-a plan-b/rosters.csv --folder my-bank --week 2026-W49 --json

Each of the two is a version number of the folder's own table `rosters`, a file in the form of that table, or a folder
that holds it (where `bankhall plan` or `replan` wrote); of several versions the newest counts. Both are held against
the same requirement, rules and prices: --requirement, else what lies beside the second, else the folder's own. Nothing
is changed. Exit 1 when the second breaks law or control rules.
"""

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from bankhall.analytics.rostering.compare import Comparison, CoverChange, PersonDay, RosterFigures, compare
from bankhall.analytics.rostering.problem import RosterProblem
from bankhall.cli.bank_names import names_in
from bankhall.cli.language import terminal_language
from bankhall.data.exchange import ExchangeFolder, read_table
from bankhall.data.planning.written import by_branch, published_before, required_of, rows_of_week
from bankhall.kernel.bank.roster import Assignment, Requirement
from bankhall.kernel.breach import Breach
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import to_plain
from bankhall.kernel.week import Week
from bankhall.wording import figures
from bankhall.wording.measures import value_of
from bankhall.wording.say import say
from bankhall.wording.sentences import Names, place, say_breach

FIGURES = ("unmet_half_hours", "cost_fen", "work_minutes", "law_breaches", "agreement_breaches")
Compared = dict[str, Comparison]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`BEFORE AFTER --week W [--branch B] [--requirement FILE]`."""
    parser.add_argument("before", metavar="BEFORE", help="the first roster: a version, a file or a folder")
    parser.add_argument("after", metavar="AFTER", help="the second")
    parser.add_argument("--week", required=True, type=Week.parse, metavar="W", help="for example 2026-W49")
    parser.add_argument("--branch", metavar="B", help="one branch's code (default: every branch of the two)")
    parser.add_argument("--requirement", type=Path, metavar="FILE", help="people needed, of both")


def run(options: argparse.Namespace) -> int:
    """Read both, compare branch by branch, tell."""
    found, names = _compared(options)
    if options.json:
        told = {code: to_plain(one) | {"same": one.same} for code, one in found.items()}
        print(json.dumps({"week": str(options.week), "branches": told}, ensure_ascii=False))
    else:
        language = terminal_language()
        print("\n\n".join("\n".join(_lines(code, one, names, language)) for code, one in found.items()))
    return int(any(one.after.law_breaches for one in found.values()))


def _compared(options: argparse.Namespace) -> tuple[Compared, Names]:
    folder, week = ExchangeFolder(options.folder), options.week
    bank, past = folder.bank(), published_before(folder, week)
    first, second = (_roster(folder, told, week) for told in (options.before, options.after))
    required = _required(folder, options)
    found = {}
    for code in _branches(options.branch, first, second):
        problem = RosterProblem(
            code, week, bank.for_branch(code), tuple(required.get(code, ())), tuple(past.get(code, ()))
        )
        found[code] = compare(problem, first.get(code, ()), second.get(code, ()))
    return found, names_in(bank)


def _branches(asked: str | None, *sides: dict[str, list[Assignment]]) -> list[str]:
    codes = sorted({code for side in sides for code in side})
    if asked and asked not in codes:
        raise BadInput("branch_unknown", branch_code=asked)
    return [asked] if asked else codes


def _roster(folder: ExchangeFolder, told: str, week: Week) -> dict[str, list[Assignment]]:
    """One side. A number is a version of the folder's own table."""
    version = int(told) if told.isdigit() else None
    rows = rows_of_week(_table(folder, told), week, version)
    if not rows:
        raise BadInput("compare_without_roster", roster=told, week=str(week))
    return by_branch(rows)


def _table(folder: ExchangeFolder, told: str) -> pa.Table:
    path = Path(told)
    if told.isdigit() or not path.is_file():
        return (folder if told.isdigit() else ExchangeFolder(path)).need("rosters", what_for="compare")
    return read_table(path, "rosters")


def _required(folder: ExchangeFolder, options: argparse.Namespace) -> dict[str, list[Requirement]]:
    if options.requirement:
        return required_of(read_table(options.requirement, "requirement"), options.week)
    after = Path(options.after)
    beside = ExchangeFolder(after if after.is_dir() else after.parent)
    holds = not options.after.isdigit() and beside.has("requirement")
    return required_of((beside if holds else folder).table("requirement"), options.week)


def _lines(code: str, found: Comparison, names: Names, language: str) -> Iterator[str]:
    yield names.branch(code, language)
    yield from figure_lines(found.before, found.after, language)
    yield from person_lines(found.person_days, names, language)
    yield from (_cover(row, names, language) for row in found.cover)
    yield from _breaches("-", found.lost, names, language)
    yield from _breaches("+", found.gained, names, language)


def figure_lines(before: RosterFigures, after: RosterFigures, language: str) -> Iterator[str]:
    """Unmet, cost, hours and breaches on both sides."""
    for name in FIGURES:
        was, now = (value_of(name, getattr(side, name), language) for side in (before, after))
        yield f"  {say(f'what_if.measure_{name}', language)}: {was} → {now}"


def person_lines(days: Iterable[PersonDay], names: Names, language: str) -> Iterator[str]:
    """A person's date on both sides."""
    for one in days:
        was, now = (_stretches(rows, names, language) for rows in (one.before, one.after))
        yield (
            f"  {figures.day_title(one.business_date, language)} {one.staff_no} "
            f"{names.person(one.staff_no, language)}: {was} → {now}"
        )


def _stretches(rows: tuple[Assignment, ...], names: Names, language: str) -> str:
    told = [
        f"{figures.span(r.start, r.end)} {place(r.kind, r.code, r.post_code, language, names)}" for r in rows
    ]  # fmt: skip
    return figures.listed(told, language) or say("compare.off", language)


def _cover(row: CoverChange, names: Names, language: str) -> str:
    when = f"{figures.day_title(row.business_date, language)} {figures.clock(row.slot_start)}"
    needed = "" if row.required is None else f" / {row.required}"
    return f"  {when} {names.post(row.post_code, language)}: {row.before} → {row.after}{needed}"


def _breaches(sign: str, rows: Iterable[Breach], names: Names, language: str) -> Iterator[str]:
    for row in rows:
        told: Any = say_breach(row, language, names)
        yield f"  {sign} {told.title} ({told.detail})"
