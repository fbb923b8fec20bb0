"""A small newsroom in a folder, for tests of the letterbox."""

import json
from dataclasses import dataclass
from pathlib import Path

from letterdesk import sealing
from letterdesk.domain.envelope import unpack_batch
from letterdesk.domain.letter import Letter
from letterdesk.letterbox.app import App, make
from letterdesk.places.base import Place
from letterdesk.places.folder import Folder
from letterdesk.sealing import PrivateKey
from letterdesk.settings import Letterbox, Settings, read
from tests.values import STORY_ID, TODAY

COMMENTS = f"/t/{STORY_ID}/comments"
NOTICES = f"/t/{STORY_ID}/notices"


@dataclass(frozen=True, kw_only=True)
class Room:
    """A newsroom's folder, its places, and the key that opens its letters."""

    settings: Settings
    spool: Folder
    public: Folder
    key: PrivateKey

    def app(self, *, spool: Place | None = None, public: Place | None = None) -> App:
        """Give the letterbox of this newsroom, with another place if a test needs one."""
        return make(
            self.settings,
            spool=spool or self.spool,
            public=public or self.public,
            today=lambda: TODAY,
        )

    def letters(self) -> list[Letter]:
        """Give what is in the spool, opened."""
        return [
            sealing.open_letter(envelope, [self.key])
            for name in self.spool.list()
            for envelope in unpack_batch(self.spool.read(name))
        ]

    def letter(self) -> Letter:
        """Give the one letter in the spool."""
        [letter] = self.letters()
        return letter

    def publish(self, name: str, facts: object) -> None:
        """Put a JSON file into the public place."""
        self.public.put(name, json.dumps(facts, ensure_ascii=False).encode())

    def publish_story(self, *, story_id: str = STORY_ID, **changes: object) -> None:
        """Put what the letterbox needs of a story into the public place."""
        facts: dict[str, object] = {
            "id": story_id,
            "url": "https://news.example/ferry",
            "headline": "The ferry <will> not come back",
            "language": "en",
            "open": True,
            "comments": 0,
        }
        self.publish(f"t/{story_id}/story.json", facts | changes)

    def publish_thread(
        self,
        *ids: str,
        page: int = 1,
        pages: int = 1,
        text: str = "My uncle worked on that ferry.",
    ) -> None:
        """Put a page of a thread into the public place; ids that begin with x are gaps."""
        rows = [
            {
                "id": id_.replace("x", "0"),
                "name": "Mira",
                "text": text,
                "published": "2026-11-22",
                "language": "en",
                "reply_to": None,
                "depth": 0,
                "edited": False,
                "rules": [],
                "cuts": [],
                "gone": id_.startswith("x"),
                "pick": False,
            }
            for id_ in ids
        ]
        part = f"{page}/" if page > 1 else ""
        self.publish(
            f"t/{STORY_ID}/{part}thread.json",
            {"count": len(ids), "page": page, "pages": pages, "comments": rows},
        )


def make_room(folder: Path, *, toml: str = "") -> Room:
    """Make a newsroom with one open story that has no comments yet."""
    key = sealing.new_key()
    (folder / "letterdesk.toml").write_text(toml or "[letterbox]\nreserve_megabytes = 1\n")
    (folder / "keys").mkdir()
    (folder / "keys/desk.public").write_bytes(sealing.public_file([key.public]))
    spool = Folder(root=folder / "spool", mode=0o600, grain=3600)
    public = Folder(root=folder / "public")
    spool.root.mkdir()
    room = Room(settings=read(folder), spool=spool, public=public, key=key)
    room.public.put("index.html", b"<!doctype html><title>Stories</title>")
    room.publish_story()
    room.publish_thread()
    return room


def quick() -> Letterbox:
    """Give settings with which nothing waits for anything."""
    return Letterbox(gather_milliseconds=0, reserve_megabytes=0)
