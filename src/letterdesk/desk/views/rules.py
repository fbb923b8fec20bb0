"""The Terms of Use: read them, write the next version, put it into force."""

import re
from dataclasses import replace
from html import escape

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from letterdesk.desk.actions import terms as actions
from letterdesk.desk.actions.terms import TermsOutdated, TermsWrong
from letterdesk.desk.forms.terms import TermsForm, read_terms
from letterdesk.desk.forms.words import read_word
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission
from letterdesk.desk.queries.terms import (
    DRAFT,
    Draft,
    book,
    draft_text,
    no_draft,
    one_version,
)
from letterdesk.desk.queries.terms import draft as current_draft
from letterdesk.desk.queries.terms_changes import changes
from letterdesk.desk.queries.terms_reach import LostText, lost_in_force, lost_texts
from letterdesk.desk.views.door import door
from letterdesk.desk.views.pages import page, today
from letterdesk.desk.views.rules_fields import lost_rules, rule_fields, whole_fields
from letterdesk.desk.views.sentences import sentence
from letterdesk.domain.errors import LetterRefused
from letterdesk.domain.rules import TermsVersion
from letterdesk.places.media import media_type
from letterdesk.press.site import rules_page
from letterdesk.reader.assets import assets
from letterdesk.reader.terms import terms_languages
from letterdesk.tags import LANGUAGES

_OWN_ADDRESS = re.compile(r'href="/(assets/)?')  # no reader's or editor's word looks so


@door(Permission.READ, "GET")
def rules(request: HttpRequest, who: Person) -> HttpResponse:
    """Show the version in force, earlier ones, and whether there is a draft."""
    in_force, *earlier = book()
    return page(
        request,
        who,
        "desk/rules.html",
        in_force=in_force,
        earlier=earlier,
        draft=current_draft(_due()),
        missing=[tag for tag in _due() if tag not in in_force.languages],
        lost=lost_in_force(),
    )


@door(Permission.RULES, "POST")
def begin_draft(request: HttpRequest, who: Person) -> HttpResponse:
    """Begin the next version from an earlier one; where there is a draft, go there."""
    base = request.POST.get("base", "")
    try:
        actions.begin_draft(base, by=who, languages=_due(), today=today())
    except TermsWrong:
        return redirect(reverse("draft"))
    return redirect(reverse("draft") + "?done=draft")


@door(Permission.RULES, "GET")
def draft(request: HttpRequest, who: Person) -> HttpResponse:
    """Show how far the draft is in each language, and what it changes."""
    return _draft(request, who)


@door(Permission.RULES, "POST")
def draft_languages(request: HttpRequest, who: Person) -> HttpResponse:
    """Add a language to the draft, or take one out."""
    add, remove = read_word(request.POST, "add"), read_word(request.POST, "remove")
    if add in _addable():
        try:
            actions.add_language(add, by=who, today=today())
        except TermsWrong as error:
            return _draft(request, who, wrong=sentence(error))
    elif remove:
        actions.remove_language(remove, by=who, today=today())
    return redirect(reverse("draft") + "?done=saved")


@door(Permission.RULES, "GET", "POST")
def write_draft(request: HttpRequest, who: Person, language: str) -> HttpResponse:
    """Show the form of one language, or keep what was written in it."""
    if request.method != "POST":
        return _text(request, who, language)
    form = read_terms(request.POST)
    try:
        actions.save_text(
            language, form.sheet, by=who, revision=form.revision, text_id=form.text_id
        )
    except TermsOutdated as error:
        wrong = sentence(error)
        return _text(request, who, language, form=form, wrong=wrong, status=409)
    except LetterRefused as error:
        wrong = sentence(error)
        return _text(request, who, language, form=form, wrong=wrong, status=422)
    _reorder(form, by=who)
    anchor = f"#rule-{form.key}" if form.verb in {"up", "down"} else ""
    anchor = "#end" if form.verb == "add" else anchor
    return redirect(_write(request, language) + anchor)


@door(Permission.RULES, "GET", "POST")
def discard_draft(request: HttpRequest, who: Person) -> HttpResponse:
    """Ask whether to throw the draft away; when confirmed, do it."""
    wrong = ""
    if request.method == "POST":
        try:
            actions.discard_draft(by=who, today=today(), seen=request.POST.get("seen"))
            return redirect(reverse("rules") + "?done=discarded")
        except TermsOutdated as error:
            wrong = sentence(error)
    found = _there()
    return page(
        request,
        who,
        "desk/rules_discard.html",
        status=409 if wrong else 200,
        draft=found,
        seen=actions.digest(found.version),
        wrong=wrong,
    )


