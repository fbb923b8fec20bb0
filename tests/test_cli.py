import fcntl
import hashlib
import json
import shlex
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import PIPE, Popen, run

import pytest

from letterdesk import sealing, settings
from letterdesk.cli import main
from letterdesk.domain.envelope import pack_batch
from letterdesk.domain.ids import is_id, new_id
from letterdesk.newsroom.settings_file import settings_file
from letterdesk.places import choose
from letterdesk.settings import BucketAccess, Desk, Places, Settings
from letterdesk.version import VERSION
from tests.newsrooms import STORY, copy, fresh, put_letters, query, story
from tests.processes import LETTERDESK, PATIENCE, done, letterdesk
from tests.values import a_letter

__all__ = ["fresh", "story"]


@pytest.fixture
def folder(fresh: Path, tmp_path: Path) -> Path:
    return copy(fresh, tmp_path)


OTHER = ("--url", "https://news.example/2", *STORY[2:])


def told(capfd: pytest.CaptureFixture[str]) -> tuple[str, str]:
    caught = capfd.readouterr()
    return caught.out.strip(), caught.err.strip()


def tree(folder: Path) -> dict[str, tuple[int, str]]:
    """Give each file's time of change and digest; SQLite's own side files left out."""
    return {
        str(path.relative_to(folder)): (
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(("-wal", "-shm", ".lock"))
    }


def write_settings(folder: Path, wanted: Settings) -> None:
    folder.mkdir(exist_ok=True)
    (folder / settings.FILE).write_text(settings_file(wanted))


# What needs no newsroom.


def test_the_version_is_the_one_of_the_package(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert told(capfd) == (f"letterdesk {VERSION}", "")
    assert f'version = "{VERSION}"' in Path("pyproject.toml").read_text()


@pytest.mark.parametrize(
    "arguments", [[], ["--help"], ["story", "add", "--help"], ["serve", "-h"]]
)
def test_help_is_given(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    status = main(arguments)

    out, err = told(capfd)
    assert (status, (out or err).startswith("Usage: letterdesk")) == (
        2 if not arguments else 0,
        True,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["bogus"],
        ["init"],
        ["serve", "x", "--only", "everything"],
        ["user", "add", "x", "mira", "--role", "king"],
        ["story", "add", "x", "--url", "https://news.example/1"],
        ["story", "add", "x", *STORY, "--credit", "only a role"],
        ["backup", "x"],
        ["triage", "train", "data", "out", "--work", "work", "--language", "fr"],
    ],
)
def test_wrong_usage_has_status_2_and_is_explained(
    arguments: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2

    out, err = told(capfd)
    assert (out, "Error: " in err) == ("", True)


@pytest.mark.parametrize(
    ("arguments", "told_first"),
    [
        (
            ["story", "add", "x", *STORY, "--body", "/no/such"],
            "File '/no/such' does not exist.",
        ),
        (["restore", "/no/such.age", "x"], "File '/no/such.age' does not exist."),
        (["import", "disqus", "x", "/"], "File '/' is a directory."),
        (["triage", "evaluate", "/no/such.tsv"], "File '/no/such.tsv' does not exist."),
        (
            ["restore", "pyproject.toml", "x", "--published", "/no/such"],
            "Directory '/no/such' does not exist.",
        ),
    ],
)
def test_what_is_to_be_read_and_is_not_there_is_named_like_a_missing_folder(
    arguments: list[str], told_first: str, capfd: pytest.CaptureFixture[str]
) -> None:
    sentence = f"{told_first} Name one that is there, and that this user may read."

    status = main([*arguments, "--json"])

    out, err = told(capfd)
    assert (status, err) == (1, sentence)
    assert json.loads(out) == {"problem": {"code": "file-missing", "detail": sentence}}


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve"],
        ["collect"],
        ["publish"],
        ["check"],
        ["keys", "list"],
        ["keys", "rotate"],
        ["audit", "verify"],
    ],
)
def test_a_folder_that_is_no_newsroom_is_named_with_the_remedy(
    arguments: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, str(tmp_path)]) == 1

    assert told(capfd) == (
        "",
        f"{tmp_path} is not a newsroom's folder: there is no letterdesk.toml in it. "
        f"Make one: letterdesk init {tmp_path}",
    )


