"""Bring records in, write them out, and write empty templates.

bankhall import exports/ --mapping queue_machine --into bank/     clean and map a queue machine's files
bankhall import bank/                                                bring an exchange folder into the product
bankhall import bank/rejections.csv --into bank/                     import mended rows again
bankhall export copy/                                                write the product's records as an exchange folder
bankhall templates forms/                                            empty XLSX tables with notes
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from bankhall.cli.language import terminal_language
from bankhall.cli.site import open_site
from bankhall.cli.store_import import import_into_store
from bankhall.data.importing.account import Account, Note
from bankhall.data.importing.into_folder import Brought, import_into
from bankhall.data.importing.mapping import load_mapping, shipped_mappings
from bankhall.kernel.scope import Scope
from bankhall.wording.say import say

COLUMNS = ("read", "taken", "changed", "duplicate", "rejected")


def add_import_arguments(parser: argparse.ArgumentParser) -> None:
    """Files or folders, how to read them, and where they go."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="FOLDER|FILE", help="what to import (default: --folder)")
    shipped = ", ".join(shipped_mappings())
    parser.add_argument("--mapping", metavar="M.toml", default="", help=f"a mapping file, or one of: {shipped}")
    parser.add_argument("--into", type=Path, metavar="FOLDER2", help="clean and map into another exchange folder")
    parser.add_argument("--complete-days", action="store_true", help="the files hold their days whole: others' rows go")
    parser.add_argument(
        "--site-key", type=Path, metavar="FILE", help="key that customer numbers are hashed with (--into)"
    )


def run_import(options: argparse.Namespace) -> int:
    """Imports, prints the account of every row, and says where the rejected rows are."""
    paths = list(options.paths) or [options.folder]
    if options.into is None:
        open_site()
        brought = import_into_store(paths, options.mapping, complete_days=options.complete_days, progress=_progress)
    else:
        key = _site_key(options.site_key)
        mapping = load_mapping(options.mapping) if options.mapping else None
        brought = import_into(
            options.into, paths, mapping, complete_days=options.complete_days, site_key=key, progress=_progress
        )
    _print_account(brought, as_json=options.json)
    return 0


def add_export_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("target", type=Path, metavar="FOLDER", help="the exchange folder to write")


def run_export(options: argparse.Namespace) -> int:
    """Writes the product's records as an exchange folder."""
    open_site()
    from bankhall.apps.imports import actions

    scope = Scope.system("bankhall export")
    tables = actions.export_folder(options.target, by=scope.actor, scope=scope)
    answer = {"folder": str(options.target), "tables": list(tables)}
    _print(answer, f"{len(tables)} tables written to {options.target}", as_json=options.json)
    return 0


def add_templates_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("target", type=Path, metavar="FOLDER", help="folder for the templates")


def run_templates(options: argparse.Namespace) -> int:
    """Writes a template for every table."""
    from bankhall.data.importing.templates import write_templates

    files = [str(path) for path in write_templates(options.target)]
    _print({"templates": files}, f"{len(files)} templates in {options.target}", as_json=options.json)
    return 0


def _site_key(given: Path | None) -> bytes:
    """The stated key, or the site's own; without either, customer numbers are left out (a note says so)."""
    home = Path(os.environ.get("BANKHALL_HOME", "var")) / "keys" / "customer"
    path = given or home
    return path.read_bytes().strip() if given or path.is_file() else b""


def _progress(share: float, stage: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{stage:12} {share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)


def _print_account(brought: Brought, *, as_json: bool) -> None:
    answer = {
        "tables": {name: _counts(account) for name, account in brought.accounts.items()},
        "rejections": str(brought.rejections) if brought.rejections else None,
        "notes": [asdict(note) for note in brought.notes],
    }
    lines = [_line("table", COLUMNS), *(_line(name, _counts(a).values()) for name, a in brought.accounts.items())]
    lines += [_note(note) for note in brought.notes]
    lines += [f"rejected rows: {brought.rejections}"] if brought.rejections else []
    _print(answer, "\n".join(lines), as_json=as_json)


def _counts(account: Account) -> Mapping[str, int]:
    return {name: getattr(account, name) for name in COLUMNS}


def _line(name: str, cells: Iterable[str | int]) -> str:
    return f"{name:18}" + "".join(f"{cell:>11}" for cell in cells)


def _note(note: Note) -> str:
    """What the records allow or lack, in the terminal's language; the table's code stands before it."""
    words = say(f"note.{note.code}", terminal_language(), **note.facts)
    return f"- {note.facts['table']}: {words}" if "table" in note.facts else f"- {words}"


def _print(answer: object, text: str, *, as_json: bool) -> None:
    print(json.dumps(answer, ensure_ascii=False, default=dict) if as_json else text)
