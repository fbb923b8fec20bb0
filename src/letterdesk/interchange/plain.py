"""Other systems' markup as plain text: what a reader of the old page could read.

Paragraphs, line breaks, lists and quotations become lines; the address of a link, a picture
or a film stands behind it in brackets; entities become characters. What looks like a tag
and is none of HTML's stays, because its author wrote it; so does what stands in code in
Markdown, and behind a script that never ends.
"""

import re
from html import escape, unescape
from html.parser import HTMLParser

_LONGEST = 65_536  # characters: more is too long in any case, and is given as it is
_APART = """p div blockquote ul ol dl dd dt h1 h2 h3 h4 h5 h6 pre table hr section article
header footer figure figcaption address details summary"""
_WITHIN = """a abbr acronym audio b bdi bdo big br center cite code col colgroup data del
dfn em embed font i iframe img input ins kbd label li mark object picture q rp rt ruby s
samp small source span strike strong sub sup tbody td tfoot th thead time tr tt u var video
wbr html body head title noscript template textarea select option"""
_MOST_OPEN = (
    100  # tags without an end: the parser looks through the rest of a text for each
)
_OPEN = re.compile(r"<(?=[^<>]*(?:<|\Z))")
_BLOCKS, _INLINE = frozenset(_APART.split()), frozenset(_WITHIN.split())
_SILENT = frozenset({"script", "style"})
_KNOWN = _BLOCKS | _INLINE | _SILENT
_ELSEWHERE = re.compile(r"https?://\S+")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_KNOWN))})(?=[\s/>])[^<>]*>", re.IGNORECASE)


def from_html(raw: str) -> str:
    """Give HTML as plain text; a newline in it is a space, as in a browser."""
    return _plain(raw, keeps_lines=False)


def from_lines(raw: str) -> str:
    """Give HTML in which a newline ends a line, as WordPress stores it, as plain text."""
    return _plain(raw, keeps_lines=True)


def from_markdown(raw: str) -> str:
    """Give Markdown as it was written, with the HTML in it as plain text.

    Markdown was made to be read as it is. Without a tag in it, only entities change, and in
    code nothing does.
    """
    marked = _CODE.sub(lambda code: escape(code[0], quote=False), raw)
    has_tag = _TAG.search(marked)
    return _plain(marked, keeps_lines=True) if has_tag else unescape(marked).strip()


def _plain(raw: str, *, keeps_lines: bool) -> str:
    if len(raw) > _LONGEST:
        return raw
    if len(_OPEN.findall(raw)) > _MOST_OPEN:
        raw = _OPEN.sub("&lt;", raw)
    reader = _Reader(keeps_lines=keeps_lines)
    reader.feed(raw)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Collects what can be read; a quotation is collected apart, and then set off."""

    def __init__(self, *, keeps_lines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._keeps_lines = keeps_lines
        self._parts: list[list[str]] = [[]]  # one list for each quotation that is open
        self._links: list[tuple[str, int]] = []  # address, and where its words begin
        self._lists: list[int] = []  # the last number of each open list; -1: no numbers
        self._silent = 0
        self._unsaid: list[str] = []  # since a script or style began
        self._as_written = 0

    def text(self) -> str:
        """Give all that was collected."""
        if self._silent:  # it never ended: who wrote it wrote of it
            self._silent = 0
            self._say("".join([*self._unsaid, self.rawdata]))
        while len(self._parts) > 1:
            self._end_quotation()
        return _tidy("".join(self._parts[0]))

    def parse_html_declaration(self, i: int) -> int:
        """Pass over a declaration; what only looks like one is a comment, as in HTML."""
        if self.rawdata.startswith("<![", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _KNOWN:
            self._say(self.get_starttag_text() or "")
            return
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
            self._unsaid = [self.get_starttag_text() or ""]
        elif tag == "blockquote":
            self._parts.append([])
        elif tag in _BLOCKS:
            self._begin_block(tag)
        else:
            self._begin_inline(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _KNOWN:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _KNOWN:
            self._say(f"</{tag}>")
        elif tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "blockquote":
            if len(self._parts) > 1:
                self._end_quotation()
        elif tag in _BLOCKS:
            self._end_block(tag)
        elif tag == "a" and self._links:
            self._end_link()
        elif tag in {"td", "th"}:
            self._say(" ")

    def handle_data(self, data: str) -> None:
        if self._silent:
            self._unsaid.append(data)
            return
        kept = self._keeps_lines or self._as_written
        self._say(data if kept else _SPACE.sub(" ", data))

    def _begin_block(self, tag: str) -> None:
        self._say("\n\n" if not (self._lists and tag in {"ul", "ol"}) else "")
        if tag in {"ul", "ol"}:
            self._lists.append(0 if tag == "ol" else -1)
        self._as_written += tag == "pre"

    def _end_block(self, tag: str) -> None:
        if tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
        if tag == "pre":
            self._as_written = max(0, self._as_written - 1)
        self._say("\n\n")

    def _begin_inline(self, tag: str, given: dict[str, str]) -> None:
        if tag in {"br", "tr"}:
            self._say("\n")
        elif tag == "li":
            self._say(f"\n{self._bullet()} ")
        elif tag == "a":
            self._links.append((given.get("href", "").strip(), len(self._parts[-1])))
        elif tag == "img" and given.get("alt", "").strip():
            self._say(given["alt"].strip())
        elif _ELSEWHERE.fullmatch(given.get("src", "")):
            self._say(f" ({given['src']})")

    def _bullet(self) -> str:
        if not self._lists or self._lists[-1] < 0:
            return "-"
        self._lists[-1] += 1
        return f"{self._lists[-1]}."

    def _end_link(self) -> None:
        address, begun = self._links.pop()
        words = "".join(self._parts[-1][begun:])
        is_said = address.removesuffix("/").split("://")[-1] in words
        # Long addresses are shown shortened: the words end in "…" then.
        if _ELSEWHERE.fullmatch(address) and not is_said:
            self._say(f" ({address})")

    def _end_quotation(self) -> None:
        lines = _tidy("".join(self._parts.pop())).split("\n")
        quoted = "\n".join(f"> {line}".rstrip() for line in lines)
        self._say(f"\n\n{quoted}\n\n")

    def _say(self, words: str) -> None:
        if not self._silent:
            self._parts[-1].append(words)


def _tidy(text: str) -> str:
    """Give text without space around lines, and with one empty line at the most."""
    lines = "\n".join(line.strip(" \t") for line in text.replace("\r\n", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