@pytest.mark.parametrize("command", [("check",), ("publish",), ("token", "list")])
def test_a_program_is_told_as_json_why_nothing_was_done(
    command: tuple[str, ...], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    status = main([*command, str(tmp_path / "nowhere"), "--json"])

    out, err = told(capfd)
    assert status == 1
    assert json.loads(out) == {"problem": {"code": "setting-wrong", "detail": err}}
    assert "letterdesk init" in err


def test_a_newsroom_without_its_database_is_not_given_an_empty_one(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_settings(tmp_path, Settings())

    assert main(["collect", str(tmp_path)]) == 1

    assert told(capfd)[1].startswith(f"There is no desk.db in {tmp_path}.")
    assert not (tmp_path / "desk.db").exists()


def test_a_desk_whose_encoder_is_silenced_is_not_opened(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LETTERDESK_ENCODER", "off")

    assert main(["collect", str(folder)]) == 1
    assert told(capfd)[1].startswith("LETTERDESK_ENCODER=off is for comparing")


@pytest.mark.parametrize("written", ["of", "0", "no", "on", " "])
@pytest.mark.parametrize(
    "command",
    [
        ("collect", "FOLDER"),
        ("serve", "FOLDER"),
        ("serve", "FOLDER", "--only", "desk", "--desk", "127.0.0.1:0"),
        ("demo", "FOLDER/new"),
        ("demo", "FOLDER/new", "--no-serve"),
        ("triage", "explain", "A comment", "--language", "th"),
        ("triage", "evaluate", "FOLDER/letterdesk.toml"),
        ("triage", "serve", "--listen", "127.0.0.1:0"),
    ],
)
def test_a_switch_of_the_encoder_that_says_something_else_is_refused(
    command: tuple[str, ...],
    written: str,
    folder: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LETTERDESK_ENCODER", written)

    assert main([word.replace("FOLDER", str(folder)) for word in command]) == 1
    assert told(capfd) == (
        "",
        f"LETTERDESK_ENCODER is {written!r}, and may only be off, which silences the "
        "encoder for comparing. Take it out of the environment to hear the encoder.",
    )


def test_what_nobody_foresaw_is_one_line_without_its_words(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path) -> None:
        raise KeyError("Ilsa Dorrech")

    monkeypatch.setattr(settings, "read", fail)

    assert main(["keys", "list", str(tmp_path)]) == 1
    out, err = told(capfd)
    assert (out, err.count("\n")) == ("", 0)
    assert err.startswith("This should not have happened: KeyError at test_cli.py:")
    assert "Ilsa" not in err

    monkeypatch.setenv("LETTERDESK_DEBUG", "1")
    main(["keys", "list", str(tmp_path)])
    assert "Traceback" in told(capfd)[1]


# init


def test_init_makes_what_the_contract_says_and_nobody_else_reads_it(fresh: Path) -> None:
    found = {
        path.name: oct(stat.S_IMODE(path.stat().st_mode))
        for path in [*fresh.iterdir(), *(fresh / "keys").iterdir()]
        if not path.name.endswith(("-wal", "-shm", ".lock"))
    }

    assert found == {
        "letterdesk.toml": "0o600",
        "keys": "0o700",
        "desk.private": "0o600",
        "desk.public": "0o644",
        "desk.session": "0o600",
        "desk.names": "0o600",
        "desk.factors": "0o600",
        "desk.db": "0o600",
        "spool": "0o700",
        "public": "0o755",
    }
    assert (fresh / "public" / "index.html").exists()
    assert list((fresh / "public" / "rules").rglob("index.html"))
    assert settings.read(fresh) == Settings(folder=fresh)


def test_commands_to_type_next_name_the_folder_as_a_shell_takes_it(tmp_path: Path) -> None:
    folder = tmp_path / "The River's Post"

    missing = letterdesk("check", folder).stderr
    steps = letterdesk("init", folder).stderr

    typed = [line.partition("letterdesk ")[2] for line in steps.splitlines()]
    commands = [shlex.split(command) for command in [missing.split("one: ")[1], *typed]]
    assert [words[:3] for words in commands if str(folder) in words] == [
        ["letterdesk", "init", str(folder)],
        ["user", "add", str(folder)],
        ["story", "add", str(folder)],
        ["serve", str(folder)],
        ["backup", str(folder), "FILE"],
    ]


def test_init_run_again_changes_nothing_and_says_so(folder: Path) -> None:
    before = tree(folder)

    again = letterdesk("init", folder)

    assert (again.returncode, again.stdout.strip()) == (
        0,
        f"{folder} is a newsroom already and lacks nothing. Nothing was changed.",
    )
    assert tree(folder) == before


def test_of_two_inits_at_once_one_makes_the_newsroom_and_one_finds_it(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "newsroom"
    command = [*LETTERDESK, "init", str(folder)]

    both = [Popen(command, stdout=PIPE, stderr=PIPE, text=True) for _ in range(2)]
    found, made = sorted(one.communicate(timeout=PATIENCE)[0] for one in both)

    assert [one.returncode for one in both] == [0, 0]
    assert made.startswith(f"Made in {folder}: letterdesk.toml, keys/desk.private,")
    assert (
        found == f"{folder} is a newsroom already and lacks nothing. Nothing was changed.\n"
    )


def test_init_mends_what_is_missing_and_keeps_the_keys(folder: Path) -> None:
    before = (folder / "keys" / "desk.private").read_bytes()
    (folder / "keys" / "desk.public").unlink()
    shutil.rmtree(folder / "spool")

    mended = json.loads(done("init", folder, "--json"))

    assert mended == {
        "folder": str(folder),
        "made": ["keys/desk.public", "spool/"],
        "outdated": 0,
    }
    assert (folder / "keys" / "desk.private").read_bytes() == before


def test_init_refuses_to_replace_a_lost_private_key(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "keys" / "desk.private").unlink()

    assert main(["init", str(folder)]) == 1

    assert "desk.private is gone" in told(capfd)[1]
    assert not (folder / "keys" / "desk.private").exists()


PROTECTED = "INSERT INTO desk_protectedname (label, added) VALUES ('him', '2026-11-01')"


def list_a_name(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "desk.db")) as database, database:
        database.execute(PROTECTED)


def test_init_refuses_to_replace_the_key_of_names_while_names_are_listed(
    folder: Path,
) -> None:
    list_a_name(folder)
    names = folder / "keys" / "desk.names"
    key = names.read_bytes()
    names.unlink()

    refused, checked = letterdesk("init", folder), letterdesk("check", folder)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "desk.names is gone or damaged, but names are protected with" in refused.stderr
    assert not names.exists()
    assert (checked.returncode, checked.stdout.count("\n")) == (1, 1)
    assert "desk.names is missing or damaged" in checked.stdout

    names.touch(mode=0o600)
    names.write_bytes(key)
    assert done("init", folder).endswith("Nothing was changed.")
    assert done("check", folder).startswith("All is well.")
    names.write_bytes(bytes(32))
    assert "is not the key that names" in letterdesk("check", folder).stdout


def keep_an_app(folder: Path, secret: str) -> None:
    """Let alice and bob, new accounts, have an app whose secret is kept so."""
    for name in ("alice", "bob"):
        done("user", "add", folder, name, "--role", "editor")
    with closing(sqlite3.connect(folder / "desk.db")) as database, database:
        database.execute(
            "INSERT INTO mfa_authenticator (user_id, type, data, created_at) "
            "SELECT id, 'totp', json_object('secret', ?), '2026-11-01' FROM desk_user",
            (secret,),
        )


def kept_secrets(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / "desk.db")) as database:
        found = database.execute("SELECT data ->> 'secret' FROM mfa_authenticator")
        return {secret for (secret,) in found}


def test_init_seals_the_second_factors_that_an_earlier_version_kept_as_they_are(
    folder: Path,
) -> None:
    keep_an_app(folder, "JBSWY3DPEHPK3PXP")
    (folder / "keys" / "desk.factors").unlink()
    checked = letterdesk("check", folder).stdout

    made = json.loads(done("init", folder, "--json"))["made"]

    assert "desk.factors is missing or damaged: no app" in checked
    assert made[0] == "keys/desk.factors"
    key = settings.read(folder).factors_key
    opened = {sealing.open_factor(one, key) for one in kept_secrets(folder)}
    assert (len(key), opened) == (32, {"JBSWY3DPEHPK3PXP"})
    assert done("check", folder).startswith("All is well.")
    done("keys", "rotate", folder)
    assert settings.read(folder).factors_key == key


def test_init_refuses_to_replace_the_key_of_second_factors_that_are_sealed_with_it(
    folder: Path,
) -> None:
    file = folder / "keys" / "desk.factors"
    key = file.read_bytes()
    keep_an_app(folder, sealing.seal_factor("JBSWY3DPEHPK3PXP", key))
    file.unlink()

    refused, checked = letterdesk("init", folder), letterdesk("check", folder)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "sealed with: 2 (alice, bob). Their codes are refused." in refused.stderr
    assert not file.exists()
    assert checked.stdout == refused.stderr
    file.touch(mode=0o600)
    file.write_bytes(key)
    done("init", folder)
    assert done("check", folder).startswith("All is well.")
    assert file.read_bytes() == key


def test_a_key_of_second_factors_that_is_lost_for_good_has_a_way_out(folder: Path) -> None:
    file = folder / "keys" / "desk.factors"
    keep_an_app(folder, sealing.seal_factor("JBSWY3DPEHPK3PXP", file.read_bytes()))
    needless = letterdesk("keys", "factors", folder)
    file.unlink()

    anew = letterdesk("keys", "factors", folder)
    checked = letterdesk("check", folder).stdout
    for name in anew.stdout.split():
        done("user", "reset", folder, name)

    assert (needless.returncode, needless.stdout) == (1, "")
    assert "no other one is needed" in needless.stderr
    assert (anew.stdout.split(), len(file.read_bytes())) == (["alice", "bob"], 32)
    assert f"letterdesk user reset {folder} NAME" in anew.stderr
    assert "desk.factors is not the key that second factors of these accounts" in checked
    assert kept_secrets(folder) == set()
    assert done("check", folder).startswith("All is well.")


def test_init_makes_the_key_of_names_anew_where_nobody_is_listed(folder: Path) -> None:
    (folder / "keys" / "desk.names").write_bytes(b"")

    assert json.loads(done("init", folder, "--json"))["made"] == ["keys/desk.names"]
    assert len((folder / "keys" / "desk.names").read_bytes()) == 32


@pytest.mark.parametrize("damaged", ["", "k"])
def test_a_key_of_sessions_that_is_too_short_is_refused_named_and_mended(
    damaged: str, folder: Path
) -> None:
    (folder / "keys" / "desk.session").write_text(damaged)

    served = letterdesk("serve", folder, "--only", "desk", "--desk", "127.0.0.1:0")
    checked = letterdesk("check", folder)

    assert served.returncode == 1
    assert "desk.session is too short" in served.stderr.splitlines()[-1]
    assert (checked.returncode, checked.stderr) == (1, "")
    assert "desk.session is too short" in checked.stdout
    assert json.loads(done("init", folder, "--json"))["made"] == ["keys/desk.session"]
    assert done("check", folder).startswith("All is well.")


def test_init_refuses_a_folder_with_something_else_in_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "thesis.odt").touch()

    assert main(["init", str(tmp_path)]) == 1
    assert main(["init", str(tmp_path / "thesis.odt")]) == 1

    assert told(capfd) == (
        "",
        f"{tmp_path} is not empty and not a newsroom: there is thesis.odt in it. Choose a "
        f"folder that is new or empty.\n{tmp_path}/thesis.odt is a file. Choose a folder "
        "that is new or empty.",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]


# Stories, people, tokens.


def test_story_add_prints_the_id_alone_and_the_letterbox_knows_the_story(
    folder: Path, tmp_path: Path
) -> None:
    body = tmp_path / "body.txt"
    body.write_text(
        "The first paragraph.\n\n## A heading\n\n> A quotation.", encoding="utf-8"
    )
    picture = next(Path("src/letterdesk/demo/pictures").glob("*.webp"))

    added = done(
        *("story", "add", folder, *OTHER, "--body", body, "--picture", picture),
        *("--alt", "A ferry", "--caption", "In the harbour", "--risk", "sensitive"),
        *("--credit", "Reported by; Dorin Aspel; English desk", "--credit", "Read by; Ewa"),
    )

    assert is_id(added)
    known = json.loads((folder / "public" / "t" / added / "story.json").read_text())
    assert (known["id"], known["headline"], known["open"]) == (added, "The ferry", True)
    (row,) = query(
        folder,
        f"SELECT desk, risk, credits, picture FROM desk_story WHERE public_id = '{added}'",  # noqa: S608
    )
    assert row[:2] == ("en", "sensitive")
    assert json.loads(str(row[2])) == [
        {"role": "Reported by", "name": "Dorin Aspel", "desk": "English desk"},
        {"role": "Read by", "name": "Ewa", "desk": ""},
    ]
    assert (folder / "public" / json.loads(str(row[3]))["path"]).exists()


def test_the_same_url_is_the_same_story_and_keeps_what_is_not_said_again(
    folder: Path, story: str
) -> None:
    again = ("story", "add", folder, *STORY)
    first = json.loads(done(*again, "--risk", "sensitive", "--desk", "harbour", "--json"))

    second = done(*again)

    assert (first, second) == ({"id": story, "desk": "harbour", "new": False}, story)
    assert query(folder, "SELECT desk, risk FROM desk_story") == [("harbour", "sensitive")]


PICTURE = ("--alt", "x", "--picture", "src/letterdesk/demo/pictures/harbour-ferry.webp")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (("--url", "ftp://x"), "A story's URL begins with https:// or http://, and has"),
        (("--url", "https://u:p@x.example/2"), "has no user name and no password in it."),
        (("--url", "https://x.example:abc/2"), "its host or its port cannot be right."),
        (("--body", "picture.bin"), "is not text. Save it as plain text in UTF-8."),
        (("--picture", "picture.bin", "--alt", "x"), "This file is not a picture"),
        ((*PICTURE, "--url", "ftp://x"), "A story's URL begins with"),
        ((*PICTURE, "--body", "picture.bin"), "is not text."),
        ((*PICTURE, "--caption", "A ferry. " * 200), "It has 1799 characters"),
    ],
)
def test_a_story_that_cannot_be_registered_leaves_nothing(
    changes: tuple[str, ...], sentence: str, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "picture.bin").write_bytes(b"\xff\xfe\x00")
    given = [str(tmp_path / one) if one == "picture.bin" else one for one in changes]

    refused = letterdesk("story", "add", folder, *OTHER, *given)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert sentence in refused.stderr
    assert query(folder, "SELECT count(*) FROM desk_story") == [(1,)]
    assert not list((folder / "public").rglob("picture-*"))


