"""A Chinese headline goes on after its comma, on a telephone as well."""

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
_LINES = """(heading) => {
  const text = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT).nextNode();
  const lines = [];
  let above = null;
  for (let at = 0; at < text.length; at += 1) {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    const { top } = range.getBoundingClientRect();
    if (above === null || Math.abs(top - above) > 5) lines.push("");
    lines[lines.length - 1] += text.data[at];
    above = top;
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
