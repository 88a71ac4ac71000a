"""Three hundred damaged files: none crashes, no untouched row is lost, no damaged row is silently changed."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from tests.data.importing.damage import KINDS, damaged, plan_of_damages
from tests.data.importing.damaged_set import Outcome, outcomes


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
    from bankhall.data.importing import load_mapping
    from bankhall.data.importing.into_folder import import_into
    from bankhall.kernel.errors import BadInput

    bank, machine = tmp_path / "bank", load_mapping("queue_machine_cn")
    import_into(bank, [damaged((), "machine.csv", np.random.default_rng(1)).write(tmp_path)], machine)
    before = {path.name: path.read_bytes() for path in bank.iterdir()}
    bad = damaged(("zip_bomb",), "machine.csv", np.random.default_rng(1)).write(tmp_path)
    with pytest.raises(BadInput):
        import_into(bank, [bad], machine)
    assert {path.name: path.read_bytes() for path in bank.iterdir()} == before
