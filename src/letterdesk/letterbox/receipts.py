"""What a receipt code is good for: reading the outcome, taking back, appealing."""

import asyncio
import logging
from datetime import date

import msgspec

from letterdesk.domain import receipt
from letterdesk.domain.edit import apply_cuts
from letterdesk.domain.errors import PlaceFailed, SealBroken
from letterdesk.domain.letter import Letter, LetterKind
from letterdesk.domain.outcome import RECEIVED, Outcome
from letterdesk.domain.rules import Rule, RuleUnknown, Terms
from letterdesk.domain.statement import Verdict, to_facts
from letterdesk.domain.text import tame
from letterdesk.letterbox import intake
from letterdesk.letterbox.answers import Answer, padded
from letterdesk.letterbox.box import Box
from letterdesk.letterbox.refusals import Refused
from letterdesk.letterbox.request import Form, Request
from letterdesk.places.base import Missing, Place
from letterdesk.reader.words import shipped
from letterdesk.sealing import open_outcome

_log = logging.getLogger(__name__)
_FIGURES = "report/figures.json"  # of months that have begun, by the desk's clock


async def ask(box: Box, request: Request, _: str) -> Answer:
    """GET /receipt: the form that asks for the code."""
    request.language = _asked_for(request)
    return box.answers.page(request, "receipt.html", error="", code="")


async def show(box: Box, request: Request, _: str) -> Answer:
    """POST /receipt: what became of the letter; with `withdraw` the question before that.

    Whoever watches the line learns from the length neither what that is nor, by how long
    the published text is, which comment is hers.
    """
    request.form = Form.RECEIPT
    request.language = _asked_for(request)
    fields = await request.fields(seconds=box.patience)
    number = intake.code_number(fields)
    outcome = await asyncio.to_thread(_read, box.public, receipt.derive(number))
    if request.wants_json:
        return padded(box.answers.data(_facts(outcome)))
    request.language = outcome.language or request.language
    code = receipt.show_code(number)
    if "withdraw" in fields and outcome.can_be_taken_back:
        return padded(
            box.answers.page(request, "withdraw.html", outcome=outcome, code=code)
        )
    page = box.answers.page(
        request,
        "outcome.html",
        outcome=outcome,
        code=code,
        pieces=apply_cuts(outcome.original, outcome.cuts) if outcome.cuts else (),
        rules=_rules(outcome, await _terms(box, request, outcome)),
        story_path=await _story_path(box, outcome),
    )
    return padded(page)


async def withdraw(box: Box, request: Request, _: str) -> Answer:
    """POST /receipt/withdraw: take the letter back."""
    request.form = Form.RECEIPT
    request.language = _asked_for(request)
    fields = await request.fields(seconds=box.patience)
    letter = intake.withdrawal(fields, today=box.today())
    keys = receipt.derive(intake.code_number(fields))
    outcome = await asyncio.to_thread(_refuse_decided, box.public, keys)
    return await _take(box, request, letter, outcome=outcome)


async def appeal(box: Box, request: Request, _: str) -> Answer:
    """POST /receipt/appeal: ask another person to decide anew."""
    request.form = Form.APPEAL
    request.language = _asked_for(request)
    fields = await request.fields(seconds=box.patience)
    letter = intake.appeal(fields, today=box.today())
    keys = receipt.derive(intake.code_number(fields))
    outcome = await asyncio.to_thread(_refuse_vain, box.public, keys, box.today())
    return await _take(box, request, letter, outcome=outcome)


def _asked_for(request: Request) -> str:
    """Give the language that the address asks for, by which a reader keeps her story's."""
    return shipped(request.query().get("language", ""))


async def _take(
    box: Box, request: Request, letter: Letter, *, outcome: Outcome | None
) -> Answer:
    """Store a letter; the thanks are made before, as nothing may fail afterwards.

    They are padded: an early appeal is told other things, which is nobody else's business.
    It is early where no decision is there: of a letter on its way, a tip, or a code that
    nobody has. Anybody can make up such codes, so others have a room of their own.
    """
    if request.wants_json:
        thanks = box.answers.data({"taken": letter.kind}, status=202)
    else:
        page = box.answers.page(
            request,
            "taken.html",
            status=202,
            kind=letter.kind.value,
            is_early=letter.kind is LetterKind.APPEAL and outcome == RECEIVED,
            counts_once=True,
            code="",
        )
        thanks = padded(page)
    if outcome is None or outcome == RECEIVED:
        await box.store(letter, proof="")
    else:
        await box.store_known(letter)
    return thanks


