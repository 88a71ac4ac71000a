"""What a change would do to a branch's week: waits, leaving, unmet half hours, cost and people, beside the plan.

Examples:
  bankhall what-if --folder my-bank --branch B01 --week 2026-W49 --plan plan --windows 2026-12-01 10:00-12:00 +1 teller
  bankhall what-if --folder my-bank --branch B01 --week 2026-W49 --plan plan --ill 2026-12-03 2
  bankhall what-if --folder my-bank --branch B01 --week 2026-W49 --plan plan --day 2026-12-01 --opens 08:30
  bankhall what-if --folder my-bank --branch B01 --week 2026-W49 --plan plan --demand 20 --promise cash 10
  bankhall what-if --folder my-bank --branch B01 --week 2026-W49 --for-good universal_teller 1

Several questions together are one change; a question for good is asked by itself and takes minutes: it plans weeks of a
whole year twice. The week's roster and requirement are read from the folder, or from where `bankhall plan` wrote. Both
sides meet the same simulated customers. Nothing is changed. Exit 1 when the week then breaks law or control rules.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bankhall.analytics.planning.what_if.changes import ForGood, plain_changes, read_changes
from bankhall.cli.bank_names import names_in
from bankhall.cli.compare import figure_lines, person_lines
from bankhall.cli.language import terminal_language
from bankhall.kernel.errors import BadInput
from bankhall.kernel.minutes import parse_minutes
from bankhall.kernel.week import Week
from bankhall.wording.sentences import Names

Plain = dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--branch B --week W [--plan DIR] [--version N]` and the questions."""
    parser.add_argument("--branch", required=True, metavar="B", help="the branch's code")
    parser.add_argument("--week", required=True, type=Week.parse, metavar="W", help="for example 2026-W49")
    parser.add_argument("--plan", type=Path, metavar="DIR", help="where `bankhall plan` wrote (default: the folder)")
    parser.add_argument("--version", type=int, metavar="N", help="a version of the roster (default: the newest)")
    parser.add_argument("--as-of", metavar="DATE", help="know only records before this date (default: the Monday)")
    parser.add_argument("--days", type=int, metavar="N", help="simulated days of each date")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="same inputs and seed give the same bytes")
    _add_questions(parser.add_argument_group("questions"))


def _add_questions(asked: "argparse._ArgumentGroup") -> None:
    asked.add_argument(
        "--windows", nargs=4, action="append", default=[], metavar=("DATE", "SPAN", "N", "POST"),
        help="windows of a post more (or, negative, fewer): 2026-12-01 10:00-12:00 -1 teller",
    )  # fmt: skip
    asked.add_argument(
        "--ill", nargs=2, action="append", default=[], metavar=("DATE", "WHO"),
        help="who does not come: so many, or staff numbers with commas between",
    )  # fmt: skip
    asked.add_argument("--day", type=date.fromisoformat, metavar="DATE", help="of what follows (default: the week)")
    asked.add_argument("--opens", metavar="TIME", help="opening at another time")
    asked.add_argument("--closes", metavar="TIME", help="closing at another time")
    asked.add_argument("--lunch", metavar="SPAN", help="closed at lunch: 12:00-13:00")
    asked.add_argument(
        "--promise", nargs=2, action="append", default=[], metavar=("SERVICE", "MINUTES"),
        help="another promise; `all` for every service that has one",
    )  # fmt: skip
    asked.add_argument(
        "--moved", nargs=2, action="append", default=[], metavar=("SERVICE", "PER_CENT"),
        help="so many of a service's customers served at the smart counter",
    )  # fmt: skip
    asked.add_argument("--demand", type=float, metavar="PER_CENT", help="more (or, negative, fewer) customers")
    asked.add_argument("--service", default="", metavar="S", help="of --demand (default: all)")
    asked.add_argument("--for-good", nargs=2, metavar=("POST", "N"), help="people of a post more or fewer, for good")


def run(options: argparse.Namespace) -> int:
    """Read, ask, tell."""
    from bankhall.data.planning.what_if import folder_question
    from bankhall.data.what_if_jobs import what_if_job

    changes = read_changes(changes_of(options))
    question = folder_question(
        options.folder, options.branch, options.week, plan=options.plan, version=options.version,
        standing=not isinstance(changes[0], ForGood),
    ) | {"seed": options.seed, "as_of": options.as_of, "changes": plain_changes(changes)}  # fmt: skip
    if options.days:
        question["effort"] = {"proof_days": options.days}
    answer = what_if_job(question, _progress)
    told = json.dumps(answer, ensure_ascii=False) if options.json else "\n".join(_words(options, answer))
    print(told)
    return int(bool(answer.get("then") and answer["then"]["law_breaches"]))


