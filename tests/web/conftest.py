"""Pages are asked at eight in the morning of the demo date, with a home of their own and the catalogues compiled."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tools.translations import compile_all

from bankhall.config.clock import FixedClock


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    compile_all()


@pytest.fixture(autouse=True)
def _eight_in_the_morning(settings: Settings, tmp_path: Path) -> None:
    settings.CLOCK = FixedClock(date(2026, 11, 23), "Asia/Shanghai")
    settings.HOME = tmp_path
    settings.LAKE, settings.UPLOADS = tmp_path / "lake", tmp_path / "uploads"
