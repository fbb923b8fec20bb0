"""What a signal says of the name above a letter, in the language of the screen."""

from django.utils.translation import gettext

from letterdesk.desk.queries.comments import CommentView
from letterdesk.desk.queries.noticed import Noticed, StoredSignal
from letterdesk.desk.views.remark_sentences import in_part, sentences
from letterdesk.domain.marks import told
from letterdesk.domain.story import Story
from letterdesk.domain.text import Html


def sentences_of_name(
    signal: StoredSignal, found: Noticed, *, name: str, story: Story
) -> tuple[Html, ...]:
    """Give what a signal says of a reader's name."""
    if signal.code == "protected":
        return (*_protected(signal), *in_part(signal))
    where = gettext("This is about the name above the letter: “%(name)s”.")
    said = sentences(signal, found, text=name, story=story)
    return (told(where, name=name), *said)


def _protected(signal: StoredSignal) -> tuple[Html, ...]:
    return tuple(
        told(
            gettext(
                "The name above the letter may be that of somebody who must not be named: "
                "“%(label)s”. Look closely."
            )
            if one["near"]
            else gettext(
                "The name above the letter is that of somebody who must not be named: "
                "“%(label)s”."
            ),
            label=one["label"],
        )
        for one in signal.facts["names"]
    )


def advice(comment: CommentView) -> Html:
    """Give what to do about a name that something was noticed in: said once a letter."""
    if comment.name_left_out:
        return told(gettext("It is left out: readers do not get it."))
    if comment.as_written:
        return told(
            gettext(
                "Its author wants the letter published as written or not at all. If the "
                "name must not stand there, reject the letter and ask for another name in "
                "the reasons."
            )
        )
    return told(
        gettext(
            "It is published with the letter. If it must not stand there, leave it out: "
            "the letter can be published without its name."
        )
    )
