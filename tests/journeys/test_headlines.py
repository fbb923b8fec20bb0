"""A Chinese headline goes on after its comma, on a telephone as well."""

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import pytest
from playwright.sync_api import Browser

_READER = Path("src/letterdesk/reader/static")
_DESK = Path("src/letterdesk/desk/static/desk/css")
_SHEETS = {
    "readers": [_READER / name for name in ("tokens.css", "base.css", "site.css")],
    "desk": [_DESK / "tokens.css", _DESK / "base.css"],
}
_HEADLINES = ("图书馆的屋顶漏了整个冬天，市议会说没有钱修", "桥关了")
# As ICU's dictionary has them, which Chromium, Firefox and Safari ask.
_WORDS = (
    "码头",
    "公司",
    "被",
    "指",
    "隐瞒",
    "事故",
    "报告",
    "书",
    "长达",
    "十年",
    "之久",
    "却",
    "无人",
    "追究责任",
)
_LINES = """(heading) => {
  const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
  const lines = [];
  let above = null;
  while (texts.nextNode()) {
    const text = texts.currentNode;
    for (let at = 0; at < text.length; at += 1) {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      const { top } = range.getBoundingClientRect();
      if (above === null || Math.abs(top - above) > 5) lines.push("");
      lines[lines.length - 1] += text.data[at];
      above = top;
    }
  }
  return lines;
}"""


@pytest.mark.parametrize("sheets", _SHEETS)
@pytest.mark.parametrize(
    "around", ["{}", '<a href="/">{}</a>', '<bdi lang="zh-Hans">{}</bdi>']
)
def test_a_chinese_headline_breaks_after_its_comma_and_stays_in_its_page(
    browser: Browser, sheets: str, around: str
) -> None:
    styles = "".join(sheet.read_text(encoding="utf-8") for sheet in _SHEETS[sheets])
    page = browser.new_page(viewport={"width": 390, "height": 700})
    long = "码头公司被指隐瞒事故报告书长达十年之久却无人追究责任" * 3
    headings = "".join(
        f"<h3>{around.format(headline)}</h3>" for headline in (*_HEADLINES, long)
    )

    page.set_content(
        f'<!doctype html><html lang="zh-Hans"><style>{styles} h3 {{ font-size: 24px }}'
        f'</style><main style="margin: 20px">{headings}</main>'
    )

    lines = [heading.evaluate(_LINES) for heading in page.locator("h3").all()]
    first, second = _HEADLINES[0].split("，")
    assert lines[:2] == [[f"{first}，", second], ["桥关了"]]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_a_chinese_headline_without_a_comma_breaks_between_words(browser: Browser) -> None:
    styles = "".join(sheet.read_text(encoding="utf-8") for sheet in _SHEETS["readers"])
    page = browser.new_page(viewport={"width": 390, "height": 700})
    page.set_content(
        f'<!doctype html><html lang="en"><style>{styles} h1 {{ font-size: 28px }}</style>'
        f'<main style="margin: 20px"><article class="story" lang="zh-Hans">'
        f"<h1>{''.join(_WORDS)}</h1></article></main>"
    )
    heading = page.locator("h1")

    page.add_script_tag(
        content=(_READER / "page.js").read_text(encoding="utf-8"), type="module"
    )
    page.locator("h1 wbr").first.wait_for(state="attached")

    lines = heading.evaluate(_LINES)
    assert len(lines) > 1
    assert set(_ends(lines)) <= set(_ends(_WORDS))
    assert heading.inner_text() == "".join(_WORDS)
    page.close()


def _ends(parts: Sequence[str]) -> list[int]:
    """Give after how many characters each part ends."""
    return list(accumulate(len(part) for part in parts))
