"""Backups of whole newsrooms, by the commands, and what comes back from them."""

import fcntl
import hashlib
import io
import json
import os
import pty
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest
from PIL import Image

from letterdesk import sealing, settings
from letterdesk.age import Opener, Sealer
from letterdesk.cli import main
from letterdesk.domain.errors import LetterdeskError
from letterdesk.newsroom.archive import FORMAT, About, Packer, unpack
from letterdesk.newsroom.backup import _alone
from letterdesk.newsroom.passphrase import new_passphrase
from letterdesk.newsroom.restore import _claimed
from letterdesk.newsroom.settings_file import settings_file
from letterdesk.settings import Desk, Settings
from letterdesk.version import VERSION
from tests import warm
from tests.newsroom.backups import PASSPHRASE, QUICK, QUICKLY, back_up, bring_back
from tests.newsrooms import copy, demo, fresh, put_letters, query, story
from tests.processes import LETTERDESK, PATIENCE, done, letterdesk, wait_until

__all__ = ["demo", "fresh", "story"]

LETTERDESK_QUICK = (
    sys.executable,
    "-c",
    f"{QUICKLY}; import sys; from letterdesk import cli; sys.exit(cli.main())",
)


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A file with the passphrase."""
    file = tmp_path / "passphrase"
    file.write_text(f"{PASSPHRASE}\nwhat comes below is not read\n")
    return file


@pytest.fixture
def folder(fresh: Path, tmp_path: Path) -> Path:
    return copy(fresh, tmp_path)


@pytest.fixture(scope="session")
def kept(fresh: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a small newsroom, which nobody changes."""
    made = tmp_path_factory.mktemp("kept")
    (made / "passphrase").write_text(PASSPHRASE)
    back_up(copy(fresh, made), made / "backup.age", made / "passphrase")
    return made / "backup.age"


