"""A real browser and running newsrooms, for the journeys."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from benchmarks import chromium

_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_SHOTS = os.environ.get("LETTERDESK_SCREENSHOTS", "")
expect.set_options(timeout=30_000)  # milliseconds: as patient as clicks, on a busy machine


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium: Debian's, or the one that LETTERDESK_CHROMIUM names."""
    path = chromium.path()
    if not path:
        pytest.skip(chromium.MISSING)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path, args=chromium.ARGUMENTS, timeout=180_000
        )
        yield running
        running.close()


@pytest.fixture
def without_scripts(browser: Browser) -> Iterator[BrowserContext]:
    """A reader's browser with scripts switched off."""
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def with_scripts(browser: Browser) -> Iterator[BrowserContext]:
    """A moderator's browser, in which nothing glides: what is measured stands still."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 860}, locale="en-GB", reduced_motion="reduce"
    )
    yield context
    context.close()


@pytest.fixture
def faults() -> Callable[[Page], list[str]]:
    """What an accessibility scan (axe, WCAG 2.2 AA) finds wrong with a page."""

    def scan(page: Page) -> list[str]:
        page.wait_for_load_state()  # what was pressed just now may be on its way still
        # The scan is a script of its own; it runs in a page whose policy allows none.
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": _WCAG}})
        return [
            f"{one['id']}: {node['html'][:160]}"
            for one in found.response["violations"]
            for node in one["nodes"]
        ]

    return scan


def keep(page: Page, name: str) -> None:
    """Save a screenshot below the folder that LETTERDESK_SCREENSHOTS names, if it does."""
    if _SHOTS:
        folder = Path(_SHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png")
