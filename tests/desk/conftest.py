"""What the desk's tests may use. They run on SQLite and on PostgreSQL."""

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import brotli
import pytest
from django.conf import settings as django_settings
from django.core.handlers.base import BaseHandler
from django.test.client import ClientHandler

from letterdesk import sealing
from letterdesk.desk.queries.people import Person
from letterdesk.places.folder import Folder
from letterdesk.sealing import PrivateKey
from letterdesk.settings import Settings
from tests.desk import rows
from tests.desk.databases import choose_database


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    worker = getattr(request.config, "workerinput", {}).get("workerid", "only")
    choose_database(tmp_path_factory.mktemp("database"), worker=worker)


@pytest.fixture(scope="session", autouse=True)
def _one_desk() -> Iterator[None]:
    """Let all browsers meet one desk, as they do where it runs: it reads its files once."""
    running = ClientHandler()
    BaseHandler.load_middleware(running)
    loaded = {name: one for name, one in vars(running).items() if "middleware" in name}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            ClientHandler, "load_middleware", lambda handler: vars(handler).update(loaded)
        )
        yield


@pytest.fixture(scope="session", autouse=True)
def _packed_once() -> Iterator[None]:
    """Compress the same bytes once: what all pages need is written by every test anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(brotli, "compress", lru_cache(maxsize=512)(brotli.compress))
        yield


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A newsroom's folder without a letterdesk.toml, which the desk takes for its own."""
    made = Settings(folder=tmp_path)
    for name, mode in (("public", 0o755), ("spool", 0o700)):
        (tmp_path / name).mkdir(mode)
    monkeypatch.setattr(django_settings, "NEWSROOM", made)
    return made


@pytest.fixture
def public(newsroom: Settings) -> Folder:
    return Folder(root=newsroom.folder / "public")


@pytest.fixture
def spool(newsroom: Settings) -> Folder:
    return Folder(root=newsroom.folder / "spool", mode=0o600)


@pytest.fixture(scope="session")
def key() -> PrivateKey:
    return sealing.new_key()


@pytest.fixture
def moderator(db: None) -> Person:
    return rows.make_person("mina")


@pytest.fixture
def colleague(db: None) -> Person:
    return rows.make_person("noor")


@pytest.fixture
def editor(db: None) -> Person:
    return rows.make_person("erin", role="editor")


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords quickly: how slowly they are hashed is Django's business."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(django_settings, "PASSWORD_HASHERS", hashers)


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait for the disk: for tests of dying processes, not of power cuts."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