def test_a_pictures_words_change_without_the_picture(folder: Path) -> None:
    picture = next(Path("src/letterdesk/demo/pictures").glob("*.webp"))
    add = ("story", "add", folder, *OTHER)
    story = done(*add, "--picture", picture, "--alt", "A ferry", "--caption", "Old")

    none = letterdesk("story", "add", folder, *STORY, "--caption", "New")
    done(*add, "--caption", "New")
    done(*add, "--alt", "A white ferry")

    assert none.returncode == 2
    assert "no picture that --caption and --alt could belong to" in none.stderr
    page = (folder / "public" / "t" / story / "index.html").read_text(encoding="utf-8")
    assert ("New" in page, "A white ferry" in page, "Old" in page) == (True, True, False)


def test_a_risk_that_is_not_lowered_is_told(folder: Path) -> None:
    done("story", "add", folder, *STORY, "--risk", "sensitive")

    again = letterdesk("story", "add", folder, *STORY, "--risk", "ordinary")

    assert again.returncode == 0
    assert "stays sensitive. To make it ordinary takes two editors" in again.stderr
    assert query(folder, "SELECT risk FROM desk_story") == [("sensitive",)]


def test_lost_pictures_and_strange_files_are_told(folder: Path) -> None:
    picture = next(Path("src/letterdesk/demo/pictures").glob("*.webp"))
    done("story", "add", folder, *OTHER, "--picture", picture, "--alt", "A ferry")
    shutil.rmtree(folder / "public")
    (folder / "public").mkdir()
    (folder / "public/evil.html").write_text("<script>", encoding="utf-8")

    published = letterdesk("publish", folder, "--all", "--json")
    checked = letterdesk("check", folder, "--json")

    (lost,) = json.loads(published.stdout)["lost_pictures"]
    assert published.returncode == 0
    assert lost["path"].startswith("assets/picture-")
    assert f"damaged: 1 ({lost['url']})" in published.stderr
    found = json.loads(checked.stdout)
    assert (checked.returncode, len(found["problems"]), len(found["warnings"])) == (1, 1, 1)
    assert found["files"] == {
        "wrong": [],
        "unfinished": [],
        "pictures": [lost],
        "outcomes": [],
        "unknown": ["evil.html"],
    }


