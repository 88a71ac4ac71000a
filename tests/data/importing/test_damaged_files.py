"""Three hundred damaged files: none crashes, no untouched row is lost, no damaged row is silently changed."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from bankhall.data.exchange import write_table
from bankhall.data.importing import load_mapping, prepare
from bankhall.data.importing.into_folder import import_into
from bankhall.kernel.errors import BadInput
from tests.data.importing.damage import KINDS, damaged, plan_of_damages
from tests.data.importing.damaged_set import Outcome, outcomes
from tests.data.importing.exports import KNOWN


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    return outcomes(tmp_path_factory.mktemp("damaged"))


def test_there_are_twenty_five_of_each_kind_and_fifty_mixed(found: list[Outcome]) -> None:
    kinds = Counter(outcome.kinds if len(outcome.kinds) == 1 else ("mixed",) for outcome in found)
    assert kinds == {(kind,): 25 for kind in KINDS} | {("mixed",): 50}


def test_every_untouched_row_arrives_byte_equal_unless_its_file_is_refused_whole(found: list[Outcome]) -> None:
    assert [(o.kinds, o.form, o.lost) for o in found if o.lost] == []
    assert sum(o.taken for o in found) > 10_000


def test_no_damaged_row_is_silently_changed(found: list[Outcome]) -> None:
    assert [(o.kinds, o.form, o.changed) for o in found if o.changed] == []


def test_every_bomb_is_refused(found: list[Outcome]) -> None:
    assert {o.refused for o in found if o.kinds == ("zip_bomb",)} == {"file_unpacks_too_large"}


def test_every_doubled_row_is_counted_as_a_duplicate(found: list[Outcome]) -> None:
    doubled = sum(
        damaged(kinds, form, np.random.default_rng(seed)).doubled
        for kinds, form, seed in plan_of_damages()
        if kinds == ("doubled_rows",)
    )
    assert sum(o.duplicate for o in found if o.kinds == ("doubled_rows",)) == doubled > 50


def test_every_touched_row_of_a_readable_file_is_rejected(found: list[Outcome]) -> None:
    """NUL bytes, quotes, foreign bytes and shifted dates are each seen in just the rows that have them."""
    for outcome, (kinds, form, seed) in zip(found, plan_of_damages(), strict=True):
        if kinds[0] in ("nul", "broken_quotes", "wrong_encoding", "shifted_dates") and len(kinds) == 1:
            sheet = damaged(kinds, form, np.random.default_rng(seed))
            assert outcome.refused or outcome.rejected == len(sheet.touched), outcome


def test_a_damaged_folder_is_not_touched_by_a_refused_file(tmp_path: Path) -> None:
    bank, machine = tmp_path / "bank", load_mapping("queue_machine")
    import_into(bank, [damaged((), "machine.csv", np.random.default_rng(1)).write(tmp_path)], machine)
    before = {path.name: path.read_bytes() for path in bank.iterdir()}
    bad = damaged(("zip_bomb",), "machine.csv", np.random.default_rng(1)).write(tmp_path)
    with pytest.raises(BadInput):
        import_into(bank, [bad], machine)
    assert {path.name: path.read_bytes() for path in bank.iterdir()} == before


@pytest.mark.parametrize(("ending", "rounds"), [(".csv", 80), (".csv.gz", 30), (".xlsx", 40), (".parquet", 120)])
def test_random_bytes_in_any_kind_of_file_never_crash_and_never_lie(ending: str, rounds: int, tmp_path: Path) -> None:
    """A changed byte is refused, or stays in the row where it stands: in packed files nothing wrong is ever taken."""
    path, rng = tmp_path / f"visits{ending}", np.random.default_rng(11)
    good_file = damaged((), "visits.csv", rng).write(tmp_path)
    right = prepare([good_file], known=KNOWN).tables["visits"]
    write_table(path, right)
    data = path.read_bytes()
    for _ in range(rounds):
        path.write_bytes(_scratched(data, rng))
        try:
            taken = prepare([path], known=KNOWN).tables["visits"]
        except BadInput:
            continue
        assert ending == ".csv" or taken == right


def _scratched(data: bytes, rng: np.random.Generator) -> bytes:
    changed = bytearray(data)
    for place in rng.integers(0, len(data), size=int(rng.choice([1, 2, 6]))):
        changed[place] = int(rng.integers(256))
    return bytes(changed)
