"""Files that no command writes, however they are named."""

from pathlib import Path

import pytest

from letterdesk.domain.errors import SettingWrong
from letterdesk.newsroom.keys import make_pair
from letterdesk.newsroom.outputs import refuse_own
from letterdesk.newsroom.settings_file import settings_file
from letterdesk.settings import FILE, Places, Settings, Tips, read


@pytest.fixture
def newsroom(tmp_path: Path) -> Settings:
    """A newsroom with keys, database and public place behind links."""
    folder = tmp_path / "newsroom"
    for made in ("newsroom/spool", "www", "vault", "elsewhere"):
        (tmp_path / made).mkdir(parents=True)
    (folder / "keys").symlink_to("../vault")
    (tmp_path / "vault/desk.private").write_bytes(b"key")
    (tmp_path / "elsewhere/desk.db").write_bytes(b"rows")
    (folder / "desk.db").symlink_to("../elsewhere/desk.db")
    (folder / "public").symlink_to("../www")
    places = Places(public="public")
    wanted = Settings(places=places, tips=Tips(key="tips.public"))
    (folder / FILE).write_text(settings_file(wanted))
    (tmp_path / "also").symlink_to("newsroom")
    (tmp_path / "out").symlink_to("newsroom/desk.db")
    (tmp_path / "www/out").symlink_to("/nowhere")
    return read(folder)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("newsroom/desk.db", "a part of the newsroom itself"),
        ("newsroom/desk.db-shm", "a part of the newsroom itself"),
        ("newsroom/letterbox.switch", "a part of the newsroom itself"),
        ("newsroom/import.lock", "a part of the newsroom itself"),
        ("newsroom/.backup/desk.db", "a part of the newsroom itself"),
        ("newsroom/tips.public", "a part of the newsroom itself"),
        ("newsroom/keys", "a part of the newsroom itself"),
        ("also/spool/../desk.db", "a part of the newsroom itself"),
        ("vault/desk.private", "a part of the newsroom itself"),
        ("vault/new", "a part of the newsroom itself"),
        ("elsewhere/desk.db", "a part of the newsroom itself"),
        ("out", "a part of the newsroom itself"),
        ("also/spool/new", "would lie in the spool"),
        ("www/new", "would lie in the public place"),
        ("www/out", "would lie in the public place"),
        ("also/public/t/new", "would lie in the public place"),
    ],
)
def test_a_part_of_the_newsroom_is_refused_by_every_name(
    name: str, sentence: str, newsroom: Settings, tmp_path: Path
) -> None:
    with pytest.raises(SettingWrong, match=sentence):
        refuse_own(newsroom, tmp_path / name)


@pytest.mark.parametrize(
    "name", ["backup.age", "newsroom/export.ndjson", "elsewhere/desk.db.age"]
)
def test_what_is_no_part_of_it_may_be_written(
    name: str, newsroom: Settings, tmp_path: Path
) -> None:
    assert refuse_own(newsroom, tmp_path / name) is None


@pytest.mark.parametrize("name", ["public/tip", "public/t/tip", "spool/tip", "keys/tip"])
def test_no_key_of_tips_is_made_inside_a_newsroom(
    name: str, newsroom: Settings, tmp_path: Path
) -> None:
    (tmp_path / "www/t").mkdir()

    with pytest.raises(SettingWrong, match="Choose another folder"):
        make_pair(newsroom.folder / name)

    assert not list(tmp_path.rglob("tip.*"))
    assert [path.name for path in make_pair(tmp_path / "tip")] == [
        "tip.private",
        "tip.public",
    ]
