"""What a signal says of the name above a letter, in the language of the screen."""

from django.utils.translation import gettext

from letterdesk.desk.queries.noticed import Notice, Noticed
from letterdesk.desk.views.remark_sentences import sentences
from letterdesk.domain.marks import told
from letterdesk.domain.story import Story
from letterdesk.domain.text import Html


def sentences_of_name(
    notice: Notice, found: Noticed, *, name: str, story: Story
) -> tuple[Html, ...]:
    """Give what a signal says of a reader's name."""
    if notice.code == "protected":
        return _protected(notice)
    where = gettext("This is about the name above the letter: “%(name)s”.")
    said = sentences(notice, found, text=name, story=story)
    return (told(where, name=name), *said)


def _protected(notice: Notice) -> tuple[Html, ...]:
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
        for one in notice.facts["names"]
    )


def what_to_do() -> Html:
    """Give what to do about a name, which no cut takes out: said once a letter."""
    return told(
        gettext(
            "It is published with the letter, and a name cannot be cut. If it must not "
            "stand there, reject the letter and ask for another name in the reasons."
        )
    )
