"""Photographs a running demo into docs/screenshots: `screenshots.py [http://127.0.0.1:8000 [name …]]`.

Both languages, desk and phone, as people of the demo. First the pages as they stand, then the journeys of the how-tos
(`tools/journeys.py`), each step of which is photographed while somebody takes it, then the pages that they filled. It
wants Chromium (BANKHALL_CHROMIUM or the machine's own) and the home of the demo (BANKHALL_HOME) for the accounts, and
makes the pictures small with pngquant where the machine has it.
"""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

if TYPE_CHECKING:
    from bankhall.kernel.scope import Role

FOLDER = Path("docs/screenshots")
Pages = Mapping[str, tuple[str, str]]
PAGES: Pages = {
    "import": ("head_office", "/records/"),
    "network": ("regional", "/network/?week=2026-W49"),
    "branch-plan": ("branch_manager", "/plan/B01/2026-W49/?day=2026-12-01"),
    "forecast": ("branch_manager", "/forecast/B01/?day=2026-11-20"),
    "leave-calendar": ("branch_manager", "/requests/B01/calendar/?post=teller"),
    "during-the-day": ("lobby_manager", "/day/B01/?day=2026-11-20&at=11:00"),
    "attendance": ("branch_manager", "/attendance/B01/?week=2026-W47&day=2026-11-19"),
    "season": ("regional", "/season/B01/"),
}
AFTERWARDS: Pages = {
    "my-roster": ("teller", "/my/roster/?week=2026-W48"),
    "my-notices": ("teller", "/my/notices/"),
    "findings": ("branch_manager", "/findings/"),
}
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
LANGUAGES = {"zh": "zh-hans", "en": "en"}
ROUNDS, MILLISECONDS = 300, 2000
"""How long something that is computed is waited for."""


def accounts() -> dict[str, tuple[str, str]]:
    """User name and password of each role of the demo."""
    from bankhall.cli.demo import demo_home

    demo_home()
    import django

    django.setup()
    from bankhall.cli.demo_accounts import demo_accounts

    return {account.role: (account.username, account.password) for account in demo_accounts()}


