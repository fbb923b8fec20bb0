"""The Terms of Use as their form sends them."""

from dataclasses import dataclass

from django.http import QueryDict

from letterdesk.desk.actions.terms import TermsSheet
from letterdesk.desk.forms.cursor import read_number
from letterdesk.desk.queries.terms_changes import OF_RULE


@dataclass(frozen=True, kw_only=True)
class TermsForm:
    """What was filled in, the text and revision that were seen, and which button it was."""

    sheet: TermsSheet
    text_id: int
    revision: int
    verb: str  # save, add, up, down, remove
    key: str  # of the rule that the verb is about


def read_terms(post: QueryDict) -> TermsForm:
    """Give what the form of one language holds; a rule's fields end in -KEY."""
    verb, _, key = str(post.get("do", "save")).partition("-")
    keys = [name.removeprefix("text-") for name in post if name.startswith("text-")]
    return TermsForm(
        sheet=TermsSheet(
            title=str(post.get("title", "")),
            intro=str(post.get("intro", "")),
            disclaimer=str(post.get("disclaimer", "")),
            rules={
                one: {name: str(post.get(f"{name}-{one}", "")) for name in OF_RULE}
                for one in keys
            },
        ),
        text_id=read_number(post, "text_id") or 0,
        revision=read_number(post, "revision") or 0,  # which no text has
        verb=verb,
        key=key,
    )
