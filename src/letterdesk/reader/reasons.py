"""The parts of a statement of reasons that are the same for many, in each language."""

from letterdesk.domain.statement import Source, Verdict
from letterdesk.reader.words import words


def answer_to_appeal(verdict: Verdict, language: str) -> str:
    """Give the first sentence of the answer to an appeal."""
    _ = words(language).gettext
    if verdict is Verdict.REVERSED:
        return _("You appealed, and you were right. The earlier decision is changed.")
    return _("You appealed. The decision stands, for the reasons that were given.")


def facts(
    source: Source, language: str, *, was_published: bool, verdict: Verdict | None = None
) -> str:
    """Give the facts that every decision of this kind rests on, without a personal one."""
    _ = words(language).gettext
    if verdict:
        return _(
            "Somebody who took no part in the decision read the letter and the appeal."
        )
    if source is Source.NOTICE:
        return _("A reader reported the comment. A moderator read it and the report whole.")
    if was_published:
        return _("A moderator read the published comment again from beginning to end.")
    return _("A moderator read the letter from beginning to end before anybody else could.")