def new_context(browser: Browser, base: str, size: tuple[int, int], language: str) -> BrowserContext:
    """A device of somebody who reads a language."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    context.set_default_timeout(ROUNDS * MILLISECONDS)
    context.add_cookies([{"name": "django_language", "value": language, "url": base}])
    return context


def signed_in(browser: Browser, base: str, size: tuple[int, int], language: str, account: tuple[str, str]) -> Page:
    """A page behind the door."""
    context = new_context(browser, base, size, language)
    page = context.new_page()
    page.goto(f"{base}/sign-in/")
    page.fill("#id_username", account[0])
    page.fill("#id_password", account[1])
    page.click(".signin .btn.main")
    page.wait_for_load_state()
    return page


@dataclass
class Studio:
    """A browser before a demo: people act at a desk in English, and are photographed in every language and size."""

    browser: Browser
    base: str
    people: dict[str, tuple[str, str]]
    acting: dict[str, Page] = field(default_factory=dict)

    def visit(self, who: str, size: tuple[int, int], language: str) -> Page:
        """A fresh page of somebody, who comes through the door once."""
        if who not in self.acting:
            self.acting[who] = signed_in(self.browser, self.base, SIZES["desk"], LANGUAGES["en"], self.people[who])
        session = [one for one in self.acting[who].context.cookies() if one.get("name") != "django_language"]
        context = new_context(self.browser, self.base, size, language)
        context.add_cookies(session)  # type: ignore[arg-type]
        return context.new_page()

    def act(self, who: str, path: str) -> Page:
        """Somebody's page at an address."""
        if who not in self.acting:
            self.acting[who] = signed_in(self.browser, self.base, SIZES["desk"], LANGUAGES["en"], self.people[who])
        self.acting[who].goto(self.base + path)
        return self.acting[who]

    def submit(self, who: str, path: str, button: str) -> Page:
        """Presses a button there, and waits for what comes."""
        page = self.act(who, path)
        with page.expect_navigation():
            page.locator(button).first.click()
        return page

    def await_(self, who: str, path: str, sign: str) -> Page:
        """Looks again until something has been computed."""
        for _ in range(ROUNDS):
            with suppress(Error):  # the page may be going there by itself
                page = self.act(who, path)
                if page.locator(sign).count():
                    return page
            self.acting[who].wait_for_timeout(MILLISECONDS)
        raise TimeoutError(f"{path} never shows {sign}")

    def photograph(
        self, name: str, who: str, path: str, before: Callable[[Page], None] = lambda _page: None, *,
        sizes: Sequence[str] = tuple(SIZES),
    ) -> None:  # fmt: skip
        """One page in both languages at both sizes, after something was done on it."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        for short, language in LANGUAGES.items():
            for size_name in sizes:
                page = self.visit(who, SIZES[size_name], language)
                page.goto(self.base + path)
                before(page)
                target = FOLDER / f"{name}.{size_name}.{short}.png"
                page.screenshot(path=str(target), full_page=True)
                made_small(target)
                page.context.close()

    def sign_up(self, staff_no: str, role: "Role", branch_code: str) -> str:
        """Opens an account for somebody of the demo's staff who has none; answers its name."""
        from django.conf import settings

        from bankhall.apps.access import actions as access
        from bankhall.apps.people import queries as people
        from bankhall.kernel.scope import Scope

        scope, username = Scope.system("screenshots"), f"{role}-{branch_code}-{staff_no}".lower()
        if username not in self.people:
            named = [person.called() for person in people.staff(scope, branch_code) if person.staff_no == staff_no]
            password = secrets.token_urlsafe(12)
            new = access.NewAccount(username, password, named[0], staff_no, "zh-hans", is_demo=True)
            access.open_account(new, by=scope.actor, scope=scope)
            today = settings.CLOCK.today()
            access.grant(username, role, branch_code, valid_from=today, by=scope.actor, scope=scope)
            self.people[username] = (username, password)
        return username


def made_small(picture: Path) -> None:
    """A palette instead of every colour: a third of the bytes, and the eye sees no difference."""
    if shutil.which("pngquant"):
        subprocess.run(
            ["pngquant", "--force", "--ext", ".png", "--speed", "1", "--strip", "128", str(picture)], check=True
        )


def look_at_the_day(studio: Studio) -> None:
    """Asks for a look at the rest of the day that is photographed, and waits for its answer."""
    who, path = PAGES["during-the-day"]
    studio.submit(who, path, 'form[action$="/look/"] button')
    studio.await_(who, path, ".sheet dl.facts")


def look_ahead(studio: Studio) -> None:
    """Asks for the branch's season, and waits for it."""
    who, path = PAGES["season"]
    studio.submit(who, path, 'form[action$="/look/"] button')
    studio.await_(who, path, ".sheet table tbody tr")


def main() -> int:
    """Asks the running demo."""
    from tools.journeys import JOURNEYS

    base = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    wanted = set(sys.argv[2:])
    chromium = os.environ.get("BANKHALL_CHROMIUM") or shutil.which("chromium") or ""
    people = accounts()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"] if root else [])
        studio = Studio(browser, base, people)
        steps: dict[str, Callable[[], None]] = {
            "day": partial(look_at_the_day, studio),
            "ahead": partial(look_ahead, studio),
            **{name: partial(studio.photograph, name, who, path) for name, (who, path) in PAGES.items()},
            **{name: partial(take, studio) for name, take in JOURNEYS.items()},
            **{name: partial(studio.photograph, name, who, path) for name, (who, path) in AFTERWARDS.items()},
        }
        for name, step in steps.items():
            if not wanted or name in wanted:
                print(name, flush=True)
                step()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    sys.exit(main())