def changes_of(options: argparse.Namespace) -> list[Plain]:
    """The questions as plain changes. BadInput for figures that are none."""
    try:
        return [*_about_people(options), *_about_opening(options), *_about_customers(options)]
    except ValueError as error:
        raise BadInput("what_if_incomplete", kind=str(error)) from error


def _about_people(options: argparse.Namespace) -> Iterator[Plain]:
    for day, span, count, post in options.windows:
        yield {"kind": "windows", "day": day, "count": int(count), "post_code": post, **_span(span, "start", "end")}
    for day, who in options.ill:
        named = {"people": int(who)} if who.isdigit() else {"staff_nos": who.split(",")}
        yield {"kind": "ill", "day": day} | named
    if options.for_good:
        post, people = options.for_good
        yield {"kind": "for_good", "post_code": post, "people": int(people)}


def _about_opening(options: argparse.Namespace) -> Iterator[Plain]:
    told = {name: getattr(options, name) for name in ("opens", "closes")}
    times = {name: parse_minutes(text) for name, text in told.items() if text}
    if options.lunch:
        times |= _span(options.lunch, "lunch_from", "lunch_until")
    if times:
        yield {"kind": "hours", "day": _day(options), **times}


def _about_customers(options: argparse.Namespace) -> Iterator[Plain]:
    for service, minutes in options.promise:
        code = "" if service == "all" else service
        yield {"kind": "promise", "day": _day(options), "service_code": code, "wait_minutes": float(minutes)}
    for service, per_cent in options.moved:
        yield {"kind": "moved", "day": _day(options), "service_code": service, "share": float(per_cent) / 100}
    if options.demand is not None:
        yield {"kind": "demand", "day": _day(options), "per_cent": options.demand, "service_code": options.service}


def _day(options: argparse.Namespace) -> str | None:
    return options.day.isoformat() if options.day else None


def _span(text: str, first: str, second: str) -> Plain:
    start, _, end = text.partition("-")
    return {first: parse_minutes(start), second: parse_minutes(end)}


def _progress(per_cent: int, step: str) -> None:
    print(f"{per_cent} % {step}", file=sys.stderr)


def _words(options: argparse.Namespace, answer: Mapping[str, Any]) -> Iterator[str]:
    from bankhall.analytics.planning.what_if.answer import WhatIfAnswer
    from bankhall.data.exchange import ExchangeFolder
    from bankhall.kernel.plain import from_plain

    language = terminal_language()
    if answer["kind"] == "year":
        yield from _differences(answer["figures"], language)
        yield from _notes(answer["notes"], Names(), language)
        return
    found = from_plain(WhatIfAnswer, {name: value for name, value in answer.items() if name != "kind"})
    names = names_in(ExchangeFolder(options.folder).bank())
    yield from _differences([row for row in answer["differences"] if not row["service_code"]], language)
    yield from figure_lines(found.now, found.then, language)
    yield from _notes(answer["notes"], names, language)
    yield from person_lines(found.roster.person_days, names, language)


def _notes(notes: list[Mapping[str, Any]], names: Names, language: str) -> Iterator[str]:
    """What a reader must know of the answer."""
    from bankhall.wording.figures import listed
    from bankhall.wording.say import say

    for note in notes:
        who = [names.person(one, language) for one in str(note["facts"].get("staff_nos", "")).split(",") if one]
        facts = dict(note["facts"]) | {"who": listed(who, language)}
        yield f"  {say('note.' + note['code'], language, **facts)}"


def _differences(rows: list[Mapping[str, Any]], language: str) -> Iterator[str]:
    """Each measure now and then, with the interval of its change where there is one."""
    from bankhall.wording.measures import signed_value, value_of
    from bankhall.wording.say import say

    for row in rows:
        name = row["measure"]
        now, then = (value_of(name, row[side], language) for side in ("now", "then"))
        change, low, high = (signed_value(name, row[part], language) for part in ("change", "low", "high"))
        interval = "" if row["low"] is None else f" ({low} … {high})"
        yield f"  {say(f'what_if.measure_{name}', language)}: {now} → {then}, {change}{interval}"
