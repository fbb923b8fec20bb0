"""A page of a thread, ready to be shown: replies below what they answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from letterdesk.domain.edit import apply_cuts, has_own_brackets
from letterdesk.domain.rules import Terms
from letterdesk.domain.text import Html, inline, paragraphs
from letterdesk.domain.thread import Placed, Published
from letterdesk.reader.marks import mark, marked
from letterdesk.reader.names import above, left_out
from letterdesk.reader.words import day, digits, listing, words

_MOST_LINES = 40  # as their author has parted them; more of them scroll in their place


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One comment as a page shows it; "" where there is nothing to show."""

    id: str
    name: Html  # isolated, so that its direction disturbs nothing beside it
    heading: Html  # the name as it stands above the words; of one left out, its mark
    words: Html
    published: str  # the day, ISO
    day: str
    language: str = ""  # where it is not the page's
    reply_to: str = ""
    answered: Html | str = ""  # the name of whom it answers
    rules: Html | str = ""  # links to the rules under which it was edited
    elsewhere: Html | str = ""  # that another newsroom had edited it, and under which rules
    brackets: Html | str = ""  # whose they are, where that could be taken wrongly
    is_long: bool = False  # by its lines: it scrolls in a box, whole on paper
    is_edited: bool = False
    is_gone: bool = False
    is_pick: bool = False
    replies: list["Row"] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """How comments are worded on one page: its language, and the rules that it links to."""

    language: str
    content: str  # the language of what comments say, unless they say otherwise
    terms: Terms  # in force

    def name(self, comment: Published) -> Html:
        """Give a comment's name as markup, or what stands for one that has none."""
        shown = above(
            comment.name, is_left_out=comment.name_left_out, language=self.language
        )
        return Html(f"<bdi>{inline(shown)}</bdi>")

    def heading(self, comment: Published) -> Html:
        """Give the name, or the mark of one that was left out, like that of a cut."""
        if not comment.name_left_out:
            return self.name(comment)
        spoken = words(self.language).gettext("left out by a moderator")
        return mark(left_out(self.language), spoken)

    def text(self, comment: Published) -> Html:
        """Give a comment's words as paragraphs, its cuts marked."""
        if not comment.cuts:
            return paragraphs(comment.text)
        removed = words(self.language).gettext("words removed by a moderator")
        return marked(apply_cuts(comment.text, comment.cuts), removed)

    def language_of(self, comment: Published) -> str:
        """Give the language of a comment's words; "" where it is the page's."""
        is_other = comment.language not in {"", self.content}
        return comment.language if is_other or self.content != self.language else ""

    def brackets(self, comment: Published) -> Html | str:
        """Say whose brackets those are that no mark is on; "" where there are none.

        It stands outside the comment's words and its name, where no reader can write. In
        another system a moderator may have put them there: of an imported comment nothing
        is said.
        """
        if comment.is_from_elsewhere or not (
            has_own_brackets(comment.text, comment.cuts) or has_own_brackets(comment.name)
        ):
            return ""
        return inline(
            words(self.language).gettext(
                "Brackets in it that are not marked are its author's own."
            )
        )

    def elsewhere(self, comment: Published) -> Html | str:
        """Say that another newsroom had edited a comment, and under which of its rules.

        Its rules are none of ours: they have a title, and no address.
        """
        if comment.edited_elsewhere is None:
            return ""
        catalogue = words(self.language)
        if not comment.edited_elsewhere:
            return inline(catalogue.gettext("Edited in another newsroom."))
        titles = [f'<q dir="auto">{inline(one)}</q>' for one in comment.edited_elsewhere]
        told = inline(
            catalogue.gettext("Edited in another newsroom under its own rules: %(rules)s.")
        )
        return Html(told % {"rules": listing(titles, self.language)})

    def rules(self, numbers: Sequence[str], *, version: str) -> Html | str:
        """Give links to rules of a version as one phrase: "rule 3 and rule 6"."""
        if not numbers:
            return ""
        say = words(self.language).gettext("rule %(number)s")
        folder = f"/rules/{inline(self.language)}/" + (
            f"{inline(version)}/" if version else ""
        )
        said = {one: say % {"number": digits(one, self.language)} for one in numbers}
        links = [
            f'<a href="{folder}#rule-{inline(one)}">{inline(words_)}</a>'
            for one, words_ in said.items()
        ]
        return Html(listing(links, self.language))


def rows(placed: Iterable[Placed], *, voice: Voice) -> list[Row]:
    """Give the comments on the story itself, each with the replies to it.

    What `arrange` put no deeper for want of room stands beside what it answers.
    """
    listed = list(placed)
    known = {one.comment.id: one.comment for one in listed}
    levels: list[list[Row]] = [[]]
    above = ""
    for one in listed:
        parent = known.get(one.comment.reply_to)
        is_plain = parent is None or parent.id == above
        row = _row(one.comment, None if is_plain else parent, voice)
        del levels[one.depth + 1 :]
        levels[one.depth].append(row)
        levels.append(row.replies)
        above = row.id
    return levels[0]


def _row(comment: Published, parent: Published | None, voice: Voice) -> Row:
    """Give the row; `parent` is named where it does not stand right above."""
    if comment.is_gone:
        return Row(
            id=comment.id,
            name=Html(),
            heading=Html(),
            words=Html(),
            published="",
            day="",
            is_gone=True,
        )
    shown = voice.text(comment)
    return Row(
        id=comment.id,
        name=voice.name(comment),
        heading=voice.heading(comment),
        words=shown,
        published=comment.published,
        day=day(comment.published, voice.language),
        language=voice.language_of(comment),
        reply_to=comment.reply_to,
        answered=voice.name(parent) if parent and not parent.is_gone else "",
        rules=voice.rules(comment.rules, version=comment.terms)
        if comment.is_edited
        else "",
        elsewhere=voice.elsewhere(comment),
        brackets=voice.brackets(comment),
        is_long=shown.count("<p>") + shown.count("<br>") > _MOST_LINES,
        is_edited=comment.is_edited,
        is_pick=comment.is_pick,
    )
