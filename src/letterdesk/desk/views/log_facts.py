"""The facts of an entry of the audit log, each under its name in words.

A new fact needs a name in _FACTS. A test says which are missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy

from letterdesk.domain.ids import is_id

_FACTS = {
    "comment": gettext_lazy("comment"),
    "story": gettext_lazy("story"),
    "appeal": gettext_lazy("appeal"),
    "notice": gettext_lazy("notice"),
    "tip": gettext_lazy("tip"),
    "statement": gettext_lazy("statement of reasons"),
    "fate": gettext_lazy("what it led to"),
    "comments": gettext_lazy("comments, each with the seal of its text"),
    "tips": gettext_lazy("tips"),
    "notices": gettext_lazy("notices"),
    "appeals": gettext_lazy("appeals"),
    "withdrawals": gettext_lazy("letters that take a comment back"),
    "withdrawn": gettext_lazy("comments withdrawn by them"),
    "unopened": gettext_lazy("could not be opened"),
    "batch": gettext_lazy("batch"),
    "became": gettext_lazy("what became of them"),
    "version": gettext_lazy("version that this gave the comment"),
    "base": gettext_lazy("version that it began from"),
    "language": gettext_lazy("language"),
    "languages": gettext_lazy("languages"),
    "digest": gettext_lazy("seal of all its words"),
    "undone": gettext_lazy("version that was undone"),
    "group": gettext_lazy("decided together with others"),
    "state": gettext_lazy("state then"),
    "rules": gettext_lazy("rules cited"),
    "terms": gettext_lazy("version of the Terms of Use"),
    "text_before": gettext_lazy("seal of the text before"),
    "text_after": gettext_lazy("seal of the text after"),
    "name_left_out": gettext_lazy("name above the letter left out from then on"),
    "url": gettext_lazy("address"),
    "fields": gettext_lazy("what was changed"),
    "risk": gettext_lazy("risk then"),
    "open": gettext_lazy("open for letters then"),
    "desk": gettext_lazy("desk"),
    "name": gettext_lazy("number on the list"),
    "model": gettext_lazy("number of the model"),
    "signal": gettext_lazy("signal of the model"),
    "weights": gettext_lazy("seal of its weights"),
    "ordinary_wanted": gettext_lazy("somebody wants it ordinary"),
    "person": gettext_lazy("person"),
    "role": gettext_lazy("role"),
    "desks": gettext_lazy("desks"),
    "pseudonym": gettext_lazy("pseudonym"),
    "kind": gettext_lazy("kind"),
    "batches": gettext_lazy("batches"),
    "source": gettext_lazy("system that they come from"),
    "run": gettext_lazy("number of the import"),
    "gaps": gettext_lazy("gaps where an answered comment is missing"),
    "read": gettext_lazy("comments read"),
    "skipped": gettext_lazy("comments left out"),
    "published": gettext_lazy("published"),
    "pending": gettext_lazy("pending"),
    "rejected": gettext_lazy("rejected"),
    "removed": gettext_lazy("comments removed again"),
    "reasons": gettext_lazy("why they did not open"),
    "digests": gettext_lazy("fingerprints of the sealed bytes"),
    "admins": gettext_lazy("admins whose changes these were"),
    "tokens_ended": gettext_lazy("API tokens that ended with it"),
    "start": gettext_lazy("from this day on"),
    "end": gettext_lazy("up to this day"),
    "published_only": gettext_lazy("only what readers can see"),
    "stories": gettext_lazy("number of stories"),
    "letters": gettext_lazy("number of letters"),
    "head": gettext_lazy("entry that was published as the last one"),
    "head_digest": gettext_lazy("its digest"),
    "entries": gettext_lazy("entries of the log in the backup"),
    "made": gettext_lazy("when the backup was made"),
    "taken_back": gettext_lazy("letters that readers had taken back since"),
    "changed": gettext_lazy("comments that readers were last shown otherwise"),
}


@dataclass(frozen=True, kw_only=True)
class Word:
    """A part of a fact; `about` is set when the log can be searched for it."""

    text: str
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One fact of an entry: its name, and what it says."""

    name: str
    words: tuple[Word, ...]


def facts(found: Mapping[str, object]) -> list[Fact]:
    """Give the facts of an entry under their names in words."""
    return [
        Fact(name=str(_FACTS.get(name, name)), words=tuple(_words(fact)))
        for name, fact in found.items()
    ]


def _words(fact: object) -> Iterable[Word]:
    if isinstance(fact, bool):
        yield Word(text=gettext("yes") if fact else gettext("no"))
    elif isinstance(fact, Mapping):
        for name, inner in fact.items():
            yield _word(str(name))
            yield from _words(inner)
    elif isinstance(fact, (list, tuple)):
        for inner in fact:
            yield from _words(inner)
    elif fact not in {"", None}:
        yield _word(str(fact))


def _word(text: str) -> Word:
    return Word(text=text, about=text if is_id(text) else "")
