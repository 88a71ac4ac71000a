"""The REST face is asked at eight in the morning of the demo date, with a home of its own."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from bankhall.config.clock import FixedClock


@pytest.fixture(autouse=True)
def _eight_in_the_morning(settings: Settings, tmp_path: Path) -> None:
    settings.CLOCK = FixedClock(date(2026, 11, 23), "Asia/Shanghai")
    settings.HOME = tmp_path
    settings.LAKE, settings.UPLOADS = tmp_path / "lake", tmp_path / "uploads"
