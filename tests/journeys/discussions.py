"""Pages as the press makes them, in every language, in the public place of a newsroom."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import newsroom
from letterdesk.domain.edit import find_cuts
from letterdesk.domain.story import Credit, Picture, Story
from letterdesk.domain.thread import Published
from letterdesk.places.folder import Folder
from letterdesk.press.site import (
    index_files,
    report_files,
    rules_files,
    unavailable_files,
)
from letterdesk.press.story import story_files
from letterdesk.reader.assets import assets
from letterdesk.reader.terms import shipped, terms
from letterdesk.settings import Site
from letterdesk.tags import LANGUAGES
from tests import newsrooms
from tests.values import a_comment, an_id

_HERE = Path(__file__).parent
_PICTURE = Path("src/letterdesk/demo/pictures/harbour-ferry.webp")
WORDS = tomllib.loads((_HERE / "discussions.toml").read_text(encoding="utf-8"))


def story_id(language: str) -> str:
    """Give the id of the story in a language."""
    return an_id(LANGUAGES.index(language) + 1)


def story(language: str) -> Story:
    """Give the story with its picture and its credits."""
    said = WORDS[language]
    return Story(
        id=story_id(language),
        url=f"https://news.example/{language}/ferry",
        headline=said["headline"],
        language=language,
        registered="2026-11-20",
        credits=(Credit(role=said["role"], name="Nell Cawdry"),),
        picture=Picture(
            path="assets/picture-0123456789.webp",
            width=1600,
            height=1000,
            alt=said["caption"],
            caption=said["caption"],
        ),
        body=said["body"],
    )


def discussion(language: str) -> list[Published]:
    """Give a pick with a cut, an answer to it, one in another language, and a gap."""
    said = WORDS[language]
    other = WORDS["ug" if language != "ug" else "ko"]
    return [
        a_comment(
            id=an_id(1),
            order=1,
            name=said["name"],
            text=said["first"],
            cuts=find_cuts(said["first"], said["cut"]),
            rules=("3",),
            is_pick=True,
        ),
        a_comment(
            id=an_id(2),
            order=2,
            name=said["answers"],
            text=said["reply"],
            reply_to=an_id(1),
        ),
        a_comment(
            id=an_id(3),
            order=3,
            name="",
            text=other["reply"],
            language="ug" if language != "ug" else "ko",
        ),
        a_comment(id=an_id(4), order=4, name="", text="", is_gone=True),
        a_comment(
            id=an_id(5), order=5, name=said["name"], text=said["reply"], reply_to=an_id(4)
        ),
    ]


def long_comment(language: str) -> Published:
    """Give a comment of 1,200 short lines."""
    name = WORDS[language]["name"]
    text = "\n".join(f"{number} {name}" for number in range(1, 1_201))
    return a_comment(id=an_id(6), order=6, name=name, text=text)


@contextmanager
def served(folder: Path, *, with_long: bool = False) -> Iterator[str]:
    """Serve a newsroom that publishes in every language; give its address."""
    told = {"name": "River Post", "languages": LANGUAGES, "contact": "a@b.example"}
    made = newsrooms.make(folder, settings={"site": told})
    address = f"http://127.0.0.1:{made.letterbox}"
    with newsroom.serving(made, only=["letterbox"]):
        publish(made.public, Site(url=address, **told), with_long=with_long)
        yield address


def publish(public: Path, site: Site, *, with_long: bool = False) -> None:
    """Put every page of every language into the public place."""
    every = {language: terms(language) for language in LANGUAGES}
    listed = [(story(language), 4) for language in LANGUAGES]
    figures = {"2026-11": {"received": 40, "published": 31, "edited": 5, "rule 3": 5}}
    files = {
        **assets(),
        "assets/picture-0123456789.webp": _PICTURE.read_bytes(),
        **rules_files((shipped(),), site=site),
        **index_files(listed, site=site),
        **unavailable_files(site=site),
        **report_files(figures, {"number": 7, "digest": "0" * 64}, site=site),
    }
    for language in LANGUAGES:
        files |= story_files(
            story(language),
            discussion(language) + ([long_comment(language)] if with_long else []),
            site=site,
            terms=every[language],
            per_page=100,
            slot_minutes=60,
        )
    place = Folder(root=public)
    for path, raw in files.items():
        for variant in (".br", ".gz"):  # of what the press had published before
            place.remove(path + variant)
        place.put(path, raw)