def _refuse_decided(public: Place, keys: receipt.ReceiptKeys) -> Outcome | None:
    """Raise Refused where a notice that was decided on is to be taken back.

    Else give the outcome. Where nothing can be read, None, it is taken, as is what nobody
    has decided on.
    """
    try:
        outcome = _read(public, keys)
    except Refused:
        return None
    if outcome.kind == "notice" and outcome.status != "withdrawn":
        raise Refused("report-decided")
    return outcome


def _refuse_vain(public: Place, keys: receipt.ReceiptKeys, today: date) -> Outcome | None:
    """Raise Refused for an appeal at which nobody would look; else give the outcome.

    One is with us already or was answered, it comes too late, or nothing stands against the
    letter, which may have been taken back. Where nothing can be read (None), or
    the desk has not come to the last day yet, it is taken: the desk sees what it is worth.
    """
    try:
        outcome = _read(public, keys)
    except Refused:
        return None
    if outcome.appeal:
        raise Refused(
            "appeal-known" if outcome.appeal == Verdict.OPEN else "appeal-answered"
        )
    if outcome != RECEIVED and not outcome.is_against:
        raise Refused("appeal-needless")
    until = outcome.reasons.appeal_until if outcome.reasons else ""
    if until and today.isoformat() > until and _has_come(public, until):
        raise Refused("appeal-late")
    return outcome


def _has_come(public: Place, day: str) -> bool:
    """Say whether the desk, by the figures that it published, has come to a day's month.

    The clock here may be far ahead: it alone turns nobody away. See decision 68.
    """
    try:
        figures = msgspec.json.decode(public.read(_FIGURES), type=dict[str, object])
    except (Missing, PlaceFailed, msgspec.DecodeError):
        return False
    return max(figures, default="") >= day[: len("2026-11")]


def _read(public: Place, keys: receipt.ReceiptKeys) -> Outcome:
    """Give the outcome. One that is not there and one that says nothing look the same."""
    try:
        outcome = open_outcome(public.read, lookup=keys.lookup, key=keys.outcome_key)
    except Missing:
        return RECEIVED
    except (PlaceFailed, SealBroken) as error:
        _log.error("event=outcome-unreadable error=%s", type(error).__name__)
        raise Refused("unavailable") from error
    return outcome if outcome.status != RECEIVED.status else RECEIVED


def _facts(outcome: Outcome) -> dict[str, object]:
    return {
        "status": outcome.status,
        "language": outcome.language,
        "text": tame(outcome.text),
        "written_in": outcome.written_in,
        "rules": outcome.rules,
        "statement": outcome.statement,
        "cuts": [
            {"start": cut.start, "end": cut.end, "note": cut.note} for cut in outcome.cuts
        ],
        "original": outcome.original,
        "name_left_out": outcome.name_left_out,
        "terms": outcome.terms,
        "decided": outcome.decided,
        "kind": outcome.kind,
        "appeal": outcome.appeal,
        "reasons": outcome.reasons and to_facts(outcome.reasons),
        "earlier": outcome.earlier and to_facts(outcome.earlier),
    }


async def _terms(box: Box, request: Request, outcome: Outcome) -> Terms:
    """Give the version that the outcome cites, in the language of the page."""
    language = box.answers.language(request)
    return await box.terms.find(language, version=outcome.terms)


def _rules(outcome: Outcome, terms: Terms) -> tuple[Rule, ...]:
    """Give the rules cited, in words; a number that the terms lack is left out."""
    found = []
    for number in outcome.rules:
        try:
            found.append(terms.find(number))
        except RuleUnknown:
            continue
    return tuple(found)


async def _story_path(box: Box, outcome: Outcome) -> str:
    return (
        await box.stories.address(outcome.story, outcome.comment) if outcome.story else ""
    )
