"""A newsroom, and its own pages on another site, with comments in them."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import newsroom
from benchmarks.ports import free_port
from letterdesk import sealing, settings
from letterdesk.domain.envelope import pack_batch, unpack_batch
from letterdesk.domain.ids import new_id
from letterdesk.domain.letter import Letter
from letterdesk.places import choose
from tests import newsrooms
from tests.journeys import foreign
from tests.processes import PATIENCE


@dataclass(kw_only=True)
class Host:
    """A newsroom, and its own pages on another site, with comments in them."""

    room: newsroom.Newsroom
    story: str
    token: str
    origin: str = ""
    pages: dict[str, str] = field(default_factory=dict)

    @property
    def letterbox(self) -> str:
        return f"http://127.0.0.1:{self.room.letterbox}"

    def page(self, path: str, body: str, *, style: str = "", lang: str = "en") -> str:
        """Put up a page; give its address."""
        self.pages[path] = (
            f'<!doctype html><html lang="{lang}"><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>The bus</title>'
            f"<style>{style}</style><main><h1>The bus</h1>{body}</main></html>"
        )
        return self.origin + path

    def article(self, path: str = "/bus", *, style: str = "", more: str = "") -> str:
        return self.page(
            path,
            f'{more}<script type="module" src="{self.letterbox}/embed.js"></script>'
            f'<letterdesk-thread story="{self.story}">'
            f'<a href="{self.letterbox}/t/{self.story}/">Comments</a></letterdesk-thread>',
            style=style,
        )

    def letters(self) -> list[Letter]:
        """Give what is in the spool, opened as the desk would."""
        found = settings.read(self.room.folder)
        keys = sealing.read_private_keys(found.private_keys)
        spool = choose.spool(found)
        return [
            sealing.open_letter(raw, keys)
            for name in spool.list()
            for raw in unpack_batch(spool.read(name))
        ]

    def arrived(self, text: str) -> list[Letter]:
        """Give the letters in the spool with this text, in any order."""
        return [one for one in self.letters() if one.text == text]

    def spooled(self) -> bytes:
        return b"".join(
            path.read_bytes() for path in self.room.spool.rglob("*") if path.is_file()
        )

    def put_letters(self, *letters: Letter) -> None:
        """Lay letters into the spool as the letterbox would."""
        found = settings.read(self.room.folder)
        key = sealing.read_public_keys(found.public_keys)[0]
        batch = pack_batch([sealing.seal(letter, key) for letter in letters])
        choose.spool(found).put(new_id(), batch)

    def publish(self) -> None:
        """Collect, approve all that waits, publish."""
        self._decide({"action": "approve"})

    def turn_down(self) -> None:
        """Collect, reject all that waits, publish."""
        self._decide({"action": "reject", "rules": ["3"]})

    def _decide(self, decision: dict[str, object]) -> None:
        newsroom.call("collect", str(self.room.folder))
        for comment in self._desk("comments?status=pending")["items"]:
            self._desk(
                f"comments/{comment['id']}/decisions",
                decision | {"version": comment["version"]},
            )
        newsroom.call("publish", str(self.room.folder))

    def texts(self) -> list[str]:
        """Give the texts of all that waits at the desk."""
        found = self._desk("comments?status=pending")["items"]
        return [self._desk(f"comments/{one['id']}")["text"] for one in found]

    def _desk(self, path: str, facts: object = None) -> dict:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.room.desk}/api/v1/{path}",
            None if facts is None else json.dumps(facts).encode(),
            {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 -- ours
            return json.load(answer)


@contextmanager
def hosting(folder: Path) -> Iterator[Host]:
    """Make a newsroom with a story in `folder`, and serve it and its own pages.

    Without its worker: that collects when it starts, which on a busy machine is when the
    first letter is in the spool and a journey is about to look at it there.
    """
    port = free_port()
    made = newsrooms.make(
        folder / "newsroom",
        settings={
            "site": {"origins": [f"http://localhost:{port}"]},
            "press": {"slot_minutes": 1440, "comments_per_page": 3},
        },
    )
    story = newsroom.add_story(made, 1)
    host = Host(room=made, story=story, token=newsroom.add_token(made, "editor"))
    newsroom.call("publish", str(made.folder))
    with (
        newsroom.serving(made, only=["letterbox"]),
        newsroom.serving(made, only=["desk"]),
        foreign.serving(host.pages, port=port) as host.origin,
    ):
        yield host
