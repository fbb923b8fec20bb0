"""What triage has learnt from a desk's decisions: looked at, taken into use, left again."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from letterdesk.desk.actions.desk_models import (
    ModelNotBetter,
    TeachingOutdated,
    choose_rules,
    take_model,
    take_shipped,
)
from letterdesk.desk.forms.filters import FilterUnknown
from letterdesk.desk.forms.learning import read_rules, read_subject
from letterdesk.desk.queries.learning import (
    Subject,
    learning,
    new_words,
    subject_of,
    subjects,
)
from letterdesk.desk.queries.people import Person
from letterdesk.desk.queries.permissions import Permission, may
from letterdesk.desk.queries.teaching import TaughtRule, choice_mark, taught_rules
from letterdesk.desk.views.door import door
from letterdesk.desk.views.learning_words import told
from letterdesk.desk.views.pages import page, today
from letterdesk.desk.views.sentences import sentence
from letterdesk.domain.rules import RuleUnknown
from letterdesk.triage.learning.models import BARS
from letterdesk.triage.signal import Kind


@door(Permission.SEE_REPORTS, "GET")
def show_learning(request: HttpRequest, who: Person) -> HttpResponse:
    """Show what one desk taught a signal in one language, and the rules that teach."""
    return _page(request, who)


@door(Permission.LEARNING, "POST")
def use_model(request: HttpRequest, who: Person, model: int) -> HttpResponse:
    """Take a candidate into use, or go back to an earlier model."""
    try:
        taken = take_model(model, by=who, today=today())
    except ModelNotBetter as error:
        return _page(request, who, wrong=sentence(error), status=409)
    return redirect(_address(taken.desk, taken.language, taken.signal, done="model"))


@door(Permission.LEARNING, "POST")
def use_shipped(request: HttpRequest, who: Person) -> HttpResponse:
    """Go back to the model that comes with Letterdesk."""
    desk, language, signal = read_subject(request.POST)
    subject = subject_of(who, desk, language, signal)
    take_shipped(desk, language, subject.signal, by=who, today=today())
    return redirect(_address(desk, language, signal, done="model"))


@door(Permission.LEARNING, "POST")
def teaching_rules(request: HttpRequest, who: Person) -> HttpResponse:
    """Keep which rules teach which signal."""
    desk, language, signal = read_subject(request.POST)
    if desk or language or signal:  # none before the first lesson
        subject_of(who, desk, language, signal)
    rules, seen = read_rules(request.POST), request.POST.get("seen")
    tag = get_language() or ""
    try:
        choose_rules(rules, language=tag, by=who, today=today(), seen=seen)
    except (RuleUnknown, TeachingOutdated) as error:
        status = 409 if isinstance(error, TeachingOutdated) else 422
        return _page(request, who, wrong=sentence(error), status=status, ticked=rules)
    return redirect(_address(desk, language, signal, done="saved"))


def _address(desk: str, language: str, signal: str, *, done: str) -> str:
    query = {"desk": desk, "language": language, "signal": signal, "done": done}
    return f"{reverse('learning')}?{urlencode(query)}"


def _page(
    request: HttpRequest,
    who: Person,
    *,
    wrong: str = "",
    status: int = 200,
    ticked: Mapping[Kind, Collection[str]] | None = None,
) -> HttpResponse:
    known = subjects(who)
    chosen = _chosen(known, *read_subject(request.POST if ticked else request.GET))
    if request.method != "POST":
        _require_known(chosen, *read_subject(request.GET))
    found = learning(who, chosen) if chosen else None
    return page(
        request,
        who,
        "desk/learning.html",
        status=status,
        subjects=known,
        chosen=chosen,
        found=found,
        told=told(found) if found else None,
        words=new_words(who, found) if found else (),
        rules=[(signal, _rules(signal, ticked)) for signal in BARS],
        seen=choice_mark(),
        may_choose_rules=may(who, Permission.LEARNING) and not who.desks,
        wrong=wrong,
    )


def _rules(
    signal: Kind, ticked: Mapping[Kind, Collection[str]] | None
) -> tuple[TaughtRule, ...]:
    """Give the rules as they are chosen, or as somebody ticked them just now."""
    found = taught_rules(get_language() or "", signal)
    if ticked is None:
        return found
    return tuple(replace(one, teaches=one.key in ticked[signal]) for one in found)


def _require_known(chosen: Subject | None, *asked: str) -> None:
    """Raise FilterUnknown where the subject is not the one that is asked for."""
    for name, value in zip(("desk", "language", "signal"), asked, strict=True):
        if value and (chosen is None or getattr(chosen, name) != value):
            raise FilterUnknown(name)


def _chosen(
    known: tuple[Subject, ...], desk: str, language: str, signal: str
) -> Subject | None:
    """Give the subject that is asked for; else the first with news, else the first."""
    asked = [
        one
        for one in known
        if (one.desk, one.language) == (desk, language) and signal in ("", one.signal)
    ]
    news = [one for one in known if one.has_news]
    return next(iter((*asked, *news, *known)), None)
