"""Published comments and last looks in a real browser, to see whether anything runs.

Dialogs, violations of the content policy (an attempt is one) and requests to anywhere but
our own pages, style and mark are counted. That the hooks work is shown on a page of ours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote

from playwright.sync_api import Dialog, Page, sync_playwright

from benchmarks import chromium, report

_MOST = 4_900  # characters: many strings in one letter
_HOOKS = """
  window.ran = [];
  for (const name of ["alert", "confirm", "prompt", "print", "open"])
    window[name] = () => window.ran.push(name);
  document.addEventListener("securitypolicyviolation", (event) =>
    window.ran.push(event.violatedDirective));
"""
_TRIAL = """<img src=x onerror="alert(1)"><a href="javascript:alert(1)" id=a></a>"""
_SEND = """([path, text]) => {
  const form = document.createElement("form");
  form.method = "post"; form.action = path;
  const fields = { text, name: text.slice(0, 60), preview: "1" };
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement("textarea");
    field.name = name; field.value = value; form.append(field);
  }
  document.body.append(form); form.submit();
}"""


@dataclass(kw_only=True)
class Seen:
    """What a browser did."""

    version: str = ""
    trial: int = 0  # hooks that a planted script set off
    pages: int = 0
    strings: int = 0
    ran: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)  # to where there should be none

    def faults(self) -> int:
        """Give how much ran or was asked for, and whether the hooks were blind."""
        return len(self.ran) + len(self.requests) + (not self.trial)

    def table(self) -> report.Table:
        """Give it as a table."""
        return report.Table(
            title="In a browser",
            head=(
                "pages",
                "strings with markup",
                "scripts run or refused",
                "foreign requests",
            ),
            rows=[(self.pages, f"{self.strings:,}", len(self.ran), len(self.requests))],
            remarks=[
                f"Chromium {self.version}: the published thread, and last looks "
                "(`preview`) of letters that are made of many such strings, with the text "
                "in the page and in the form. A script planted in a page of the test's own "
                f"set off {self.trial} hook(s)."
            ],
        )


def look(port: int, story: str, strings: Sequence[bytes]) -> Seen:
    """Show the thread of a story and last looks at `strings`; give what happened."""
    seen = Seen()
    site = f"http://127.0.0.1:{port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.path(), args=[*chromium.ARGUMENTS]
        )
        seen.version = browser.version
        page = browser.new_page()
        page.add_init_script(_HOOKS)
        page.on("dialog", partial(_refuse, seen))
        page.goto(f"data:text/html,{quote(_TRIAL)}")
        page.wait_for_function("window.ran.length > 0")
        seen.trial = page.evaluate("window.ran.length")
        page.on("request", lambda request: _note(seen, request.url, site, story))
        _thread(page, site, story, seen)
        for text in _letters(strings, seen):
            page.goto(f"{site}/receipt")
            with page.expect_navigation():
                page.evaluate(_SEND, [f"/t/{story}/comments", text])
            _finish(page, seen)
        browser.close()
    return seen


def _refuse(seen: Seen, dialog: Dialog) -> None:
    if dialog.type == "beforeunload":  # ours: a last look keeps a reader's words
        dialog.accept()
        return
    seen.ran.append("dialog")
    dialog.dismiss()


def _thread(page: Page, site: str, story: str, seen: Seen) -> None:
    address: str | None = f"{site}/t/{story}/"
    while address:
        page.goto(address)
        _finish(page, seen)
        following = page.locator("a[rel=next]")
        address = None
        if following.count():
            address = f"{site}{following.first.get_attribute('href')}".partition("#")[0]


def _finish(page: Page, seen: Seen) -> None:
    page.wait_for_load_state("load")
    seen.pages += 1
    seen.ran += page.evaluate("window.ran")


def _note(seen: Seen, address: str, site: str, story: str) -> None:
    ours = (f"{site}/t/{story}/", f"{site}/receipt", f"{site}/assets/")
    if not address.startswith(ours):
        seen.requests.append(address)


def _letters(strings: Sequence[bytes], seen: Seen) -> Iterator[str]:
    """Give texts of many strings each; what is not text, and too long, is left out."""
    held: list[str] = []
    for raw in strings:
        text = raw.decode(errors="ignore")
        text = "".join(char for char in text if char.isprintable() or char in "\n\t")
        if not text or len(text) > _MOST:
            continue
        if sum(len(one) + 1 for one in held) + len(text) > _MOST:
            yield "\n".join(held)
            held = []
        held.append(text)
        seen.strings += 1
    if held:
        yield "\n".join(held)
