"""Forecast, requirement, roster and proof of a branch's week, or of every branch's.

Example: bankhall plan --folder my-bank --branch B01 --week 2026-W49 --seed 7 --out plan

Writes forecasts, requirement, proof, unmet, breaches and rosters as CSV, and plan.json. Exit 1 when one is infeasible.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bankhall import __version__
from bankhall.kernel.errors import BadInput
from bankhall.kernel.week import Week

JOB = "bankhall.data.plan_jobs:plan_branch_job"
TABLES = ("forecasts", "requirement", "proof", "unmet", "breaches")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--branch B | --all --week W --seed N --out DIR [--processes N] [--resume]`."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--branch", metavar="B", help="one branch's code")
    which.add_argument("--all", action="store_true", help="every branch")
    parser.add_argument("--week", required=True, type=Week.parse, metavar="W", help="for example 2026-W49")
    parser.add_argument(
        "--as-of", metavar="DATE", help="know only records before this date (default: the week's Monday)"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N")
    parser.add_argument("--moves", type=int, metavar="N", help="moves of the roster's search")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR")
    parser.add_argument("--processes", type=int, default=1, metavar="N")
    parser.add_argument("--resume", action="store_true", help="keep finished branches of an interrupted run")


def run(options: argparse.Namespace) -> int:
    """Plan, write, summarise."""
    from bankhall.data.exchange import ExchangeFolder
    from bankhall.data.fanout import fan_out

    bank = ExchangeFolder(options.folder).bank()
    codes = [node.node_code for node in bank.branches()]
    chosen = codes if options.all else [options.branch]
    if not set(chosen) <= set(codes):
        raise BadInput("branch_unknown", branch_code=options.branch)
    keep = options.out / ".finished"
    if not options.resume:
        _forget(keep)
    questions = {code: _question(options, code, codes) for code in chosen}
    answers = fan_out(JOB, questions, processes=options.processes, keep=keep, progress=_progress)
    summary = _write(options, {code: answers[code] for code in chosen})
    print(json.dumps(summary, ensure_ascii=False, indent=None if options.json else 1))
    return int(any(branch["status"] == "infeasible" for branch in summary["branches"].values()))


def _question(options: argparse.Namespace, branch_code: str, codes: list[str]) -> dict[str, Any]:
    question = {
        "folder": str(options.folder.resolve()),
        "branch_code": branch_code,
        "regions_branches": codes,
        "week": str(options.week),
        "seed": options.seed,
        "moves": options.moves,
        "as_of": options.as_of,
    }
    return {key: value for key, value in question.items() if value is not None}


def _progress(done: int, of: int, key: str) -> None:
    print(f"{done} of {of} branches planned ({key})", file=sys.stderr)


def _forget(keep: Path) -> None:
    for old in keep.glob("*.json"):
        old.unlink()


def _write(options: argparse.Namespace, answers: Mapping[str, Any]) -> dict[str, Any]:
    options.out.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        _write_table(options.out, name, [row for answer in answers.values() for row in answer[name]])
    _write_rosters(options, answers)
    summary = _summary(options, answers)
    text = json.dumps(summary, ensure_ascii=False, indent=1, sort_keys=True)
    (options.out / "plan.json").write_text(text + "\n", encoding="utf-8")
    return summary


def _write_table(out: Path, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    from bankhall.data.exchange.codec import rows_table
    from bankhall.data.exchange.writing import write_table

    write_table(out / f"{name}.csv", rows_table(name, [_typed(row) for row in rows]))


def _typed(row: Mapping[str, Any]) -> dict[str, Any]:
    from datetime import date, datetime

    readers = {"business_date": date.fromisoformat, "made_at": datetime.fromisoformat}
    return {key: readers[key](value) if key in readers and value else value for key, value in row.items()}


def _write_rosters(options: argparse.Namespace, answers: Mapping[str, Any]) -> None:
    from bankhall.data.exchange.codec import rosters_table
    from bankhall.data.exchange.writing import write_table
    from bankhall.kernel.bank.roster import Assignment
    from bankhall.kernel.plain import from_plain

    stretches = [from_plain(Assignment, row) for answer in answers.values() for row in answer["rosters"]]
    write_table(options.out / "rosters.csv", rosters_table(stretches, week=options.week))


def _summary(options: argparse.Namespace, answers: Mapping[str, Any]) -> dict[str, Any]:
    import hashlib

    hashes = "".join(answers[code]["inputs_hash"] for code in sorted(answers))
    return {
        "inputs_hash": hashlib.sha256(hashes.encode()).hexdigest(),
        "seed": options.seed,
        "version": __version__,
        "branches": {code: _of_branch(answer) for code, answer in sorted(answers.items())},
    }


def _of_branch(answer: Mapping[str, Any]) -> dict[str, Any]:
    classes = [row["rule_class"] for row in answer["breaches"]]
    kept = ("status", "cost_fen", "avoidable_fen", "unmet_half_hours", "moves")
    return {
        **{name: answer[name] for name in kept},
        "conflict": [_in_words(member) for member in answer["conflict"]],
        "breaches": {name: classes.count(name) for name in ("law_control", "agreement", "wish")},
    }


def _in_words(member: Mapping[str, Any]) -> dict[str, Any]:
    from bankhall.wording.say import say

    facts = dict(member["facts"])
    facts |= {"staff_no": member["staff_no"], "business_date": member["business_date"] or ""}
    return {
        "rule_code": member["rule_code"],
        "staff_no": member["staff_no"],
        "business_date": member["business_date"],
        "words_zh": say(f"conflict.{member['rule_code']}", "zh-hans", **facts),
        "words_en": say(f"conflict.{member['rule_code']}", "en", **facts),
    }
