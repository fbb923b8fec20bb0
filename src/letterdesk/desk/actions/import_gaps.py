"""Foresee the gaps that an import would keep: who was left out, and was answered."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from letterdesk.desk.actions.import_check import Refusal, Sound
from letterdesk.interchange.notes import Notes

_Key = tuple[str, str]
_ANSWERED, _LEFT = "answered", "left"
_NOTHING = "\n"  # what a comment answers that answers none


@dataclass(kw_only=True)
class Gaps:
    """Counts them while a file is read, whichever of a comment and its answer comes first.

    What has to be remembered for that is in `notes`, on the disk.
    """

    notes: Notes
    number: int = 0

    def take(self, sound: Iterable[Sound]) -> None:
        """Look at comments that come in, or are here."""
        for one in sound:
            self._answer(one.record.site, one.record.reply_to)

    def leave(self, refused: Iterable[Refusal], *, known: Container[_Key]) -> None:
        """Look at those that are left out; what is `known` has its place already."""
        for one in refused:
            name = _name(one.record.site, one.record.id)
            if not one.written or one.key in known or self.notes.get(_LEFT, name):
                continue
            self.notes.put(_LEFT, name, one.record.reply_to or _NOTHING)
            if self.notes.get(_ANSWERED, name):
                self.number += 1
                self._answer(one.record.site, one.record.reply_to)

    def _answer(self, site: str, reply_to: str) -> None:
        """Note that something answers this one, and all the way up what is left out."""
        while reply_to and reply_to != _NOTHING:
            name = _name(site, reply_to)
            if self.notes.get(_ANSWERED, name):
                return
            self.notes.put(_ANSWERED, name, "yes")
            reply_to = self.notes.get(_LEFT, name)
            self.number += bool(reply_to)


def _name(site: str, source_id: str) -> str:
    return f"{site}\n{source_id}"
