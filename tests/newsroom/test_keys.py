import os
import stat
from pathlib import Path

import pytest

from letterdesk import sealing, settings
from letterdesk.domain.errors import KeyTooShort, SettingWrong
from letterdesk.newsroom.keys import make_keys, rotate_keys
from letterdesk.settings import Settings, Site
from tests.values import a_letter


@pytest.fixture
def newsroom(tmp_path: Path) -> Settings:
    (tmp_path / settings.FILE).touch()
    return settings.read(tmp_path)


def made(newsroom: Settings) -> list[str]:
    return [path.name for path in make_keys(newsroom)]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_secret_keys_are_their_owners_only_whatever_the_umask(newsroom: Settings) -> None:
    before = os.umask(0)
    try:
        assert made(newsroom) == ["desk.private", "desk.public", "desk.session"]
    finally:
        os.umask(before)

    folder = newsroom.private_keys.parent
    assert {path.name: mode(path) for path in [folder, *folder.iterdir()]} == {
        "keys": 0o700,
        "desk.private": 0o600,
        "desk.public": 0o644,
        "desk.session": 0o600,
    }


def test_what_the_public_key_seals_the_private_key_opens(newsroom: Settings) -> None:
    make_keys(newsroom)

    sealed = sealing.seal(a_letter(), sealing.read_public_keys(newsroom.public_keys)[0])

    private = sealing.read_private_keys(newsroom.private_keys)
    assert sealing.open_letter(sealed, private) == a_letter()


def test_a_second_time_nothing_is_made(newsroom: Settings) -> None:
    make_keys(newsroom)
    before = newsroom.private_keys.read_bytes()

    assert made(newsroom) == []
    assert newsroom.private_keys.read_bytes() == before


@pytest.mark.parametrize("damaged", [b"", b"k", b"k" * 31 + b"\n"])
def test_a_key_of_sessions_that_is_too_short_signs_nothing_and_is_made_anew(
    damaged: bytes, newsroom: Settings
) -> None:
    make_keys(newsroom)
    newsroom.session_file.write_bytes(damaged)

    with pytest.raises(KeyTooShort, match=r"desk\.session is too short.* letterdesk init"):
        _ = newsroom.session_key

    assert made(newsroom) == ["desk.session"]
    assert len(newsroom.session_key) == 64


@pytest.mark.parametrize("name", ["desk.names", "desk.session"])
def test_a_key_that_cannot_be_read_is_named_and_never_made_anew(
    name: str, newsroom: Settings
) -> None:
    make_keys(newsroom)
    file = newsroom.folder / "keys" / name
    file.unlink(missing_ok=True)
    file.mkdir()  # nobody reads that, root neither

    with pytest.raises(SettingWrong, match="cannot be read by this user: ") as raised:
        _ = newsroom.names_key, newsroom.session_key

    assert str(file) in raised.value.sentence
    if name == "desk.session":
        with pytest.raises(SettingWrong, match="cannot be read by this user"):
            make_keys(newsroom)
    assert file.is_dir()


def test_a_lost_public_key_is_made_from_the_private_one(newsroom: Settings) -> None:
    make_keys(newsroom)
    before = newsroom.public_keys.read_bytes()
    newsroom.public_keys.unlink()

    assert made(newsroom) == ["desk.public"]
    assert newsroom.public_keys.read_bytes() == before


def test_a_lost_private_key_is_not_replaced_while_the_public_one_is_in_use(
    newsroom: Settings,
) -> None:
    make_keys(newsroom)
    newsroom.private_keys.unlink()

    with pytest.raises(
        SettingWrong, match=r"desk\.private is gone, but desk\.public is there"
    ):
        make_keys(newsroom)

    assert not newsroom.private_keys.exists()


def test_lost_keys_are_not_replaced_while_letters_are_sealed_to_them(
    newsroom: Settings,
) -> None:
    make_keys(newsroom)
    newsroom.private_keys.unlink()
    newsroom.public_keys.unlink()
    (newsroom.folder / "spool").mkdir()
    (newsroom.folder / "spool" / "batch").write_bytes(b"sealed")

    with pytest.raises(SettingWrong, match="there are letters in the spool"):
        make_keys(newsroom)

    assert not newsroom.private_keys.exists()


@pytest.mark.parametrize(
    ("lost", "anew"),
    [
        ("mail.public", ["mail.public"]),
        ("mail.private", ["mail.private", "mail.public"]),
    ],
)
def test_a_lost_half_of_the_key_to_mail_addresses_is_made_anew(
    newsroom: Settings, lost: str, anew: list[str]
) -> None:
    mails = Settings(folder=newsroom.folder, site=Site(answers_by_mail=True))
    make_keys(mails)
    private, public = mails.mail_keys
    before = private.read_bytes()
    private.with_name(lost).unlink()

    assert made(mails) == anew

    keys = sealing.read_private_keys(private)
    assert [key.public for key in keys] == sealing.read_public_keys(public)
    assert (private.read_bytes() == before) is (lost == "mail.public")
    assert made(mails) == []


def test_after_a_rotation_the_new_key_seals_and_the_old_one_still_opens(
    newsroom: Settings,
) -> None:
    make_keys(newsroom)
    (old,) = sealing.read_public_keys(newsroom.public_keys)

    new = rotate_keys(newsroom)

    private = sealing.read_private_keys(newsroom.private_keys)
    assert sealing.read_public_keys(newsroom.public_keys) == [new, old]
    assert [key.public for key in private] == [new, old]
    for key in (new, old):
        assert sealing.open_letter(sealing.seal(a_letter(), key), private) == a_letter()


def test_a_rotation_without_a_private_key_is_refused(newsroom: Settings) -> None:
    with pytest.raises(SettingWrong, match="There is no key file"):
        rotate_keys(newsroom)
