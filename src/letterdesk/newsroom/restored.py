"""What a newsroom that is back says of itself: what it holds, and what is left to do."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from letterdesk.domain.told import few, typed
from letterdesk.newsroom.archive import About, Manifest

if TYPE_CHECKING:
    from letterdesk.desk.actions.come_back import Since


_NAMED = 20  # comments in a sentence
_LACKS = (
    "The backup lacks what could not be read when it was made; the backup of the day "
    "before, or the old machine's disk, may have it: "
)
_WELL = "All is well with it. Nothing of it is published yet."
_BEFORE = (
    "Keep the old machine off. Two desks that collect from one spool get half of the "
    "letters each.",
)
_NOT_LOOKED = (
    "What was erased after {made} is here again: letters that readers took back, tips that "
    "were wiped. Comments that were cut or taken down since stand as before. Is there a "
    "public place of after that, or a copy? Then empty {folder} and restore with "
    "--published PUBLIC: what it tells is erased again, and what was cut or taken down is "
    "held. Otherwise take down again what you remember, before you publish: letterdesk "
    "serve {folder} --only desk runs the desk alone, and publishes nothing."
)
_LOOKED = (
    "Letters that readers took back after {made}, as far as what was published tells: "
    "{number}. They are withdrawn again, and their words go with the next publication. "
    "Tips that were wiped, and what was discarded unopened, are here again."
)
_CHANGED = (
    "At the desk, decide on these comments. Readers were last shown them otherwise, or not "
    "at all: they were cut or taken down since, or were approved and not published. They "
    "are held, and nobody sees them before you decide: "
)
_DECIDED = (
    "At the desk, decide on these letters anew. They wait here, and their authors were "
    "told of a decision that is lost: "
)
_APPEALED = (
    "At the desk, look at these comments again. Their authors appealed, and the appeals "
    "are lost; their receipts say so now, and let them appeal once more: "
)
_STORIES = (
    "These stories are only in the public place: they were registered after {made}, and "
    "their comments are lost. They are registered again under the same id, and closed; "
    "with the next publication no comment stands there any more. Say their desk and risk "
    "again (letterdesk story add, with the same URL), and open at the desk those that "
    "are to take letters: "
)
_LEFT = (
    "Before you publish, remove these folders from the public place. They are no pages of "
    "stories that can be registered again, and nobody could take down what they show: "
)
_LOST = (
    "Letters that came after {made} are lost, but for those in the spool. Where they were "
    "answered, their receipts go on telling what was published of them last, in the public "
    "place that told it: where this newsroom has another one, copy the folder r/ of that "
    "place into it before you publish."
)
_AFTER = (
    "Look through the accounts (letterdesk user list {folder}). Whoever was closed, and "
    "whichever token was revoked, after {made} opens the desk again. All sign in anew.",
    "Names that were put on a list of protected names after {made} are on none, and "
    "stories that were made sensitive after it are ordinary again. Put that right before "
    "anything is published: letterdesk serve {folder} --only desk runs the desk alone.",
    "If the newsroom's key was replaced after {made}, put the newer keys back into "
    "keys/desk.private; else copy keys/desk.public to the letterbox's machine.",
    "Publish: letterdesk publish {folder}. Every file is written anew.",
    "Start everything: letterdesk serve {folder}",
)


@dataclass(frozen=True, kw_only=True)
class Restored:
    """A newsroom that is back: what `check` finds in it, and what it does not know.

    `letters` are those that waited in the spool. `looked` says whether outcomes of after
    the backup could be looked at.
    """

    folder: Path
    about: About
    manifest: Manifest
    letters: int
    since: "Since"
    looked: bool
    steps: int  # of migration
    problems: list[str]

    @property
    def lacking(self) -> list[str]:
        """A sentence about what the backup has not got; none where it has all."""
        lacks = self.manifest.lacks
        return [_LACKS + few(lacks) + "."] if lacks else []

    def sentence(self) -> str:
        """Give what is back, and what is wrong with it."""
        counts = self.manifest.counts
        back = (
            f"“{self.about.site}” is back in {self.folder} as it was on {self.about.made}: "
            f"stories {counts['stories']:,}, comments {counts['comments']:,}, decisions "
            f"{counts['decisions']:,}, accounts {counts['accounts']:,}; letters that "
            f"waited in the spool: {self.letters:,}. The audit log ends with its entry "
            f"{self.manifest.entries:,}, as the backup says."
        )
        wrong = self._wrong()
        return "\n".join([back, *(wrong or [_WELL])])

    def facts(self) -> dict[str, object]:
        """Give all of it, for a program; the list of files aside."""
        manifest = asdict(self.manifest)
        del manifest["files"]
        return {
            "folder": str(self.folder),
            **asdict(self.about),
            **manifest,
            "problems": self._wrong(),
            "letters": self.letters,
            "steps": self.steps,
            "since": {"looked": self.looked, **asdict(self.since)},
        }

    def _wrong(self) -> list[str]:
        return [typed(one, self.folder) for one in (*self.lacking, *self.problems)]

    def next_steps(self) -> str:
        """Give what a person has to do now, in order."""
        steps = [*_BEFORE, *self._told_since(), *_AFTER, *self._at_the_desk()]
        numbered = (f"  {number}. {step}" for number, step in enumerate(steps, start=1))
        told = "\n".join(["", "What to do next:", *numbered])
        folder = quote(str(self.folder))
        return told.replace("{folder}", folder).replace("{made}", self.about.made)

    def _told_since(self) -> Iterator[str]:
        if not self.looked:
            yield _NOT_LOOKED
            return
        yield _LOOKED.replace("{number}", str(len(self.since.taken_back)))
        yield _LOST
        yield from _named((_STORIES, self.since.stories), (_LEFT, self.since.left))

    def _at_the_desk(self) -> Iterator[str]:
        """Give what needs a desk that runs. Nothing of it is public before it is done."""
        yield from _named(
            (_CHANGED, self.since.changed),
            (_DECIDED, self.since.decided),
            (_APPEALED, self.since.appealed),
        )


def _named(*steps: tuple[str, list[str]]) -> Iterator[str]:
    """Give those steps that concern anything, and what."""
    for words, found in steps:
        if found:
            more = len(found) - _NAMED
            ending = f", and {more} more (--json)" if more > 0 else ""
            yield words + ", ".join(found[:_NAMED]) + ending
