"""Status, headers and page, or the same as data (RFC 9457 where something is wrong)."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from http import HTTPStatus

import msgspec

from letterdesk.domain.ids import is_id, new_id
from letterdesk.domain.text import printable
from letterdesk.letterbox.headers import Header, for_answers
from letterdesk.letterbox.moulds import page_with_code
from letterdesk.letterbox.refusals import Refused
from letterdesk.letterbox.request import Form, Request
from letterdesk.reader.render import render
from letterdesk.reader.sentences import sentence
from letterdesk.reader.words import choose
from letterdesk.settings import Site
from letterdesk.tags import LANGUAGES

_RETRY_AFTER = {  # seconds
    "unavailable": "30",
    "unsure": "30",
    "too-many": "120",
    "closed": "3600",
}
_CLOSING = {  # the rest of the body may still be on its way
    "malformed",
    "body-too-large",
    "length-missing",
    "slow",
}
_WRITTEN = ("text", "name", "contact", "reply_to", "comment", "alleged")
_LETTERS = {Form.LETTER, Form.APPEAL}
_VAIN = {"appeal-known", "appeal-answered", "appeal-late", "appeal-needless"}
_CHECKED = ("as_written", "tip", "good_faith")
# A form that is asked for again by Back still has what was typed in it.
_FORMS = "private, no-cache"
_LEAST = 16_384  # bytes: most outcomes, in any language
EMPTY = dict.fromkeys(  # the values of a form not yet filled in
    (*_WRITTEN, *_CHECKED, "once"), ""
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What goes out; names of headers in lower case."""

    status: int
    headers: list[Header]
    body: bytes = b""


class Answers:
    """Answers that are made for one request and kept nowhere."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._common = for_answers(site)
        first = (choose(tag) for tag in site.languages)  # where nothing fits a reader
        self._languages = tuple(dict.fromkeys((*first, *LANGUAGES)))

    def language(self, request: Request) -> str:
        """Give the language to answer in: the matter's, or one that the reader asks for."""
        if request.language:
            return choose(request.language)
        accepted = request.header("accept-language")
        return choose("", accept=accepted, offered=self._languages)

    def page(
        self, request: Request, template: str, *, status: int = 200, **values: object
    ) -> Answer:
        """Give a page."""
        given = {"site": self._site, "status": status, **values}
        if request.terms:
            given["terms"] = request.terms
        html = render(template, self.language(request), **given)
        return self._make(status, "text/html; charset=utf-8", html.encode())

    def empty_form(self, request: Request, template: str, **values: object) -> Answer:
        """Give a page with a form that nobody has filled in, and that browsers may keep.

        What is made of a reader's words is kept by none; then Back would lose what she
        typed into this form as well.
        """
        answer = self.page(request, template, status=200, **values)
        told = [header for header in answer.headers if header[0] != "cache-control"]
        return replace(answer, headers=[*told, ("cache-control", _FORMS)])

    def page_with_code(
        self, request: Request, template: str, *, status: int, code: str, **values: Hashable
    ) -> Answer:
        """Give a page whose values are the same for many readers, all but the code."""
        html = page_with_code(
            template, self.language(request), site=self._site, code=code, values=values
        )
        return self._make(status, "text/html; charset=utf-8", html.encode())

    def data(self, facts: object, *, status: int = 200) -> Answer:
        """Give JSON."""
        return self._make(status, "application/json", msgspec.json.encode(facts))

    def text(self, words: str, *, status: int = 200) -> Answer:
        """Give a word that machines ask for."""
        return self._make(status, "text/plain; charset=utf-8", words.encode())

    def moved(self, path: str) -> Answer:
        """Send the client to `path` for good."""
        headers = [*self._common, ("location", path), ("content-length", "0")]
        return Answer(status=301, headers=headers)

    def refusal(self, request: Request, refused: Refused) -> Answer:
        """Give the reason for a refusal, and what was typed."""
        facts = {**refused.facts, "field": refused.field}
        code = refused.code if request.wants_json else _on_page(refused, request.typed)
        words = sentence(code, self.language(request), **facts)
        if request.wants_json:
            once = request.typed.get("once", "") if refused.code == "unsure" else ""
            answer = self._problem(refused, words, once=once)
        else:
            answer = self._refusal_page(request, refused, words)
        answer.headers.extend(_more(request, refused))
        return answer

    def bare_refusal(self, request: Request, refused: Refused) -> Answer:
        """Give the reason as one word, for when no page can be made."""
        answer = self.text(refused.code, status=refused.status)
        answer.headers.extend(_more(request, refused))
        return answer

    def _problem(self, refused: Refused, words: str, *, once: str) -> Answer:
        facts = {
            "type": "about:blank",
            "title": HTTPStatus(refused.status).phrase,
            "status": refused.status,
            "detail": words,
            "code": refused.code,
        }
        if refused.field:
            facts["field"] = refused.field
        if once:
            facts["once"] = once
        raw = msgspec.json.encode(facts)
        return self._make(refused.status, "application/problem+json", raw)

    def _refusal_page(self, request: Request, refused: Refused, words: str) -> Answer:
        status, typed = refused.status, request.typed
        if typed and (request.form in _LETTERS or _has_no_form(request)):
            return self.page(
                request,
                "refused.html",
                status=status,
                story=request.story,
                error=words,
                field=refused.field,
                values=filled_in(typed),
                code=_code_of_appeal(request, refused),
                is_unsure=refused.code == "unsure",
            )
        if typed and request.form is Form.NOTICE:
            return self.page(
                request,
                "notice.html",
                status=status,
                story=request.story,
                comment=typed.get("comment", ""),
                about=request.about,
                address="",
                error=words,
                field=refused.field,
                values=filled_in(typed),
            )
        if request.form is Form.RECEIPT:
            code = printable(typed.get("code", ""))
            return self.page(request, "receipt.html", status=status, error=words, code=code)
        return self.page(
            request, "problem.html", status=status, story=request.story, error=words
        )

    def _make(self, status: int, media: str, raw: bytes) -> Answer:
        headers = [
            *self._common,
            ("content-type", media),
            ("content-length", str(len(raw))),
        ]
        return Answer(status=status, headers=headers, body=raw)