def test_user_add_prints_the_first_password_alone(folder: Path) -> None:
    added = letterdesk("user", "add", folder, "mira", "--role", "moderator", "--desk", "ko")

    assert added.returncode == 0
    assert len(added.stdout.strip()) >= 12
    assert len(added.stdout.splitlines()) == 1
    assert "mira" in added.stderr
    ((stored,),) = query(folder, "SELECT password FROM desk_user WHERE username = 'mira'")
    assert added.stdout.strip() not in str(stored)
    again = letterdesk("user", "add", folder, "mira", "--role", "editor")
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr.strip() == (
        "There is an account mira already. Choose another name; if its owner lost her "
        "password, letterdesk user reset gives her a new one."
    )


def test_token_add_prints_the_token_alone_and_keeps_its_digest(folder: Path) -> None:
    token = done("token", "add", folder, "robot", "--role", "editor")

    assert query(folder, "SELECT role, digest FROM desk_token") == [
        ("editor", hashlib.sha256(token.encode()).hexdigest())
    ]


def test_accounts_are_listed_closed_opened_and_reset(folder: Path) -> None:
    first = done("user", "add", folder, "mira", "--role", "moderator", "--desk", "ko")
    done("user", "add", folder, "ada", "--role", "admin")

    listed = done("user", "list", folder).splitlines()
    closed = json.loads(done("user", "close", folder, "mira", "--json"))
    told = json.loads(done("user", "list", folder, "--json"))["users"]
    opened = done("user", "reopen", folder, "mira")
    second = done("user", "reset", folder, "mira")
    confirmed = json.loads(done("user", "confirm", folder, "mira", "--json"))
    last = letterdesk("user", "close", folder, "ada")
    unknown = letterdesk("user", "reset", folder, "nobody")

    heading = "name role pseudonym desks open program second_factor confirmed"
    assert listed[0].split("\t") == heading.split()
    assert "mira\tmoderator\tModerator 1\tko\tyes\tno\tno\tyes" in listed
    assert closed == {"name": "mira", "open": False}
    assert [(one["name"], one["open"]) for one in told] == [("ada", True), ("mira", False)]
    assert opened == "The account mira is open."
    assert second != first
    assert confirmed == {"name": "mira", "confirmed": True}
    assert (last.returncode, last.stderr.strip()) == (
        1,
        "This is the last admin who can look after accounts. Make somebody else an "
        "admin first, and have her confirmed.",
    )
    assert unknown.stderr.strip() == "There is no account nobody."


