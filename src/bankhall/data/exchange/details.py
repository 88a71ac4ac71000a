"""`bank.toml`: what an exchange folder says of the bank as a whole."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bankhall.data.contracts import EXCHANGE_VERSION
from bankhall.kernel.bank.bank import Bank
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.errors import BadInput

FILE = "bank.toml"
SLOT_LENGTHS = (15, 30, 60)


@dataclass(frozen=True, slots=True)
class BankDetails:
    """The bank's names, its zone, the length of its slots, and whether the records are made up."""

    name: Bilingual = Bilingual()
    zone: str = "Asia/Shanghai"
    slot_minutes: int = 30
    synthetic: bool = False


def details_of(bank: Bank) -> BankDetails:
    """What `bank.toml` says of a bank."""
    return BankDetails(bank.name, bank.zone, bank.slot_minutes, bank.synthetic)


def read_details(folder: Path) -> BankDetails | None:
    """The folder's `bank.toml`, or None when it has none. Raises BadInput for a file that cannot be used."""
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        return _checked(tomllib.loads(path.read_text("utf-8-sig")), path)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput("file_unreadable", file=str(path), reason=str(error)) from error


def write_details(details: BankDetails) -> str:
    """The text of `bank.toml`."""
    return (
        f"exchange_version = {EXCHANGE_VERSION}\n"
        f"name_zh = {_quoted(details.name.zh)}\n"
        f"name_en = {_quoted(details.name.en)}\n"
        f"zone = {_quoted(details.zone)}\n"
        f"slot_minutes = {details.slot_minutes}\n"
        f"synthetic = {'true' if details.synthetic else 'false'}\n"
    )


def known_zone(name: str) -> bool:
    """Whether an IANA zone of this name exists."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError only on some versions
        return False
    except KeyError:
        return False
    return True


def _checked(said: Mapping[str, object], path: Path) -> BankDetails:
    version, zone = said.get("exchange_version", EXCHANGE_VERSION), said.get("zone", "Asia/Shanghai")
    slot, synthetic = said.get("slot_minutes", 30), said.get("synthetic", False)
    if version != EXCHANGE_VERSION:
        raise BadInput("exchange_version_unknown", file=str(path), version=version)
    if not isinstance(zone, str) or not known_zone(zone):
        raise BadInput("zone_unknown", file=str(path), zone=zone)
    if not isinstance(slot, int) or slot not in SLOT_LENGTHS:
        raise BadInput("slot_minutes_unknown", file=str(path), slot_minutes=slot)
    name = Bilingual(str(said.get("name_zh", "")), str(said.get("name_en", "")))
    return BankDetails(name, zone, slot, synthetic is True)


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
