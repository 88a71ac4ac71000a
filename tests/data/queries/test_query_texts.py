"""The one query text must mean the same on both engines: what they read differently is banned."""

import re
from importlib.resources import files

import pytest

TEXTS = sorted(path.name for path in files("bankhall.data.queries").iterdir() if path.name.endswith(".sql"))
BANNED = {
    "PERCENTILE_CONT": r"\bPERCENTILE_CONT\b",
    "CONCAT": r"\bCONCAT\s*\(",
    "day of week": r"\b(dayofweek|weekday)\b|EXTRACT\s*\(\s*dow",
    "hash": r"\bhash\s*\(",
    "SIGN": r"\bSIGN\s*\(",
    "LN": r"\bLN\s*\(",
    "CORR": r"\bCORR\s*\(",
    "INTERVAL": r"\bINTERVAL\b",
    "ROUND": r"\bROUND\s*\(",
    "decimal literal in arithmetic": r"[*/+-]\s*\d+\.\d+",
    "SUBSTRING from 0": r"SUBSTRING\s*\([^,]+,\s*0\b",
    "DuckDB's own cast": r"::",
    "integer division": r"//",
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("ban", BANNED)
def test_no_query_uses_what_the_engines_read_differently(name: str, ban: str) -> None:
    text = files("bankhall.data.queries").joinpath(name).read_text(encoding="utf-8")
    statements = re.sub(r"--[^\n]*", "", text)
    assert not re.search(BANNED[ban], statements, re.IGNORECASE)


@pytest.mark.parametrize("name", TEXTS)
def test_sums_are_cast_so_that_both_engines_give_the_same_type(name: str) -> None:
    text = re.sub(r"--[^\n]*", "", files("bankhall.data.queries").joinpath(name).read_text(encoding="utf-8"))
    assert len(re.findall(r"\bSUM\(", text)) == len(re.findall(r"CAST\(SUM\(", text))
