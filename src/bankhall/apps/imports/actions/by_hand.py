"""Reference rows changed by hand (a date of the calendar, a rule), mappings of the bank's own, and the export."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from bankhall.apps.access.queries import Action, check_may
from bankhall.apps.audit import actions as audit
from bankhall.apps.audit.states import action_name
from bankhall.apps.imports import models, queries
from bankhall.apps.imports.actions.batches import new_code
from bankhall.apps.imports.actions.taking import load_rows, publish_reference
from bankhall.apps.imports.states import BatchState
from bankhall.apps.network import queries as network
from bankhall.data.contracts import in_group
from bankhall.data.exchange import ExchangeFolder
from bankhall.data.exchange.codec import record_row
from bankhall.kernel.bank.roster import Rule
from bankhall.kernel.bank.validity import Validity
from bankhall.kernel.business_calendar import CalendarDay
from bankhall.kernel.errors import BadInput
from bankhall.kernel.plain import to_plain
from bankhall.kernel.scope import Actor, Scope
from bankhall.kernel.subject import Subject

if TYPE_CHECKING:
    from bankhall.data.importing.account import Account

EDIT = action_name("imports.edit_reference")
MAP = action_name("imports.add_mapping")
EXPORT = action_name("imports.export", only_looks=True)
_CODE = re.compile(r"\w[\w.-]{0,30}")
EDITING: Mapping[str, Action] = {"calendar": "edit_calendar", "rules": "edit_rules", "prices": "edit_rules"}


def edit_rows(table: str, rows: Sequence[Mapping[str, object]], *, by: Actor, scope: Scope, reason: str) -> "Account":
    """Brings rows of one reference table in by hand: a batch of its own, with the reason. The old rows stay."""
    check_may(scope, EDITING.get(table, "edit_reference"))
    code, now = new_code(timezone.now()), timezone.now()
    with audit.act(EDIT, by=by, scope=scope, subject=Subject("batch", code), reason=reason) as act:
        account = load_rows(table, rows, batch=code)
        models.Batch.objects.create(
            batch_code=code, state=BatchState.TAKEN, made_by=by.code, made_name=by.name, made_at=now,
            files=[], accounts=to_plain({table: account}), reason=reason,
        )  # fmt: skip
        act.note(after=[dict(row) for row in rows])
    publish_reference([table], on=now.date(), batch=code)
    return account


def edit_calendar_day(day: CalendarDay, *, by: Actor, scope: Scope) -> "Account":
    """Sets one date. BadInput without the source that says so."""
    if not day.source:
        raise BadInput("calendar_source_needed", date=day.date.isoformat())
    return edit_rows("calendar", [record_row("calendar", day)], by=by, scope=scope, reason=day.source)


def set_rule(rule: Rule, *, on: date, by: Actor, scope: Scope) -> "Account":
    """Sets a rule from a day on, today at the earliest: the past is judged by what held then."""
    if not rule.source:
        raise BadInput("rule_source_needed")
    starts, ends = rule.validity.valid_from, rule.validity.valid_until
    if starts is None or starts < on:
        raise BadInput("rule_in_the_past", day=on)
    if ends is not None and ends < starts:
        raise BadInput("rule_ends_before_it_starts")
    return _edit_rule(rule, by=by, scope=scope, reason=rule.source)


def end_rule(rule: Rule, last_day: date, *, on: date, by: Actor, scope: Scope) -> "Account":
    """Gives a row of the pack its last day, today at the earliest. The row stays."""
    starts = rule.validity.valid_from
    if last_day < on or (starts is not None and last_day < starts):
        raise BadInput("rule_in_the_past", day=on)
    ended = replace(rule, validity=Validity(starts, last_day))
    return _edit_rule(ended, by=by, scope=scope, reason=f"until {last_day.isoformat()}")


def _edit_rule(rule: Rule, *, by: Actor, scope: Scope, reason: str) -> "Account":
    if rule.branch_code:
        scope.check_sees(rule.branch_code)
    return edit_rows("rules", [record_row("rules", rule)], by=by, scope=scope, reason=reason)


def load_calendar_year(year: int, *, by: Actor, scope: Scope) -> "Account":
    """Brings in a year of the built-in calendar. BadInput for a year that it does not know."""
    from bankhall.data.calendars import china_days

    rows = [record_row("calendar", day) for day in china_days([year])]
    return edit_rows("calendar", rows, by=by, scope=scope, reason=f"calendar of {year}")


def add_mapping(mapping_code: str, text: str, *, by: Actor, scope: Scope) -> int:
    """Stores a new version of a mapping of the bank's own. BadInput says what is wrong in the text."""
    from bankhall.data.importing.mapping import read_mapping

    check_may(scope, "import_records")
    read_mapping(text, code=mapping_code)
    newest = models.Mapping.objects.filter(mapping_code=mapping_code).order_by("-version").first()
    version = newest.version + 1 if newest else 1
    with audit.act(MAP, by=by, scope=scope, subject=Subject("mapping", mapping_code)) as act:
        models.Mapping.objects.create(
            mapping_code=mapping_code, version=version, text=text, made_by=by.code, made_at=timezone.now()
        )
        act.note(after={"version": version})
    return version


def keep_mapping(name: str, content: bytes, *, by: Actor, scope: Scope) -> str:
    """The code of a mapping file: its name, or NAME_own beside a shipped one; a new version only when it is new."""
    from bankhall.data.importing.mapping import shipped_mappings

    check_may(scope, "import_records")
    stem = Path(name).stem
    if not _CODE.fullmatch(stem):
        raise BadInput("file_name_unusable", file=name[:80])
    code = f"{stem}_own" if stem in shipped_mappings() else stem
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("mapping_bad", mapping=code, reason=str(error)) from error
    if queries.mapping_text(code) != text:
        add_mapping(code, text, by=by, scope=scope)
    return code


def export_folder(path: Path, *, by: Actor, scope: Scope) -> tuple[str, ...]:
    """Writes the store's reference tables and the lake's facts as an exchange folder; answers what it wrote."""
    check_may(scope, "export_records")
    with audit.act(EXPORT, by=by, scope=scope, subject=Subject("folder", path.name)):
        tables = queries.exchange_tables(scope)
    folder = ExchangeFolder(path)
    path.mkdir(parents=True, exist_ok=True)
    folder.write(tables, details=network.details(scope))
    return (*tables, *_export_facts(folder, scope))


def _export_facts(folder: ExchangeFolder, scope: Scope) -> list[str]:
    """One table at a time, so that the whole history never stands in memory at once."""
    import pyarrow as pa

    from bankhall.data.lake import Lake

    snapshot = Lake(Path(settings.LAKE)).snapshot()
    wanted = [contract.name for contract in in_group("facts") if contract.name in snapshot.names()]
    codes = [""] if scope.everywhere else sorted(scope.codes())
    for name in wanted:
        folder.write({name: pa.concat_tables([snapshot.table(name, branch_code=code) for code in codes])})
    return wanted