@door(Permission.RULES, "GET", "POST")
def put_into_force(request: HttpRequest, who: Person) -> HttpResponse:
    """Ask whether to put the draft into force; when confirmed, do it."""
    wrong, seen = "", request.POST.get("seen", "")
    if request.method == "POST":
        try:
            actions.put_into_force(by=who, languages=_due(), today=today(), seen=seen)
            return redirect(reverse("rules") + "?done=in-force")
        except (TermsWrong, TermsOutdated) as error:
            wrong = sentence(error)
    found = _there()
    return page(
        request,
        who,
        "desk/rules_force.html",
        status=409 if wrong else 200,
        draft=found,
        number=int(book()[0].version) + 1,
        seen=actions.digest(found.version),
        wrong=wrong,
        changes=changes(_due()),
        lost=_lost(found),
        unused=[one for one in _lost(found) if not one.stories],
    )


@door(Permission.READ, "GET")
def preview(
    _request: HttpRequest, _who: Person, version: str, language: str
) -> HttpResponse:
    """Show a version, or the draft, exactly as readers see it."""
    known = book()
    if version == DRAFT:
        found = _as_of_today(_there().version, number=int(known[0].version) + 1)
        known = (found, *known)
    else:
        found = one_version(version, languages=_due())
    if language not in (*found.languages, *LANGUAGES):
        raise no_draft()
    shown = rules_page(found, language, book=known, site=settings.NEWSROOM.site)
    return HttpResponse(_at_desk(shown))


@door(Permission.READ, "GET")
def rules_asset(_request: HttpRequest, _who: Person, name: str) -> HttpResponse:
    """Give a style sheet of readers' pages, for the preview."""
    raw = assets().get(f"assets/{name}")
    if raw is None:
        raise Http404
    return HttpResponse(raw, content_type=media_type(name))


def _draft(request: HttpRequest, who: Person, *, wrong: str = "") -> HttpResponse:
    found = _there()
    return page(
        request,
        who,
        "desk/rules_draft.html",
        status=422 if wrong else 200,
        draft=found,
        addable=_addable(),
        wrong=wrong,
        changes=changes(_due()),
        lost=_lost(found),
        unused=[one for one in _lost(found) if not one.stories],
    )


def _text(
    request: HttpRequest,
    who: Person,
    language: str,
    *,
    form: TermsForm | None = None,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    found = _there()
    text = draft_text(language, languages=_due())
    chosen = _asked(request).get("beside", "")
    others = [one.terms for one in found.texts if one.terms.language != language]
    beside = next((one for one in others if one.language == chosen), None)
    sheet = form.sheet if form else None
    seen = (form.text_id, form.revision) if form else (text.id, text.revision)
    return page(
        request,
        who,
        "desk/rules_text.html",
        status=status,
        text=text,
        draft=found,
        others=others,
        beside=beside,
        wrong=wrong,
        is_outdated=seen != (text.id, text.revision),
        whole=whole_fields(text, sheet=sheet, beside=beside),
        rules=rule_fields(text, sheet=sheet, beside=beside),
        lost=lost_rules(text, sheet),
    )


def _reorder(form: TermsForm, *, by: Person) -> None:
    """Do what the button asks for besides saving."""
    if form.verb == "add":
        actions.add_rule(by=by)
    elif form.verb == "remove":
        actions.remove_rule(form.key, by=by)
    elif form.verb in _STEPS:
        actions.move_rule(form.key, by=by, steps=_STEPS[form.verb])


_STEPS = {"up": -1, "down": 1}


def _write(request: HttpRequest, language: str) -> str:
    """Give the address of a language's form, the same other language beside it."""
    beside = request.POST.get("beside", "")
    more = f"&beside={beside}" if beside in _due() else ""
    return reverse("write_draft", args=[language]) + f"?done=saved{more}"


def _asked(request: HttpRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def _there() -> Draft:
    found = current_draft(_due())
    if found is None:
        raise no_draft()
    return found


def _lost(draft: Draft) -> tuple[LostText, ...]:
    """Give what the draft leaves out of the version in force."""
    kept = draft.version.languages
    return lost_texts(kept, had=book()[0].languages) if kept else ()


def _due() -> tuple[str, ...]:
    """Give the languages of the site."""
    return tuple(settings.NEWSROOM.site.languages)


def _addable() -> tuple[str, ...]:
    """Give the languages that a draft may have: the site's, those that we ship terms in."""
    return tuple(dict.fromkeys((*_due(), *terms_languages())))


def _as_of_today(draft: TermsVersion, *, number: int) -> TermsVersion:
    """Give a draft as it would be if it came into force today."""
    texts = tuple(replace(text, version=str(number)) for text in draft.texts)
    return TermsVersion(version=str(number), since=today().isoformat(), texts=texts)


def _at_desk(shown: str) -> str:
    """Give a reader's page with styles from here and links to the public site."""
    own = reverse("rules_asset", args=["-"]).removesuffix("-")
    site = f"{settings.NEWSROOM.site.url}/"
    return _OWN_ADDRESS.sub(
        lambda found: f'href="{own if found[1] else escape(site)}', shown
    )