def test_what_did_not_open_is_listed_and_discarded(folder: Path) -> None:
    found = settings.read(folder)
    choose.spool(found).put(new_id(), pack_batch([b"no letter", b"neither"]))
    done("collect", folder)

    listed = json.loads(done("unopened", "list", folder, "--json"))["unopened"]
    checked = letterdesk("check", folder)
    wrong = letterdesk("unopened", "discard", folder, "77")
    number = str(listed[0]["number"])
    gone = done("unopened", "discard", folder, number)
    left = done("unopened", "list", folder)

    assert [(one["reason"], one["size"]) for one in listed] == [
        ("seal-broken", 9),
        ("seal-broken", 7),
    ]
    assert "letterdesk unopened discard" in checked.stdout + checked.stderr
    assert wrong.stderr.strip() == "There is nothing unopened with number 77."
    assert gone == "Discarded 1 sealed letter."
    assert left.split("\t")[:2] == [str(listed[1]["number"]), "seal-broken"]


def test_tokens_are_listed_by_number_and_revoked(folder: Path) -> None:
    token = done("token", "add", folder, "robot", "--role", "editor")
    (one,) = json.loads(done("token", "list", folder, "--json"))["tokens"]

    shown = done("token", "list", folder)
    done("token", "revoke", folder, str(one["id"]))
    again = letterdesk("token", "revoke", folder, str(one["id"]))

    assert (one["name"], one["role"]) == ("robot", "editor")
    assert shown.split("\t")[1:3] == ["robot", "editor"]
    assert token not in shown
    assert done("token", "list", folder) == ""
    assert (again.returncode, again.stderr.strip()) == (
        1,
        f"There is no token {one['id']}. letterdesk token list shows the numbers.",
    )


