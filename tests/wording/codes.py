"""Collects, from the code itself, every code that people may come to read."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "bankhall"
ERRORS = ("BadInput", "Refused", "NotAllowed", "NotFound")
NOTES = ("Note", "NoteLine", "FitNote", "PlanNote")


def calls(names: tuple[str, ...], *, under: str = "") -> Iterator[tuple[str, list[ast.expr], dict[str, ast.expr]]]:
    """Calls of the named functions: name, positional and keyword arguments."""
    for path in sorted((SOURCE / under).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in names:
                    yield name, node.args, {k.arg: k.value for k in node.keywords if k.arg}


def text_of(node: ast.expr | None) -> str:
    """A string constant, else nothing."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def first_texts(names: tuple[str, ...], *, place: int = 0, under: str = "") -> set[str]:
    """The string constants that stand at one place of the named calls."""
    return {text_of(args[place]) for _, args, _ in calls(names, under=under) if len(args) > place} - {""}


def error_codes() -> set[str]:
    """Codes of everything that is raised."""
    return first_texts(ERRORS)


def note_codes() -> set[str]:
    """Codes of notes of imports, fits and forecasts."""
    direct = first_texts(NOTES)
    imported = first_texts(("_missing",), place=2, under="data/importing") | first_texts(
        ("_missing",), place=3, under="data/importing"
    )
    return direct | imported


def rejection_codes() -> set[str]:
    """Rules by which an importer puts rows aside."""
    refused = first_texts(("fail",), place=1, under="data/importing") | first_texts(("Reason",), under="data/importing")
    return refused | first_texts(("_break",), place=1, under="data/exchange") | BROKEN


BROKEN = {"formula", "spreadsheet_error", "wrong_number_of_cells", "control_character", "wrong_encoding"}
"""What readers of files say of a row that they cannot split into cells."""


def facts_left_out(sentences: Mapping[str, str]) -> dict[str, set[str]]:
    """Errors that are raised without a fact that their sentence (by code) names."""
    found: dict[str, set[str]] = {}
    for _, args, given in calls(ERRORS):
        code = text_of(args[0]) if args else ""
        named = set(re.findall(r"\{(\w+)", sentences.get(code, "")))
        if named - given.keys():
            found[code] = named - given.keys()
    return found


def act_names() -> set[str]:
    """Names of acts in the audit trail."""
    return first_texts(("action_name",))


def why_codes() -> set[str]:
    """Facts that answer "why?"."""
    told = first_texts(("_told",), under="analytics/rostering") | {"binds", "blocked"}
    return first_texts(("Fact",), under="analytics/rostering") | told


def fault_codes() -> set[str]:
    """Faults that verifying the trail may find."""
    return first_texts(("Fault",), under="apps/audit")


NO_BREACH = {"hours_day", "hours_week", "average_weeks", "approval_overtime_minutes", "approval_extra_cost"}
"""Rows of the pack that are limits of other rules, never breached themselves."""


def breach_codes() -> set[str]:
    """Rule codes that a check returns."""
    direct = first_texts(("breach",), under="analytics/rostering/checks")
    return direct | first_texts(("_fewer", "_at"), place=1, under="analytics/rostering/checks") | (NAMED - NO_BREACH)


def rule_codes() -> set[str]:
    """Rules of the pack as the public interface names them, and those that the checks know beside them."""
    return NAMED | breach_codes()


NAMED = {
    "hours_day", "hours_week", "hours_week_average", "average_weeks", "break_earliest", "break_latest",
    "approval_overtime_minutes", "approval_extra_cost", "rest_days_in_seven", "overtime_day", "overtime_month",
    "rest_between_shifts", "consecutive_days", "break_after", "break_minutes", "nursing_minutes",
    "no_overtime_protected", "certificate_valid", "two_person_presence", "incompatible_duties", "duty_people",
    "probation_not_alone", "system_rights", "absence", "mandatory_leave_due", "rotation_due", "opening_pair",
    "closing_pair", "split_shift", "saturdays_quarter", "lunches_quarter", "wish",
}  # fmt: skip
