"""Keys are made once, for their owner's eyes, and by use only."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bankhall.config.keys import lazy_key, read_or_make


def test_a_key_is_made_at_its_first_use_and_not_before(tmp_path: Path) -> None:
    key = lazy_key(tmp_path / "keys", "session")
    assert not (tmp_path / "keys").exists()
    assert len(str(key)) >= 50
    assert str(key) == (tmp_path / "keys" / "session").read_text().strip()


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    read_or_make(tmp_path / "keys", "audit")
    assert stat.S_IMODE((tmp_path / "keys" / "audit").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_all_who_start_together_end_with_the_same_key(tmp_path: Path) -> None:
    made = read_or_make.__wrapped__
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: made(tmp_path / "keys", "audit"), range(8)))
    assert len(keys) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["audit"]


def test_two_keys_differ(tmp_path: Path) -> None:
    assert read_or_make(tmp_path, "session") != read_or_make(tmp_path, "audit")
