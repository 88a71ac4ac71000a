"""Photographs the pages of a running demo into docs/screenshots: `screenshots.py [http://127.0.0.1:8000]`.

Both languages, desk and phone, as people of the demo. The plan of the first branch is photographed as it stands, then
proposed, confirmed, approved where that is asked for, and published, so that my-roster has something to show. It wants
Chromium (BANKHALL_CHROMIUM or the machine's own) and the home of the demo (BANKHALL_HOME) for the accounts.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path("docs/screenshots")
PAGES = {
    "import": ("head_office", "/records/"),
    "network": ("regional", "/network/?week=2026-W49"),
    "branch-plan": ("branch_manager", "/plan/B01/2026-W49/?day=2026-12-01"),
    "forecast": ("branch_manager", "/forecast/B01/?day=2026-11-20"),
    "lending": ("regional", "/lending/?week=2026-W49"),
    "leave-calendar": ("branch_manager", "/requests/B01/calendar/?post=teller"),
    "my-ask": ("teller", "/my/ask/"),
    "during-the-day": ("lobby_manager", "/day/B01/?day=2026-11-20&at=11:00"),
    "attendance": ("branch_manager", "/attendance/B01/?week=2026-W47&day=2026-11-19"),
}
AFTERWARDS = {
    "my-roster": ("teller", "/my/roster/?week=2026-W49"),
    "my-notices": ("teller", "/my/notices/"),
}
STEPS = (
    ("branch_manager", "propose"), ("supervisor", "confirm"), ("regional", "approve"), ("branch_manager", "publish"),
)  # fmt: skip
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
LANGUAGES = {"zh": "zh-hans", "en": "en"}


def accounts() -> dict[str, tuple[str, str]]:
    """User name and password of each role of the demo."""
    from bankhall.cli.demo import demo_home

    demo_home()
    import django

    django.setup()
    from bankhall.cli.demo_accounts import demo_accounts

    return {account.role: (account.username, account.password) for account in demo_accounts()}


def signed_in(browser: Browser, base: str, size: tuple[int, int], language: str, account: tuple[str, str]) -> Page:
    """A page behind the door."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    context.add_cookies([{"name": "django_language", "value": language, "url": base}])
    page = context.new_page()
    page.goto(f"{base}/sign-in/")
    page.fill("#id_username", account[0])
    page.fill("#id_password", account[1])
    page.click(".signin .btn.main")
    page.wait_for_load_state()
    return page


def publish(browser: Browser, base: str, people: dict[str, tuple[str, str]]) -> None:
    """Walks the plan of the first branch to the wall; a step that nobody awaits is passed over."""
    for role, step in STEPS:
        page = signed_in(browser, base, SIZES["desk"], "en", people[role])
        page.goto(base + PAGES["branch-plan"][1])
        opener = page.locator(f'[data-open="confirm-{step}"]')
        if opener.count():
            opener.click()
            reason = page.locator(f"#confirm-{step} textarea")
            if reason.count():
                reason.fill("The people of the branch do not suffice this week.")
            page.locator(f"#confirm-{step} .btn.main").click()
            page.wait_for_load_state()
        page.context.close()


def look_at_the_day(browser: Browser, base: str, people: dict[str, tuple[str, str]]) -> None:
    """Asks for a look at the rest of the day that is photographed, and waits for its answer."""
    role, path = PAGES["during-the-day"]
    page = signed_in(browser, base, SIZES["desk"], "en", people[role])
    page.goto(base + path)
    page.click('form[action$="/look/"] button')
    for _ in range(60):
        page.wait_for_timeout(2000)
        page.goto(base + path)
        if page.locator(".sheet dl.facts").count():
            break
    page.context.close()


def photograph(
    browser: Browser, base: str, people: dict[str, tuple[str, str]], pages: dict[str, tuple[str, str]]
) -> None:
    """Pages in both languages at both sizes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (role, path) in pages.items():
        for short, language in LANGUAGES.items():
            for size_name, size in SIZES.items():
                page = signed_in(browser, base, size, language, people[role])
                page.goto(base + path)
                page.screenshot(path=str(FOLDER / f"{name}.{size_name}.{short}.png"), full_page=True)
                page.context.close()


def main() -> int:
    """Asks the running demo."""
    base = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    chromium = os.environ.get("BANKHALL_CHROMIUM") or shutil.which("chromium") or ""
    people = accounts()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"] if root else [])
        look_at_the_day(browser, base, people)
        photograph(browser, base, people, PAGES)
        publish(browser, base, people)
        photograph(browser, base, people, AFTERWARDS)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