def refused(
    command: tuple[object, ...],
    words: Path,
    sentence: str,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """See that a command says why it could not: here, for it comes to no desk."""
    given = [*map(str, command), "--passphrase-file", str(words)]
    assert main(given) == 1
    out, err = capfd.readouterr()
    assert (out, sentence in err) == ("", True), err


def failed(command: tuple[object, ...], words: Path, sentence: str) -> None:
    """See that a command, as a process, says why it could not."""
    ended = letterdesk(*command, "--passphrase-file", words)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert sentence in ended.stderr


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def everything(newsroom: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give all rows of all tables."""
    names = query(newsroom, "SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        str(name): query(newsroom, f"SELECT * FROM {name} ORDER BY 1, 2")  # noqa: S608 -- ours
        for (name,) in names
        if not str(name).startswith("sqlite_")
    }


def repacked(
    file: Path,
    to: Path,
    *,
    change: Callable[[Path], None] = lambda _: None,
    **about: object,
) -> Path:
    """Give a backup like `file` that another Letterdesk might have made."""
    inside = to.with_suffix(".inside")
    with file.open("rb") as source:
        known, manifest = unpack(
            Opener(source, PASSPHRASE), accept=bool, keep=lambda name: _kept(inside / name)
        )
    change(inside)
    with to.open("wb") as out:
        sealer = Sealer(out, PASSPHRASE, work=QUICK)
        packer = Packer(sealer, replace(known, **about), made=0)
        for name, raw in files(inside).items():
            packer.add(name, raw)
        packer.finish(counts=manifest.counts, entries=manifest.entries, head=manifest.head)
        sealer.finish()
    return to


def _kept(path: Path) -> io.BufferedWriter:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("wb")


# There and back.


def test_a_newsroom_comes_back_whole_and_publishes_the_same_bytes(
    demo: Path, tmp_path: Path, words: Path
) -> None:
    source, file, back = copy(demo, tmp_path), tmp_path / "b.age", tmp_path / "back"
    done("publish", source, "--all")
    made = back_up(source, file, words)
    rows_then = everything(source)

    restored = bring_back(file, back, words)
    rows_now = everything(back)
    done("publish", back)

    changed = {name for name in rows_then if rows_now[name] != rows_then[name]}
    assert changed <= {
        *("desk_auditentry", "desk_audithead", "desk_auditmention", "desk_session"),
        *("desk_publishedfile", "desk_story", "desk_comment", "desk_notice", "desk_tip"),
    }
    texts = (
        "SELECT public_id, state, text, name, cuts, name_left_out, rules, version "
        "FROM desk_comment"
    )
    assert query(back, texts) == query(source, texts)
    left_out = "SELECT name FROM desk_comment WHERE name_left_out AND state = 'published'"
    names = [str(name).encode() for (name,) in query(back, left_out)]
    assert restored["counts"] == made["counts"]
    assert (restored["problems"], restored["letters"]) == ([], 0)
    assert done("check", back).startswith("All is well.")
    assert "broken" not in done("audit", "verify", back)
    before, after = files(source / "public"), files(back / "public")
    assert before.keys() == after.keys()
    assert names
    assert [path for path, raw in after.items() if any(name in raw for name in names)] == []
    assert any(name.startswith("assets/picture-") for name in after)
    assert any(name.startswith("r/") for name in after)
    assert [
        name
        for name in before
        if before[name] != after[name] and not name.startswith("report/")
    ] == []
    keys = ("keys/desk.private", "keys/desk.names", "keys/desk.factors")
    for name in ("letterdesk.toml", "demo.toml", *keys):
        assert (back / name).read_bytes() == (source / name).read_bytes()


def test_what_comes_back_is_for_its_owner_only_and_sessions_end(
    kept: Path, tmp_path: Path
) -> None:
    bring_back(kept, tmp_path / "back", kept.with_name("passphrase"))

    found = {
        path.relative_to(tmp_path / "back").as_posix(): oct(
            stat.S_IMODE(path.stat().st_mode)
        )
        for path in (tmp_path / "back").rglob("*")
        if "public/" not in path.as_posix().removeprefix(str(tmp_path))
        and not path.name.endswith(("-wal", "-shm"))
    }
    assert found == {
        "letterdesk.toml": "0o600",
        "keys": "0o700",
        "keys/desk.private": "0o600",
        "keys/desk.public": "0o644",
        "keys/desk.session": "0o600",
        "keys/desk.names": "0o600",
        "keys/desk.factors": "0o600",
        "desk.db": "0o600",
        "spool": "0o700",
        "public": "0o755",
    }
    session = (tmp_path / "back" / "keys" / "desk.session").read_bytes()
    assert session != (kept.parent / "newsroom" / "keys" / "desk.session").read_bytes()


def test_a_backup_while_letters_come_has_every_letter_that_was_thanked_for_before(
    folder: Path, story: str, tmp_path: Path, words: Path
) -> None:
    """The worker collects all the time: letters are on their way from spool to database."""
    begun = subprocess.Popen([*LETTERDESK, "serve", str(folder), "--only", "worker"])
    try:
        put_letters(folder, 40, story=story)
        wait_until(lambda: query(folder, "SELECT count(*) FROM desk_comment") == [(40,)])
        ids, files_made = set[object](), []
        for number in range(3):
            put_letters(folder, 25, story=story)
            file = tmp_path / f"{number}.age"
            back_up(folder, file, words)
            files_made.append(file)
    finally:
        begun.send_signal(signal.SIGTERM)
        begun.wait(PATIENCE)
    ids = {row[0] for row in query(folder, "SELECT public_id FROM desk_comment")}
    assert len(ids) <= 115

    for number, file in enumerate(files_made):
        back = tmp_path / f"back-{number}"
        bring_back(file, back, words)
        found = query(back, "SELECT public_id FROM desk_comment")
        assert len(found) == len({row[0] for row in found}) >= 40 + 25 * (number + 1)
        assert done("audit", "verify", back)


def test_letters_that_waited_in_the_spool_are_in_the_queue(
    folder: Path, story: str, tmp_path: Path, words: Path
) -> None:
    put_letters(folder, 3, story=story)
    put_letters(folder, 1, story="0" * 26)

    made = back_up(folder, tmp_path / "b.age", words)
    restored = bring_back(tmp_path / "b.age", tmp_path / "back", words)

    assert len([name for name in dict(made["files"]) if name.startswith("spool/")]) == 2
    assert restored["letters"] == 3
    assert query(tmp_path / "back", "SELECT state FROM desk_comment") == [("pending",)] * 3
    assert query(tmp_path / "back", "SELECT reason FROM desk_unopened") == [
        ("story-unknown",)
    ]
    assert list((tmp_path / "back" / "spool").iterdir()) == []
    assert len(files(folder / "spool")) == 2  # the newsroom itself still has them


_UNKNOWN = "Letters about stories that are not registered: 2;"
_NUMBERS = "SELECT id FROM desk_unopened WHERE reason = 'story-unknown' ORDER BY id"


def test_letters_about_a_story_that_the_backup_lacks_open_as_check_says(
    folder: Path, tmp_path: Path, words: Path
) -> None:
    back_up(folder, tmp_path / "before.age", words)
    url = "https://news.example/newer"
    sheet = ("--url", url, "--headline", "Newer", "--language", "en")
    newer = json.loads(done("story", "add", folder, *sheet, "--json"))["id"]
    done("publish", folder)
    older, whole = tmp_path / "older", tmp_path / "whole"
    bring_back(tmp_path / "before.age", older, words)
    shutil.copytree(folder / "public", older / "public", dirs_exist_ok=True)
    (older / "public" / "r").mkdir()  # where readers' outcomes are, once there are any
    put_letters(older, 2, story=newer)
    done("collect", older)

    said = letterdesk("check", older)
    back_up(older, tmp_path / "then.age", words)
    bring_back(tmp_path / "then.age", whole, words, "--published", older / "public")
    done("collect", whole)
    done("story", "add", older, *sheet)
    done("collect", older)

    assert said.returncode == 1
    (told,) = [line for line in said.stdout.splitlines() if _UNKNOWN in line]
    assert "restore FILE NEWFOLDER --published PUBLIC" in told
    states = "SELECT state FROM desk_comment JOIN desk_story s ON s.id = story_id "
    assert query(whole, f"{states} WHERE s.url = '{url}'") == [("pending",)] * 2
    assert (len(query(whole, _NUMBERS)), len(query(older, _NUMBERS))) == (0, 2)
    assert _UNKNOWN not in letterdesk("check", whole).stdout


def test_letters_about_a_story_that_never_was_are_discarded_as_check_says(
    folder: Path,
) -> None:
    put_letters(folder, 2, story="0" * 26)
    done("collect", folder)
    said = letterdesk("check", folder).stdout
    listed = json.loads(done("unopened", "list", folder, "--json"))["unopened"]
    numbers = [one["number"] for one in listed if one["reason"] == "story-unknown"]

    done("unopened", "discard", folder, *map(str, numbers))

    assert f"letterdesk unopened discard {folder} NUMBER..." in said
    assert _UNKNOWN in said
    assert _UNKNOWN not in letterdesk("check", folder).stdout


def test_a_spool_with_odd_things_in_it_is_backed_up_and_they_are_named(
    folder: Path, story: str, tmp_path: Path, words: Path
) -> None:
    put_letters(folder, 3, story=story)
    os.mkfifo(folder / "spool/0-pipe")
    (folder / "spool/z-key").symlink_to("../keys/desk.private")

    made = back_up(folder, tmp_path / "b.age", words, status=1)
    checked = letterdesk("check", folder)
    collected = letterdesk("collect", folder, "--json")

    batches = [name for name in dict(made["files"]) if name.startswith("spool/")]
    assert made["lacks"] == ["spool/0-pipe", "spool/z-key"]
    told = json.loads(collected.stdout)
    assert (len(batches), told["letters"]) == (1, 3)
    assert told["unread"] == ["0-pipe", "z-key"]
    for said in (str(made["problems"]), checked.stdout, collected.stderr):
        assert "files that are too large" in said
        assert "2 (0-pipe, z-key)" in said
    assert (checked.returncode, query(folder, "SELECT * FROM desk_unopened")) == (1, [])


ON_A_FAILING_DISK = """
import errno
from letterdesk.places import folder, inbox
read = folder.read_plain
def read_plain(path, **options):
    if path.name.startswith("broken"):
        raise OSError(errno.EIO, "Input/output error")
    return read(path, **options)
folder.read_plain = inbox.read_plain = read_plain
"""


def test_what_the_disk_does_not_give_is_named_and_all_else_is_backed_up(
    folder: Path, story: str, tmp_path: Path, words: Path
) -> None:
    put_letters(folder, 3, story=story)
    (folder / "spool/broken").write_bytes(b"a letter of somebody's")

    made = back_up(folder, tmp_path / "b.age", words, first=ON_A_FAILING_DISK, status=1)
    restored = bring_back(tmp_path / "b.age", tmp_path / "back", words)

    [problem], [told] = made["problems"], restored["problems"]  # type: ignore[misc]
    assert "could not be read: spool/broken. Could not read broken: Input" in problem
    assert str(made["said"]).strip() == problem
    assert "The backup lacks what could not be read when it was made" in told
    assert told.endswith(": spool/broken.")
    assert restored["letters"] == 3


@pytest.mark.parametrize("key", ["desk.private", "desk.names", "desk.factors"])
def test_a_key_that_is_no_file_is_named_and_all_else_is_backed_up(
    key: str, folder: Path, tmp_path: Path, words: Path
) -> None:
    (folder / "keys" / key).unlink()
    (folder / "keys" / key).mkdir()

    made = back_up(folder, tmp_path / "b.age", words, status=1)

    assert made["lacks"] == [f"keys/{key}"]
    assert f"This backup lacks what could not be read: keys/{key}" in str(made["said"])
    assert "desk.db" in dict(made["files"])  # type: ignore[call-overload]


def test_a_backup_without_the_key_that_opens_letters_says_so(
    folder: Path, tmp_path: Path, words: Path
) -> None:
    (folder / "keys/desk.private").unlink()

    made = back_up(folder, tmp_path / "b.age", words, status=1)

    assert made["lacks"] == ["keys/desk.private"]
    assert "without it no letter opens" in str(made["said"])


def test_a_spool_that_is_gone_is_named_and_all_else_is_backed_up(
    folder: Path, tmp_path: Path, words: Path
) -> None:
    (folder / "spool").rename(tmp_path / "not-mounted")

    made = back_up(folder, tmp_path / "b.age", words, status=1)

    assert made["lacks"] == ["spool/"]
    assert "There is no folder" in str(made["problems"])
    assert "desk.db" in dict(made["files"])  # type: ignore[call-overload]


WHILE_A_PICTURE_IS_REPLACED = """
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from letterdesk import settings
from letterdesk.cli import backups
@contextmanager
def bar(what, total):
    yield int
    if what == "Copying the database":
        from letterdesk.newsroom.passes import publish_changes
        from letterdesk.newsroom.stories import Written, add_story
        newsroom = settings.read(Path({folder!r}))
        written = Written(
            url={url!r}, headline="H", language="en", alt="A", picture=Path({picture!r})
        )
        add_story(newsroom, written, today=date(2026, 11, 27))
        publish_changes(newsroom, today=date(2026, 11, 27))
backups.bar_of_bytes = bar
"""


def test_a_backup_while_a_picture_is_replaced_holds_the_one_that_its_stories_have(
    folder: Path, tmp_path: Path, words: Path
) -> None:
    url, picture = "https://news.example/pictured", tmp_path / "picture.png"
    for_story = ("--url", url, "--headline", "H", "--language", "en", "--alt", "A pier")
    Image.new("RGB", (40, 30), "red").save(picture)
    done("story", "add", folder, *for_story, "--picture", picture)
    done("publish", folder)
    Image.new("RGB", (40, 30), "teal").save(picture)
    replacing = WHILE_A_PICTURE_IS_REPLACED.format(
        folder=str(folder), url=url, picture=str(picture)
    )

    made = back_up(folder, tmp_path / "b.age", words, first=replacing)
    restored = bring_back(tmp_path / "b.age", tmp_path / "back", words)

    [(known,)] = query(
        tmp_path / "back", "SELECT picture FROM desk_story WHERE picture IS NOT NULL"
    )
    path = Path(json.loads(str(known))["path"])
    assert not (folder / "public" / path).exists()
    assert f"pictures/{path.name}" in dict(made["files"])  # type: ignore[call-overload]
    assert (tmp_path / "back/public" / path).exists()
    assert (made["lacks"], restored["problems"]) == ([], [])


def test_without_its_key_a_letter_is_kept_and_opens_when_the_key_is_back(
    folder: Path, story: str, tmp_path: Path, words: Path
) -> None:
    put_letters(folder, 2, story=story)
    key = (folder / "keys" / "desk.private").read_bytes()
    (folder / "keys" / "desk.private").unlink()
    back_up(folder, tmp_path / "b.age", words, status=1)

    restored = bring_back(tmp_path / "b.age", tmp_path / "back", words)
    (tmp_path / "back" / "keys" / "desk.private").write_bytes(key)
    collected = json.loads(done("collect", tmp_path / "back", "--json"))

    assert "There is no key file" in str(restored["problems"])
    assert collected["letters"] == 2


def test_without_the_key_of_listed_names_both_ways_say_so_and_none_is_made(
    folder: Path, tmp_path: Path, words: Path
) -> None:
    with closing(sqlite3.connect(folder / "desk.db")) as database, database:
        database.execute(
            "INSERT INTO desk_protectedname (label, added) VALUES ('him', '2026-11-01')"
        )
    (folder / "keys" / "desk.names").unlink()

    made = back_up(folder, tmp_path / "b.age", words)
    restored = bring_back(tmp_path / "b.age", tmp_path / "back", words)

    for [problem] in (made["problems"], restored["problems"]):
        assert "desk.names is missing or damaged, the key for protected names" in problem
    assert not (tmp_path / "back" / "keys" / "desk.names").exists()


@pytest.mark.parametrize("sealed", [True, False])
def test_without_the_key_of_second_factors_both_ways_go_on_and_lose_none(
    *, sealed: bool, folder: Path, tmp_path: Path, words: Path
) -> None:
    """Sealed with the lost key, they wait for it; of an earlier version, it is made."""
    file = folder / "keys" / "desk.factors"
    secret = "JBSWY3DPEHPK3PXP"
    kept = sealing.seal_factor(secret, file.read_bytes()) if sealed else secret
    done("user", "add", folder, "alice", "--role", "editor")
    with closing(sqlite3.connect(folder / "desk.db")) as database, database:
        database.execute(
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at) "
            "SELECT id, 'totp', json_object('secret', ?), '2026-11-01' FROM desk_user "
            "WHERE username = 'alice'",
            (kept,),
        )
    file.unlink()

    made = back_up(folder, tmp_path / "b.age", words)
    restored = bring_back(tmp_path / "b.age", tmp_path / "back", words)

    back = tmp_path / "back"
    [(found,)] = query(back, "SELECT data ->> 'secret' FROM mfa_authenticator")
    key = settings.read(back).factors_key
    if sealed:
        for [problem] in (made["problems"], restored["problems"]):
            assert "desk.factors is missing or damaged, the key that second" in problem
        assert (found, key) == (kept, b"")
    else:
        assert (made["problems"], restored["problems"]) == ([], [])
        assert sealing.open_factor(found, key) == secret


def test_a_backup_can_be_opened_without_letterdesk(kept: Path, tmp_path: Path) -> None:
    plain = pyrage.passphrase.decrypt(kept.read_bytes(), PASSPHRASE)

    with tarfile.open(fileobj=io.BytesIO(plain), mode="r:gz") as tar:
        tar.extractall(tmp_path, filter="data")

    about = json.loads((tmp_path / "about.json").read_text())
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert (about["format"], about["letterdesk"], about["database"]) == (
        FORMAT,
        VERSION,
        "sqlite",
    )
    assert manifest["files"] == {
        name: hashlib.sha256(raw).hexdigest()
        for name, raw in files(tmp_path).items()
        if name not in {"about.json", "manifest.json"}
    }
    with closing(sqlite3.connect(tmp_path / "desk.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_the_file_is_its_owners_and_shows_nothing(kept: Path, fresh: Path) -> None:
    raw = kept.read_bytes()

    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert b"letterdesk" not in raw
    assert b"news.example" not in raw
    assert list(kept.parent.glob(".*")) == []
    assert not (kept.parent / "newsroom" / ".backup").exists()


def test_the_log_says_that_a_backup_was_made_and_that_one_was_needed(
    folder: Path, tmp_path: Path, words: Path
) -> None:
    back_up(folder, tmp_path / "b.age", words)
    bring_back(tmp_path / "b.age", tmp_path / "back", words)

    last = "SELECT what, who FROM desk_auditentry ORDER BY number DESC LIMIT 1"
    assert query(folder, last) == [("backed-up", "command")]
    assert query(tmp_path / "back", last) == [("restored", "command")]


def test_what_came_back_is_not_published_yet_and_check_says_so(
    folder: Path, tmp_path: Path, words: Path
) -> None:
    done("publish", folder)
    back_up(folder, tmp_path / "b.age", words)
    back = tmp_path / "came back"
    bring_back(tmp_path / "b.age", back, words)

    said = letterdesk("check", back)
    done("publish", back)

    assert said.returncode == 1
    (problem,) = said.stdout.splitlines()
    assert problem.startswith("Nothing of this newsroom is published since it came back")
    assert problem.endswith(f"then publish: letterdesk publish '{back}'")
    assert letterdesk("check", back).returncode == 0


def test_a_person_is_told_what_is_in_it_and_what_to_do_next(
    kept: Path, tmp_path: Path, words: Path
) -> None:
    ended = letterdesk("restore", kept, tmp_path / "back", "--passphrase-file", words)

    assert ended.returncode == 0
    assert "stories 1, comments 0" in ended.stdout
    assert ended.stdout.endswith("All is well with it. Nothing of it is published yet.\n")
    for told in (
        "Keep the old machine off.",
        "What was erased after ",
        f"letterdesk user list {tmp_path / 'back'}",
        f"letterdesk publish {tmp_path / 'back'}",
    ):
        assert told in ended.stderr


# What was taken back since.


def test_what_readers_took_back_since_is_erased_again_where_it_was_published(
    demo: Path, tmp_path: Path, words: Path
) -> None:
    source = copy(demo, tmp_path)
    back_up(source, tmp_path / "b.age", words)
    (gone,) = query(
        source,
        "SELECT public_id, lookup FROM desk_comment WHERE state = 'published' "
        "AND lookup <> '' AND is_pick = 0 ORDER BY id LIMIT 1",
    )
    script = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from letterdesk.newsroom.opening import open_desk
newsroom = open_desk(Path(sys.argv[1]))
from django.db import transaction
from letterdesk.desk.actions.withdraw import withdraw
from letterdesk.desk.models import Comment
from letterdesk.newsroom.passes import publish_changes
today = datetime.now(UTC).date()
with transaction.atomic():
    withdraw([Comment.objects.get(public_id=sys.argv[2]).pk], today=today)
publish_changes(newsroom, today=today)
"""
    subprocess.run([sys.executable, "-c", script, source, str(gone[0])], check=True)

    without = bring_back(tmp_path / "b.age", tmp_path / "without", words)
    restored = bring_back(
        tmp_path / "b.age", tmp_path / "back", words, "--published", source / "public"
    )
    done("publish", tmp_path / "back")

    wanted = f"SELECT state, text FROM desk_comment WHERE public_id = '{gone[0]}'"  # noqa: S608
    assert without["since"] == {
        "looked": False,
        "taken_back": [],
        "changed": [],
        "decided": [],
        "appealed": [],
        "stories": [],
        "left": [],
    }
    assert query(tmp_path / "without", wanted)[0][0] == "published"
    assert dict(restored["since"])["taken_back"] == [gone[0]]
    assert query(tmp_path / "back", wanted) == [("withdrawn", "")]


def test_a_folder_that_is_no_public_place_is_refused(
    kept: Path, tmp_path: Path, words: Path
) -> None:
    (tmp_path / "other").mkdir()
    command = ("restore", kept, tmp_path / "back", "--published", tmp_path / "other")

    failed(command, words, "is not a public place")
    assert not (tmp_path / "back").exists()


# Places elsewhere.


def test_pictures_go_back_to_a_public_place_elsewhere_and_nothing_else_does(
    demo: Path, tmp_path: Path, words: Path
) -> None:
    source, elsewhere = copy(demo, tmp_path), tmp_path / "srv"
    back_up(source, tmp_path / "b.age", words)
    other = tmp_path / "other.toml"
    text = (source / "letterdesk.toml").read_text()
    other.write_text(
        text.replace("[places]", f'[places]\npublic = "{elsewhere}"\nspool = "../spool"')
    )

    bring_back(tmp_path / "b.age", tmp_path / "back", words, "--settings", other)

    pictures = {
        name: raw for name, raw in files(source / "public").items() if "/picture-" in name
    }
    assert pictures
    assert files(elsewhere) == pictures
    assert (tmp_path / "back" / "letterdesk.toml").read_text() == other.read_text()
    assert (tmp_path / "spool").is_dir()
    assert not (tmp_path / "back" / "public").exists()
    done("publish", tmp_path / "back")
    assert done("check", tmp_path / "back").startswith("All is well.")


# What is refused, and leaves nothing behind.


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda raw: raw[:-1], "ends too early"),
        (lambda raw: raw[: len(raw) // 2], "ends too early"),
        (lambda raw: raw[:9_000] + bytes([raw[9_000] ^ 1]) + raw[9_001:], "was changed"),
        (lambda raw: b"a" * len(raw), "is not a backup of Letterdesk"),
        (lambda _: b"", "is not a backup of Letterdesk"),
        (lambda _: sealed(b"holiday pictures"), "opens this file, but it is not a backup"),
    ],
    ids=["torn at its end", "torn", "changed", "foreign", "empty", "foreign but sealed"],
)
def test_a_file_that_is_not_whole_leaves_nothing(
    spoil: Callable[[bytes], bytes],
    sentence: str,
    kept: Path,
    tmp_path: Path,
    words: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    spoilt, back = tmp_path / "spoilt.age", tmp_path / "back"
    spoilt.write_bytes(spoil(kept.read_bytes()))

    refused(("restore", spoilt, back), words, sentence, capfd)

    assert not back.exists()


def sealed(raw: bytes) -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, PASSPHRASE, work=QUICK)
    sealer.write(raw)
    sealer.finish()
    return out.getvalue()


def test_a_folder_that_was_there_stays_as_it_was(
    kept: Path, tmp_path: Path, words: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The root of a new disk has a folder of its own."""
    torn, back = tmp_path / "torn.age", tmp_path / "back"
    torn.write_bytes(kept.read_bytes()[:-1])
    (back / "lost+found").mkdir(parents=True)

    refused(("restore", torn, back), words, "ends too early", capfd)

    assert [path.name for path in back.iterdir()] == ["lost+found"]


def test_a_wrong_passphrase_is_told_and_leaves_nothing(
    kept: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text(PASSPHRASE.upper())

    refused(("restore", kept, tmp_path / "back"), wrong, "does not open the file", capfd)
    assert not (tmp_path / "back").exists()


def test_a_newsroom_is_never_restored_over(
    kept: Path, folder: Path, tmp_path: Path, words: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = files(folder)

    refused(("restore", kept, folder), words, f"{folder} is not empty", capfd)

    assert files(folder) == before


def test_a_restore_that_was_killed_is_cleaned_up_by_the_next_one(
    kept: Path, tmp_path: Path, words: Path
) -> None:
    left = tmp_path / "back" / ".restoring" / "unpacked"
    left.mkdir(parents=True)
    (left / "desk.db").write_bytes(b"half")

    bring_back(kept, tmp_path / "back", words)

    assert not (tmp_path / "back" / ".restoring").exists()
    assert "broken" not in done("audit", "verify", tmp_path / "back")


def test_two_restores_into_one_folder_are_refused(
    kept: Path, tmp_path: Path, words: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    back = tmp_path / "back"
    (back / ".restoring").mkdir(parents=True)
    handle = os.open(back, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        refused(("restore", kept, back), words, "is going on. Wait for it.", capfd)
    finally:
        os.close(handle)
    assert (back / ".restoring").exists()


@pytest.mark.parametrize("about", [{"format": FORMAT + 1}, {"letterdesk": "97.0.1"}])
def test_a_backup_of_a_later_letterdesk_is_refused_by_its_name(
    about: dict[str, object],
    kept: Path,
    tmp_path: Path,
    words: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    newer = repacked(kept, tmp_path / "newer.age", **about)
    version = about.get("letterdesk", VERSION)

    refused(
        ("restore", newer, tmp_path / "back"),
        words,
        f"made by Letterdesk {version}, which is newer than this one ({VERSION}). Update",
        capfd,
    )
    assert not (tmp_path / "back").exists()


def test_tables_of_a_later_letterdesk_are_refused(
    kept: Path, tmp_path: Path, words: Path
) -> None:
    def change(inside: Path) -> None:
        with closing(sqlite3.connect(inside / "desk.db")) as database, database:
            database.execute(
                "INSERT INTO django_migrations (app, name, applied) "
                "VALUES ('desk', '0999_read_minds', '2030-01-01')"
            )

    newer = repacked(kept, tmp_path / "newer.age", change=change)

    failed(("restore", newer, tmp_path / "back"), words, "Update Letterdesk first")
    assert not (tmp_path / "back").exists()


def test_a_backup_of_an_earlier_letterdesk_is_brought_up_to_date(
    kept: Path, tmp_path: Path, words: Path
) -> None:
    def change(inside: Path) -> None:
        script = (
            "import sys; from pathlib import Path; from letterdesk import settings;"
            "from letterdesk.newsroom.opening import set_up;"
            "set_up(settings.read(Path(sys.argv[1])));"
            "from django.core.management import call_command;"
            "call_command('migrate', 'desk', '0019', verbosity=0);"
            "from django.db import connections; connections.close_all()"
        )
        subprocess.run([sys.executable, "-c", script, inside], check=True)
        assert not list(inside.glob("desk.db-*"))

    older = repacked(kept, tmp_path / "older.age", change=change, letterdesk="0.0.1")

    restored = bring_back(older, tmp_path / "back", words)

    assert int(str(restored["steps"])) >= 1
    assert restored["problems"] == []
    done("publish", tmp_path / "back")
    assert done("check", tmp_path / "back").startswith("All is well.")


def test_a_database_that_is_not_what_the_list_says_is_refused(
    kept: Path, tmp_path: Path, words: Path
) -> None:
    def change(inside: Path) -> None:
        with closing(sqlite3.connect(inside / "desk.db")) as database, database:
            database.execute("UPDATE desk_audithead SET number = number + 1")

    other = repacked(kept, tmp_path / "other.age", change=change)

    failed(("restore", other, tmp_path / "back"), words, "does not hold what")
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize("name", ["../escaped", "/escaped", "keys/../../escaped"])
def test_no_file_leaves_the_folder(
    name: str, kept: Path, tmp_path: Path, words: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sealed = tmp_path / "evil.age"
    with sealed.open("wb") as out:
        sealer = Sealer(out, PASSPHRASE, work=QUICK)
        about = About(letterdesk=VERSION, site="x", made="2026", database="sqlite")
        packer = Packer(sealer, about, made=0)
        packer.add(name, b"evil")
        packer.finish(counts={}, entries=0, head="")
        sealer.finish()

    refused(("restore", sealed, tmp_path / "back"), words, "it is not a backup", capfd)
    assert not list(tmp_path.rglob("escaped"))
    assert not Path("/escaped").exists()


def test_a_backup_of_sqlite_does_not_go_into_postgresql(
    kept: Path, tmp_path: Path, words: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.toml"
    other.write_text(settings_file(Settings(desk=Desk(database="postgresql://h/d"))))
    command = ("restore", kept, tmp_path / "back", "--settings", other)

    refused(command, words, "The database in the backup is sqlite", capfd)
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("there.age", "is there already. Choose another name; --force writes over it."),
        ("newsroom", "is a folder. Name the file"),
        ("nowhere/b.age", "There is no folder"),
        ("newsroom/public/b.age", "would lie in the public place"),
        ("newsroom/public/assets/../b.age", "would lie in the public place"),
        ("newsroom/spool/b.age", "would lie in the spool"),
        ("newsroom/keys/desk.private", "is a part of the newsroom itself"),
        ("newsroom/keys/new.age", "is a part of the newsroom itself"),
        ("newsroom/public/../desk.db", "is a part of the newsroom itself"),
        ("newsroom/desk.db-wal", "is a part of the newsroom itself"),
        ("newsroom/letterdesk.toml", "is a part of the newsroom itself"),
        ("link/keys/desk.names", "is a part of the newsroom itself"),
    ],
)
def test_a_backup_is_not_written_where_it_must_not_be(
    name: str,
    sentence: str,
    folder: Path,
    tmp_path: Path,
    words: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "there.age").write_bytes(b"the one of yesterday")
    (tmp_path / "link").symlink_to("newsroom")
    force = () if name == "there.age" else ("--force",)

    refused(("backup", folder, tmp_path / name, *force), words, sentence, capfd)

    assert (tmp_path / "there.age").read_bytes() == b"the one of yesterday"
    assert not list((folder / "public").glob("*.age"))


def test_force_writes_over_a_backup(folder: Path, tmp_path: Path, words: Path) -> None:
    file = tmp_path / "there.age"
    file.write_bytes(b"the one of yesterday")

    back_up(folder, file, words, "--force")

    assert file.read_bytes().startswith(b"age-encryption.org/v1")


@pytest.mark.parametrize(
    ("written", "code", "sentence"),
    [
        (b"short", "passphrase-wrong", "has 5 characters, and needs 12 at least"),
        (b"\nsecond line", "setting-wrong", "The first line of "),
        (b"", "setting-wrong", "The first line of "),
        (b"\xff" * 12, "setting-wrong", "is not text in UTF-8"),
    ],
)
def test_a_passphrase_that_protects_nothing_is_refused(
    written: bytes, code: str, sentence: str, words: Path
) -> None:
    words.write_bytes(written)

    with pytest.raises(LetterdeskError, match=sentence) as raised:
        new_passphrase(words)

    assert raised.value.code == code


def test_where_nobody_can_be_asked_the_way_out_is_told(
    folder: Path, tmp_path: Path
) -> None:
    ended = subprocess.run(
        [*LETTERDESK, "backup", folder, tmp_path / "b.age"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (1, "")
    assert "give --passphrase-file FILE" in ended.stderr


def test_a_person_is_asked_twice_and_nothing_of_it_is_shown(
    folder: Path, tmp_path: Path
) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*LETTERDESK, "backup", folder, tmp_path / "b.age"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, 0x540E, 0),  # TIOCSCTTY: its own terminal
    ) as process:
        os.close(theirs)
        said = b""
        try:
            for asked in (b"passphrase:", b"confirmation:"):
                while asked not in said.rpartition(b"\n")[2]:
                    said += os.read(ours, 4096)
                os.write(ours, f"{PASSPHRASE}\n".encode())
                said += b"\n"
            while piece := _read(ours):
                said += piece
        finally:
            os.close(ours)
        assert process.wait(PATIENCE) == 0
    assert PASSPHRASE.encode() not in said
    assert b"and read it back" in said
    stanza = (tmp_path / "b.age").read_bytes().splitlines()[1]
    assert (stanza[:10], stanza[-3:]) == (b"-> scrypt ", b" 18")  # a second a guess


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # the other side has closed it
        return b""


# Killed, full, twice.


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk on which a backup does not fit."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("Only root can mount a disk to fill.")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"No disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_disk_that_is_full_leaves_no_half_file(
    folder: Path, small_disk: Path, words: Path
) -> None:
    (small_disk / "old.age").write_bytes(b"old")

    failed(("backup", folder, small_disk / "b.age"), words, "The disk is full")
    failed(("backup", folder, small_disk / "old.age", "--force"), words, "The disk is full")

    assert files(small_disk) == {"old.age": b"old"}
    assert not (folder / ".backup").exists()


def test_a_file_that_may_not_grow_is_told_in_one_sentence(
    folder: Path, tmp_path: Path, words: Path
) -> None:
    size = (folder / "desk.db").stat().st_size + 200_000  # for the copy of the database
    for number in range(12):  # letters that wait; they do not compress
        (folder / "spool" / f"{number:032x}.batch").write_bytes(os.urandom(100_000))

    ended = subprocess.run(
        [
            *LETTERDESK_QUICK,
            "backup",
            folder,
            tmp_path / "b.age",
            *("--passphrase-file", words),
        ],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )

    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert not (tmp_path / "b.age").exists()


def test_what_a_killed_backup_left_is_removed_by_the_next(
    folder: Path, tmp_path: Path, words: Path
) -> None:
    (folder / ".backup").mkdir()
    (folder / ".backup" / "desk.db").write_bytes(b"half")

    back_up(folder, tmp_path / "b.age", words)

    assert not (folder / ".backup").exists()


@pytest.mark.parametrize("claim", [_alone, _claimed], ids=["backup", "restore"])
def test_a_signal_that_comes_as_the_folder_for_copies_is_made_leaves_none(
    claim: Callable[[object], AbstractContextManager[Path]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def make(folder: Path, mode: int, *, real: Callable[..., None] = Path.mkdir) -> None:
        real(folder, mode)
        sys.exit("Stopped.")

    monkeypatch.setattr(Path, "mkdir", make)

    with (
        pytest.raises(SystemExit),
        claim(Settings(folder=tmp_path) if claim is _alone else tmp_path),
    ):
        pytest.fail("it began")

    assert list(tmp_path.iterdir()) == []


def test_a_second_backup_at_the_same_time_is_refused(
    folder: Path, tmp_path: Path, words: Path
) -> None:
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        failed(("backup", folder, tmp_path / "b.age"), words, "is being made. Wait for it.")
    finally:
        os.close(handle)
    assert not (tmp_path / "b.age").exists()


def test_a_backup_that_is_ended_by_systemd_cleans_up(
    folder: Path, tmp_path: Path, words: Path
) -> None:
    """SIGTERM comes while the database's copy, which is not sealed, lies on the disk."""
    stop = """
import os, signal
from letterdesk.newsroom.archive import Packer

def add_large(packer, name, file, size, step):
    print(name == "desk.db" and size > 0, flush=True)
    os.kill(os.getpid(), signal.SIGTERM)

Packer.add_large = add_large
"""
    command = ["backup", folder, tmp_path / "b.age", "--passphrase-file", words]

    ended = warm.run(list(map(str, command)), first=stop)

    assert (ended.returncode, ended.stdout) == (1, "True\n")
    assert ended.stderr.split()[-1] == "Stopped."
    assert not (folder / ".backup").exists()
    assert not list(tmp_path.glob(".letterdesk-draft-*"))
    assert not (tmp_path / "b.age").exists()