# Passes.


def test_collect_and_publish_say_what_they_did(folder: Path, story: str) -> None:
    put_letters(folder, 3, story=story)

    assert done("collect", folder) == (
        "Collected 3 letters from 1 batch. Known already: 0. Could not be opened: 0. "
        "Screened: 3."
    )
    assert json.loads(done("collect", folder, "--json")) == {
        "batches": 0,
        "letters": 0,
        "repeated": 0,
        "unopened": 0,
        "screened": 0,
        "unread": [],
    }
    assert query(folder, "SELECT state, count(*) FROM desk_comment GROUP BY state") == [
        ("pending", 3)
    ]
    published = json.loads(done("publish", folder, "--json"))
    assert {name: published[name] for name in ("stories", "comments", "outcomes")} == {
        "stories": 0,
        "comments": 0,
        "outcomes": 0,
    }


ON_A_FAILING_DISK = """
import errno, sys
from letterdesk.cli import main
from letterdesk.places import inbox
read = inbox.read_plain
def read_plain(path, **options):
    if path.name == "broken":
        raise OSError(errno.EIO, "Input/output error")
    return read(path, **options)
inbox.read_plain = read_plain
sys.exit(main(sys.argv[1:]))
"""


def test_collecting_from_a_failing_disk_does_the_rest_and_ends_with_status_1(
    folder: Path, story: str
) -> None:
    put_letters(folder, 2, story=story)
    (folder / "spool/broken").write_bytes(b"")

    found = run(
        [sys.executable, "-c", ON_A_FAILING_DISK, "collect", str(folder), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )

    told = json.loads(found.stdout)
    assert (found.returncode, told["letters"], told["screened"]) == (1, 2, 2)
    assert "cannot be read: 1 (broken)." in found.stderr
    assert [file.name for file in (folder / "spool").iterdir()] == ["broken"]


def test_a_story_that_cannot_be_published_is_told_and_holds_up_no_other(
    folder: Path, story: str
) -> None:
    other = done("story", "add", folder, *OTHER)
    put_letters(folder, 1, story=story)
    done("collect", folder)
    with sqlite3.connect(folder / "desk.db") as database:
        database.execute(
            "UPDATE desk_comment SET state = 'published', place = 1, cuts = '[[1]]', "
            "published = arrived"
        )
        database.execute(
            "UPDATE desk_story SET changed = 1, headline = 'The ferry comes back'"
        )
    database.close()
    pages = [folder / "public" / "t" / one / "index.html" for one in (story, other)]

    published = letterdesk("publish", folder, "--json")
    checked = letterdesk("check", folder)
    again = letterdesk("story", "add", folder, *STORY)

    (failed,) = json.loads(published.stdout)["failed"]
    assert [published.returncode, checked.returncode] == [1, 1]
    assert (failed["story"], failed["part"]) == (story, "page")
    assert failed["why"].startswith("code=unexpected error=ValueError at=cuts.py:")
    sentence = (
        f"The press could not publish the story {STORY[1]}: {failed['why']}. "
        f"Since {failed['since']} its readers see what was published before; no other "
        "story waits for it. It is tried again at every slot. Pass this line on to whoever "
        "looks after Letterdesk."
    )
    assert published.stderr.strip() == sentence
    assert checked.stdout.strip() == sentence
    assert ["comes back" in page.read_text("utf-8") for page in pages] == [False, True]
    assert (again.returncode, again.stdout.strip()) == (1, story)
    assert sentence in again.stderr


def test_after_an_update_init_leaves_the_pages_and_publish_renews_them(
    folder: Path, story: str
) -> None:
    file = folder / settings.FILE
    file.write_text(file.read_text().replace("#comments_per_page", "comments_per_page"))
    file.write_text(
        file.read_text().replace("comments_per_page = 100", "comments_per_page = 7")
    )

    letterdesk("init", str(folder))
    waiting = json.loads(done("init", str(folder), "--json"))
    told = json.loads(done("publish", str(folder), "--json"))
    again = json.loads(done("init", str(folder), "--json"))

    assert (waiting["outdated"], told["renewed"], again["outdated"]) == (1, 1, 0)


def test_a_letter_sealed_to_an_older_key_is_still_opened(folder: Path, story: str) -> None:
    put_letters(folder, 1, story=story)
    old = done("keys", "list", folder)

    new = json.loads(done("keys", "rotate", folder, "--json"))["key"]
    put_letters(folder, 1, story=story)

    listed = letterdesk("keys", "list", folder)
    assert listed.stdout.splitlines() == [new, old]
    assert listed.stderr.startswith(f"{new} seals the letters that come now. The others")
    told = json.loads(done("keys", "list", folder, "--json"))
    assert told == {"keys": [new, old], "seals": new}
    assert json.loads(done("collect", folder, "--json"))["letters"] == 2


# triage learn.


def test_learning_without_decisions_says_that_there_is_nothing_new(folder: Path) -> None:
    assert done("triage", "learn", folder) == "There is nothing new to learn from."
    assert json.loads(done("triage", "learn", folder, "--json")) == {"learnt": []}


def test_learning_while_another_process_learns_does_nothing(folder: Path) -> None:
    with (folder / "learning.lock").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)

        said = done("triage", "learn", folder)

    assert said == "Another process is learning already."


