"""`kill -9` at twenty random moments of an import: what stands is the old state or the new one, never between."""

from collections import Counter
from pathlib import Path

import pytest

from bankhall.data.importing import prepare
from tests.data.importing.kill_rounds import kill_rounds, made_bank


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "rounds"), [("lake", 20), ("folder", 8)])
def test_after_a_kill_at_any_moment_the_old_or_the_new_state_stands(kind: str, rounds: int, tmp_path: Path) -> None:
    seen = Counter(kill_rounds(kind, rounds, tmp_path))
    assert seen["between"] == 0
    assert seen["old"] > 0
    assert seen.total() == rounds


def test_the_made_bank_is_without_fault(tmp_path: Path) -> None:
    prepared = prepare([made_bank(tmp_path / "bank", 1)])
    assert prepared.rejected == 0
    assert prepared.tables["steps"].num_rows == 120
