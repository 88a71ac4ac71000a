"""The contracts hold together, and none of their names is a word that a language keeps for itself."""

import keyword

import pytest

from bankhall.data.contracts import TABLES, Contract, in_group

# Spark's reserved words in ANSI mode (its SQL reference, "Keywords").
SPARK_RESERVED = set(
    """all and anti any as authorization both by case cast check collate collation column constraint create cross
    current_date current_time current_timestamp current_user distinct else end escape except exists false fetch filter
    for foreign from full grant group having in inner insert intersect into is join lateral leading left like natural
    not null offset on only or order outer overlaps percentile_cont percentile_disc primary references right select
    semi session_user some sql start table then time to trailing true union unique unknown user using values when where
    with within""".split()  # noqa: SIM905 - one word a line would fill a page
)


def _names() -> set[str]:
    return {word for contract in TABLES.values() for word in (contract.name, *contract.names)}


def test_no_name_is_reserved_in_python_duckdb_or_spark() -> None:
    import duckdb

    rows = duckdb.connect().execute("SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'")
    reserved = {row[0].lower() for row in rows.fetchall()} | SPARK_RESERVED | {w.lower() for w in keyword.kwlist}
    assert not _names() & reserved


def test_the_thirty_tables_stand_in_their_groups() -> None:
    assert len(TABLES) == 30
    assert {c.name for c in in_group("out")} == {"forecasts", "requirement", "proof", "unmet", "breaches"}
    assert {c.name for c in in_group("facts")} == {
        "rosters", "visits", "steps", "arrival_counts", "window_sessions", "attendance",
    }  # fmt: skip


@pytest.mark.parametrize("contract", TABLES.values(), ids=lambda c: c.name)
def test_keys_orders_and_references_name_columns_that_exist(contract: Contract) -> None:
    named = {*contract.key, *(name for order in contract.orders for name in order)}
    assert named <= set(contract.names)
    for column in contract.columns:
        if column.refers_to:
            table, other = column.refers_to.split(".")
            assert other in TABLES[table].names


@pytest.mark.parametrize("contract", TABLES.values(), ids=lambda c: c.name)
def test_every_column_says_in_both_languages_what_it_is_and_what_a_missing_value_means(contract: Contract) -> None:
    assert contract.title.zh
    assert contract.title.en
    for column in contract.columns:
        assert column.note.zh
        assert column.note.en
        assert column.required or (column.missing.zh and column.missing.en), column.name
