"""Every page that the letterbox answers with, in one language."""

from dataclasses import replace

from msgspec.structs import replace as replaced

from letterdesk.domain.edit import apply_cuts, find_cuts
from letterdesk.domain.letter import LetterKind
from letterdesk.domain.outcome import Outcome
from letterdesk.domain.receipt import show_code
from letterdesk.domain.statement import Measure, Source
from letterdesk.reader.render import render
from letterdesk.reader.sentences import sentence
from letterdesk.reader.terms import terms
from letterdesk.settings import Site
from tests.values import a_letter, a_statement, a_story, an_id, an_outcome

SITE = Site(name="River Post", url="https://letters.example", contact="desk@news.example")
CODE = show_code(0x0123456789ABCDEF0123456789ABCDEF)
EMPTY = dict.fromkeys(
    (
        *("text", "name", "contact", "reply_to", "comment", "alleged"),
        *("as_written", "tip", "good_faith", "once"),
    ),
    "",
)
STATUSES = ("received", "published", "edited", "rejected", "withdrawn", "retracted")
ORIGINAL = "My uncle John worked on that ferry."
CUTS = find_cuts(ORIGINAL, "My uncle [name removed] worked on that ferry.")


def answers(language: str) -> dict[str, str]:
    """Give the pages by a name of their own."""
    story = a_story(language=language)
    values = EMPTY | {"text": "<b>\n\nMy words", "name": "“M”", "reply_to": an_id(1)}
    values["once"] = an_id(5)
    error = sentence("empty", language)
    asked = {"id": an_id(1), "name": "", "text": "One\n\nTwo", "published": "2026-11-23"}
    pages = {
        "thanks": _thanks(language, story=story, letter_is="comment", counts_once=False),
        "thanks, tip": _thanks(language, story=story, letter_is="tip", counts_once=True),
        "refused": _refused(
            language, story=story, error=error, field="text", values=values
        ),
        "refused without a story": _refused(
            language, story=None, error=error, field="text", values=values
        ),
        "refused, closed": _refused(
            language,
            story=a_story(is_open=False),
            error=error,
            field="",
            values=values,
        ),
        "refused, appeal": _refused(
            language, story=None, error=error, field="text", values=values, code=CODE
        ),
        "receipt": render("receipt.html", language, site=SITE, error="", code=""),
        "receipt, wrong": render(
            "receipt.html", language, site=SITE, error=error, code="<1>"
        ),
        "reply": render(
            "reply.html",
            language,
            site=SITE,
            story=story,
            comment=asked | {"language": "ko"},
            values=values,
            state="slow",
            terms=terms(language),
        ),
        "preview": _preview(language, values=values, state="closed"),
        "preview of a tip": _preview(language, values=values, state="open", kind="tip"),
        "reply, with mail": render(
            "reply.html",
            language,
            site=replaced(SITE, answers_by_mail=True),
            story=story,
            comment=asked | {"language": "ko"},
            values=values,
            state="open",
        ),
        "notice": render(
            "notice.html",
            language,
            site=SITE,
            story=story,
            comment=an_id(1),
            about=asked | {"language": "ko"},
            address=f"/t/{story.id}/2/#c-{an_id(1)}",
            error="",
            field="",
            values=EMPTY,
        ),
        "notice, refused": render(
            "notice.html",
            language,
            site=SITE,
            story=story,
            comment=an_id(1),
            about=asked | {"language": "ko"},
            address="",
            error=error,
            field="text",
            values=values,
        ),
        "problem": render("problem.html", language, site=SITE, status=404, error=error),
    }
    taken = {
        f"taken, {kind}{early}": render(
            "taken.html",
            language,
            site=SITE,
            kind=kind,
            code=code,
            is_early=bool(early),
            counts_once=False,
        )
        for kind, early, code in (
            ("withdrawal", "", ""),
            ("appeal", "", ""),
            ("appeal", ", early", ""),
            ("notice", "", CODE),
        )
    }
    asked_once = {
        f"withdraw, {status}": render(
            "withdraw.html",
            language,
            site=SITE,
            outcome=an_outcome(status=status),
            code=CODE,
        )
        for status in ("received", "published", "rejected")
    }
    outcomes = {
        f"outcome, {status}": show_outcome(an_outcome(status=status), language)
        for status in STATUSES
    }
    reasons = {
        f"outcome, {name}": show_outcome(outcome, language)
        for name, outcome in reasoned().items()
    }
    return pages | taken | asked_once | outcomes | reasons


def reasoned() -> dict[str, Outcome]:
    """Give outcomes with reasons, with appeals, and of notices and tips."""
    told = an_outcome(status="rejected", text="", reasons=a_statement(), statement="No.")
    upheld = a_statement(id="answer", refers_to="first", verdict="upheld", appeal_until="")
    return {
        "with reasons": told,
        "under a law, in two countries": replace(
            told,
            reasons=a_statement(
                law="Section 3", territory=("DE", "AT"), until="2027-01-01", detected=True
            ),
        ),
        "after a notice": replace(told, reasons=a_statement(source=Source.NOTICE)),
        "appeal open": replace(told, appeal="open"),
        "appeal upheld": replace(
            told, appeal="upheld", reasons=upheld, earlier=a_statement()
        ),
        "appeal reversed": replace(
            told,
            status="published",
            text="Words.",
            appeal="reversed",
            reasons=replace(upheld, measure=Measure.LIFTED, verdict="reversed"),
            earlier=a_statement(),
        ),
        "notice, kept": an_outcome(kind="notice", text="", statement="We disagree."),
        "notice, cut": an_outcome(kind="notice", text="", status="edited"),
        "notice, taken down": an_outcome(kind="notice", text="", status="retracted"),
        "notice, withdrawn": an_outcome(kind="notice", text="", status="withdrawn"),
        "tip, withdrawn": an_outcome(kind="tip", text="", status="withdrawn"),
    }


def show_outcome(outcome: Outcome, language: str) -> str:
    """Give the page on what became of a letter."""
    is_edited = outcome.status == "edited" and not outcome.kind
    return render(
        "outcome.html",
        language,
        site=SITE,
        outcome=outcome,
        code=CODE,
        pieces=apply_cuts(ORIGINAL, CUTS) if is_edited else (),
        rules=(terms(language).find("3"),) if is_edited else (),
        story_path=f"/t/{outcome.story}/#c-{outcome.comment}",
    )


def _preview(
    language: str, *, values: dict[str, str], state: str, kind: str = "comment"
) -> str:
    return render(
        "preview.html",
        language,
        site=SITE,
        story=a_story(language=language),
        letter=a_letter(text=values["text"], kind=LetterKind(kind), as_written=True),
        terms=terms(language),
        rules=terms(language).rules,
        values=values,
        state=state,
    )


def _thanks(language: str, **values: object) -> str:
    return render("thanks.html", language, site=SITE, code=CODE, **values)


def _refused(language: str, **values: object) -> str:
    values |= {"site": SITE, "status": 422, "terms": terms(language)}
    return render("refused.html", language, **values)
