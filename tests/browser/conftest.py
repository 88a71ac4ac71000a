"""A real Chromium before a real server, at eight in the morning of the demo date."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer
from tools.translations import compile_all

from bankhall.config.clock import FixedClock
from tests.browser.chromium import chromium_or_skip
from tests.browser.visits import Visit


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    compile_all()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the driver loops in this thread, tests ask the store in it
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    chromium = playwright.chromium.launch(
        executable_path=chromium_or_skip(), args=["--no-sandbox"] if root else [], chromium_sandbox=not root
    )
    yield chromium
    chromium.close()


@pytest.fixture
def _site(settings: Settings, tmp_path: Path) -> None:
    settings.CLOCK = FixedClock(date(2026, 11, 23), "Asia/Shanghai")
    settings.HOME = tmp_path
    settings.LAKE, settings.UPLOADS = tmp_path / "lake", tmp_path / "uploads"


@pytest.fixture
def visit(_site: None, browser: Browser, live_server: LiveServer) -> Iterator[Visit]:
    """Opens pages as somebody; fails on anything that a page writes to the console."""
    with Visit.of(browser, live_server.url) as opened:
        yield opened


@pytest.fixture
def page(visit: Visit) -> Page:
    """An English desk page of nobody."""
    return visit.page()
