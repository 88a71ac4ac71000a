"""Somebody at a browser: language, screen, account, and a watch on the console."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.web.people import PASSWORD

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
DESK, PHONE = (1440, 900), (390, 844)
EXPECTED = ("Failed to load resource",)
"""The browser's own line for an answer that is an error on purpose."""


@dataclass
class Visit:
    """Pages of one test, closed at its end."""

    browser: Browser
    url: str
    contexts: list[BrowserContext] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def of(cls, browser: Browser, url: str) -> Iterator["Visit"]:
        """Closes everything, then fails on complaints."""
        opened = cls(browser, url)
        try:
            yield opened
        finally:
            for context in opened.contexts:
                context.close()
        assert opened.complaints == []

    def page(self, language: str = "en", size: tuple[int, int] = DESK, *, phone: bool = False) -> Page:
        """A fresh page in a language, at a size."""
        width, height = PHONE if phone else size
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, bypass_csp=False, reduced_motion="reduce", has_touch=phone
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": self.url}])
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def signed_in(self, role: str, language: str = "en", *, phone: bool = False) -> Page:
        """A page after the door."""
        page = self.page(language, phone=phone)
        page.goto(f"{self.url}/sign-in/")
        page.fill("#id_username", role)
        page.fill("#id_password", PASSWORD)
        page.click(".signin .btn.main")
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(EXPECTED):
            self.complaints.append(f"{message.type}: {message.text}")


def serious(page: Page) -> list[str]:
    """Serious and critical findings of axe on the page as it stands."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {[node['target'] for node in one['nodes'][:3]]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def seen(page: Page, name: str) -> None:
    """Nothing serious for axe, nothing wider than the screen; kept as a picture where one asks for them."""
    folder = os.environ.get("BANKHALL_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
    assert serious(page) == []
    assert not page.evaluate(WIDER)