# check and audit verify.


def test_check_says_that_all_is_well_and_what_it_looked_at(fresh: Path) -> None:
    assert done("check", fresh) == (
        "All is well. Checked: keys, places, disks, database, audit log, letters, press, "
        "mails, models, published files, rules, encoder."
    )


@pytest.mark.parametrize(
    ("harm", "begins"),
    [
        ("DELETE FROM django_migrations WHERE app = 'desk'", "The desk's tables are older"),
        ("", "There is no desk.db in"),
    ],
)
def test_check_calls_tables_that_cannot_be_used_a_problem(
    harm: str, begins: str, folder: Path
) -> None:
    if harm:
        with sqlite3.connect(folder / "desk.db") as database:
            database.execute(harm)
        database.close()
    else:
        (folder / "desk.db").unlink()

    found = letterdesk("check", folder)
    asked = letterdesk("check", folder, "--json")

    assert (found.returncode, asked.returncode, found.stderr) == (1, 1, "")
    assert found.stdout.startswith(begins)
    assert json.loads(asked.stdout) == {
        "problems": [found.stdout.strip()],
        "warnings": [],
        "files": {},
        "checked": [],
    }


def test_check_warns_of_an_encoder_that_is_damaged(folder: Path, tmp_path: Path) -> None:
    package = tmp_path / "packages" / "letterdesk_encoder"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "encoders.json").write_text("[1]")
    where = {"PYTHONPATH": str(package.parent), "LETTERDESK_ENCODER": ""}

    found = letterdesk("check", folder, **where)
    asked = letterdesk("check", folder, "--json", **where)

    assert (found.returncode, asked.returncode) == (0, 0)
    said, warning = found.stdout.splitlines()
    assert said.startswith("All is well.")
    assert warning == (
        "The encoder that is installed is damaged, or cannot be read (encoders.json is "
        "none): the tables score comments alone. Install it again (in a clone: git restore "
        "encoder, then make encoder; with pip: pip install --force-reinstall ./encoder) "
        "and restart the desk, the worker and triage serve."
    )
    facts = json.loads(asked.stdout)
    assert (facts["problems"], facts["warnings"]) == ([], [warning])


