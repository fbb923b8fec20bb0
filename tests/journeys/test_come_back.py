"""A newsroom that comes back older than what is published, and readers with receipts."""

import json
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

from benchmarks import newsroom
from tests import newsrooms
from tests.journeys import desk
from tests.newsroom.backups import PASSPHRASE, back_up, bring_back

_DECIDE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from letterdesk.newsroom.opening import open_desk
open_desk(Path(sys.argv[1]))
from letterdesk.desk.actions.decide import decide
from letterdesk.desk.actions.rulings import Ruling
from letterdesk.desk.models import Comment
from letterdesk.desk.queries.people import by_name
from letterdesk.domain.states import Action
for one in Comment.objects.filter(state="pending"):
    is_rude = "rude" in one.text
    decide(
        one.public_id,
        Action.REJECT if is_rude else Action.APPROVE,
        by=by_name("erin"),
        version=one.version,
        ruling=Ruling(rules=("1",) if is_rude else ()),
        now=datetime.now(UTC),
    )
"""
_SLOWLY = {"worker": {"collect_seconds": 3600}, "press": {"slot_minutes": 1440}}


class Reader:
    """Somebody with a browser without scripts, and the receipts of her letters."""

    def __init__(self, room: newsroom.Newsroom, story: str) -> None:
        self._base = f"http://127.0.0.1:{room.letterbox}"
        self._story = story
        self._codes: dict[str, str] = {}

    def write(self, text: str) -> None:
        told = self._post(f"/t/{self._story}/comments", text=text)
        self._codes[text] = str(told["receipt"])

    def take_back(self, text: str) -> None:
        self._post("/receipt/withdraw", code=self._codes[text])

    def appeal(self, text: str) -> None:
        self._post("/receipt/appeal", code=self._codes[text], text=f"Why not: {text}")

    def told(self, text: str) -> str:
        return str(self._post("/receipt", code=self._codes[text])["status"])

    def reads(self) -> list[str]:
        address = f"{self._base}/t/{self._story}/thread.json"
        with urllib.request.urlopen(address) as answer:  # noqa: S310 -- our own
            return [one["text"] for one in json.load(answer)["comments"]]

    def _post(self, path: str, **fields: str) -> dict[str, object]:
        asked = urllib.request.Request(  # noqa: S310 -- our own
            f"{self._base}{path}",
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Accept": "application/json"},
        )
        with urllib.request.urlopen(asked) as answer:  # noqa: S310 -- our own
            return dict(json.loads(answer.read() or b"{}"))


def _decide(folder: Path) -> None:
    """Collect, approve what is civil, turn down the rest, publish."""
    newsroom.call("collect", str(folder))
    subprocess.run([sys.executable, "-c", _DECIDE, str(folder)], check=True)
    newsroom.call("publish", str(folder))


def _ask(folder: Path, script: str) -> object:
    """Give what a line of Python says of a desk."""
    opened = (
        "import sys, json; from pathlib import Path;"
        "from letterdesk.newsroom.opening import open_desk;"
        "open_desk(Path(sys.argv[1]));"
        "from letterdesk.desk.models import Appeal, Comment, Unopened;"
    )
    said = subprocess.run(
        [sys.executable, "-c", f"{opened}print(json.dumps({script}))", str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(said.stdout)


def _come_back(room: newsroom.Newsroom, backup: Path, to: Path, words: Path) -> None:
    """Bring a desk back on another machine; the letterbox, its spool and pages go on."""
    moved = to.with_suffix(".toml")
    places = f'\n[places]\nspool = "{room.spool}"\npublic = "{room.public}"\n'
    moved.write_text((room.folder / "letterdesk.toml").read_text() + places)
    bring_back(backup, to, words, "--settings", moved)


def test_receipts_count_at_a_desk_that_is_older_than_its_public_place(
    tmp_path: Path,
) -> None:
    room = newsrooms.make(tmp_path / "newsroom", settings=_SLOWLY)
    desk.add_person(room, "erin", role="editor")
    reader = Reader(room, newsroom.add_story(room, 1))
    newsroom.call("publish", str(room.folder))
    back, words = tmp_path / "back", tmp_path / "passphrase"
    words.write_text(PASSPHRASE)
    with newsroom.serving(room, only=["letterbox"]):
        for text in ("Kept.", "Taken back.", "A rude one."):
            reader.write(text)
        _decide(room.folder)
        back_up(room.folder, tmp_path / "b.age", words)
        for text in ("Lost.", "A rude one that is lost."):
            reader.write(text)
        _decide(room.folder)
        before = reader.reads()

        _come_back(room, tmp_path / "b.age", back, words)
        for text in ("Taken back.", "Lost."):
            reader.take_back(text)
        for text in ("A rude one.", "A rude one that is lost."):
            reader.appeal(text)
        for verb in ("collect", "publish"):
            newsroom.call(verb, str(back))
        after = reader.reads()
        told = [reader.told(text) for text in ("Kept.", "Taken back.", "A rude one.")]

    assert sorted(before) == ["Kept.", "Lost.", "Taken back."]
    assert after == ["Kept."]
    assert told == ["published", "withdrawn", "rejected"]
    texts = _ask(back, "sorted(one.text for one in Comment.objects.all())")
    assert texts == ["", "A rude one.", "Kept."]
    appeals = "[[one.text, one.is_open] for one in Appeal.objects.exclude(comment=None)]"
    assert _ask(back, appeals) == [["Why not: A rude one.", True]]
    assert _ask(back, "Unopened.objects.count()") == 0