def padded(answer: Answer) -> Answer:
    """Give a page, or data, whose length says little about what is in it.

    Spaces at its end bring it to 16 KiB, or to twice that and so on.
    """
    size = _LEAST
    while size < len(answer.body):
        size *= 2
    told = [header for header in answer.headers if header[0] != "content-length"]
    headers = [*told, ("content-length", str(size))]
    return replace(answer, headers=headers, body=answer.body.ljust(size))


def _on_page(refused: Refused, typed: dict[str, str]) -> str:
    """Give the code of the sentence for a page, whose form shows only what can be printed.

    Bytes that are no UTF-8 come back as a sign in their place, to be looked for.
    """
    is_left_out = refused.code == "not-text" and "\ufffd" not in "".join(typed.values())
    return "not-text-any-more" if is_left_out and typed else refused.code


def _code_of_appeal(request: Request, refused: Refused) -> str:
    """Give the code with which an appeal can be sent again; "" where that is in vain."""
    is_vain = refused.field == "code" or refused.code in _VAIN
    if request.form is not Form.APPEAL or is_vain:
        return ""
    return printable(request.typed.get("code", ""))


def _has_no_form(request: Request) -> bool:
    """Say whether it is a notice about no story of ours: only its words can go back."""
    return request.form is Form.NOTICE and request.story is None


def filled_in(typed: dict[str, str]) -> dict[str, str]:
    """Give every field of our forms as it was typed; a box that was ticked is "1".

    `once` is there always: this form is one reader's, so what it sends can count once.
    """
    written = {name: printable(typed.get(name, "")) for name in _WRITTEN}
    checked = {name: "1" if name in typed else "" for name in _CHECKED}
    once = typed.get("once", "")
    return {**written, **checked, "once": once if is_id(once) else new_id()}


def _more(request: Request, refused: Refused) -> list[Header]:
    headers = []
    if refused.code in _RETRY_AFTER:
        headers.append(("retry-after", _RETRY_AFTER[refused.code]))
    if refused.code == "method-not-allowed":
        headers.append(("allow", str(refused.facts["allow"])))
    if refused.code in _CLOSING and request.scope.http_version.startswith("1"):
        headers.append(("connection", "close"))
    return headers