def test_check_names_what_is_wrong(folder: Path) -> None:
    (folder / "public" / "index.html").write_text("defaced")

    found = letterdesk("check", folder, "--json")

    assert found.returncode == 1
    (problem,) = json.loads(found.stdout)["problems"]
    assert (
        "Published files that are missing or not as the press wrote them: 1 (index.html)."
        in problem
    )


def test_letterbox_is_slowed_down_closed_and_opened_again(folder: Path) -> None:
    switch = folder / "letterbox.switch"

    told = [done("letterbox", folder)]
    for state in ("slow", "closed", "open"):
        told.append(done("letterbox", folder, state))
        told.append(switch.read_text() if switch.exists() else "")

    assert [one.split(":")[0] for one in told] == [
        "The letterbox is open, as far as its budgets go.",
        *("The letterbox is slow", "slow\n"),
        *("The letterbox is closed", "closed\n"),
        *("The letterbox is open, as far as its budgets go.", ""),
    ]
    assert json.loads(done("letterbox", folder, "closed", "--json")) == {"state": "closed"}
    told = letterdesk("letterbox", folder, "closed").stderr
    assert told.startswith(f"So is the one that runs on {folder}, and no other.")
    assert letterdesk("letterbox", folder).stderr == ""
    assert letterdesk("letterbox", folder, "ajar").returncode == 2
    assert done("letterbox", folder, "--json") == '{"state": "closed"}'


# When the machine fails.


def refuse_database(folder: Path) -> None:
    address = "postgresql://desk:hunter2@127.0.0.1:1/news"
    write_settings(folder, Settings(desk=Desk(database=address)))


def refuse_bucket(folder: Path) -> None:
    access = BucketAccess(
        endpoint="http://127.0.0.1:1", access_key="a", secret_key="hunter2"
    )
    write_settings(folder, Settings(places=Places(spool="s3://news/spool"), bucket=access))


def spoil_database(folder: Path) -> None:
    (folder / "desk.db").write_bytes(b"not a database" * 100)


def spoil_keys(folder: Path) -> None:
    (folder / "keys" / "desk.private").write_text("{}")


def spoil_spool(folder: Path) -> None:
    (folder / "spool").rmdir()
    (folder / "spool").symlink_to("spool")


@pytest.mark.parametrize(
    ("harm", "begins"),
    [
        (refuse_database, "The database that desk.database in letterdesk.toml names"),
        (refuse_bucket, "Could not list . in the bucket:"),
        (spoil_database, "desk.db is not a database. Restore the last"),
        (spoil_keys, "The key file "),
        (spoil_spool, "Could not list .:"),
    ],
)
def test_a_failing_machine_is_told_in_one_sentence(
    harm: Callable[[Path], None], begins: str, folder: Path
) -> None:
    harm(folder)

    failed = letterdesk("collect", folder)

    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.startswith(begins)
    assert failed.stderr.count("\n") == 1
    assert "hunter2" not in failed.stderr


@pytest.mark.parametrize(
    "written", ["nonsense", "127.0.0.1", ":8000", "a b:1", "host:http"]
)
def test_an_address_that_is_none_is_wrong_usage(
    folder: Path, written: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", str(folder), "--letterbox", written]) == 2

    assert f"{written!r} is not HOST:PORT" in told(capfd)[1]


def test_statements_are_written_as_csv(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "statements.csv"

    done("export", "statements", str(folder), str(file), "--from", "2026-01-01")
    told(capfd)
    wrong = letterdesk("export", "secrets", str(folder), str(file))

    [head] = file.read_text().splitlines()  # nobody has decided anything in this newsroom
    assert head.startswith('"decision_visibility"')
    assert wrong.returncode == 2


def test_a_tip_is_opened_by_the_holder_of_its_key_only(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    key, other = tmp_path / "anna", tmp_path / "ben"
    for one in (key, other):
        assert main(["tip", "key", str(one)]) == 0
    [public, *_] = sealing.read_public_keys(tmp_path / "anna.public")
    tip = a_letter(kind="tip", text="Look in the harbour.", contact="jo@mail.example")
    sealed = tmp_path / "tip.sealed"
    sealed.write_bytes(sealing.seal(tip, public))
    told(capfd)

    assert main(["tip", "open", str(tmp_path / "anna.private"), str(sealed)]) == 0
    opened = told(capfd)[0]
    assert main(["tip", "open", str(tmp_path / "ben.private"), str(sealed)]) == 1
    assert main(["tip", "key", str(key)]) == 1

    assert opened.endswith("Contact: jo@mail.example\n\nLook in the harbour.")
    assert "There is a key at" in told(capfd)[1]
    mode = stat.S_IMODE((tmp_path / "anna.private").stat().st_mode)
    assert mode == 0o600
