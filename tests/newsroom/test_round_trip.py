"""What one newsroom exports, another one imports: the same comments, states and days."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from letterdesk.domain.edit import Cut, published_text
from letterdesk.domain.text import tame
from letterdesk.reader.names import left_out
from tests.newsrooms import copy, demo, fresh
from tests.processes import done, letterdesk

__all__ = ["demo", "fresh"]

STATES = {
    "pending": "pending",
    "held": "pending",
    "approved": "pending",
    "published": "published",
    "rejected": "rejected",
    "retracted": "rejected",
}
Told = list[tuple[str, ...]]


def lines(newsroom: Path, file: Path) -> list[dict]:
    done("export", "letterdesk", newsroom, file)
    return [json.loads(line) for line in file.read_bytes().splitlines()]


def words(line: dict) -> str:
    """Give a comment's words as readers get them, every run of white space as one space."""
    cuts = [Cut(**cut) for cut in line.get("cuts", ())]
    cuts = [replace(cut, note=cut.note or "…") for cut in cuts]
    text = tame(published_text(line.get("text", ""), cuts))
    return " ".join(text.replace("[…]", " […] ").split())


def name(line: dict, language: str) -> str:
    """Give a comment's name, or what stands for one that was left out."""
    if line.get("name_left_out"):
        return left_out(language)
    return tame(line.get("name", ""))


def told(found: list[dict], *, waits: str = "") -> Told:
    """Give what two newsrooms should agree on; published ones under `waits` are pending."""
    stories = {line["id"]: line for line in found if line["kind"] == "story"}
    comments = {line["id"]: line for line in found if line["kind"] == "comment"}
    kept = [line for line in comments.values() if line["state"] in STATES]
    return sorted(
        (
            stories[line["story"]]["url"],
            words(line),
            name(line, stories[line["story"]]["language"]),
            "pending"
            if stories[line["story"]]["risk"] == waits and line["state"] == "published"
            else STATES[line["state"]],
            line.get("published", line["arrived"]),
            words(comments.get(line.get("reply_to", ""), {})),
        )
        for line in kept
    )


def arrived(newsroom: Path, name: str, file: Path) -> tuple[list[dict], dict]:
    said = json.loads(done("import", name, newsroom, file, "--json"))
    again = json.loads(done("import", name, newsroom, file, "--json"))
    assert sum(again["imported"].values()) == 0
    return lines(newsroom, newsroom.parent / "arrived.ndjson"), said


def languages(found: list[dict]) -> dict[str, str]:
    return {one["url"]: one["language"] for one in found if one["kind"] == "story"}


@pytest.mark.parametrize("system", ["letterdesk", "wordpress", "coral"])
def test_another_newsroom_has_the_same_comments(
    system: str, demo: Path, fresh: Path, tmp_path: Path
):
    there, here = copy(demo, tmp_path / "there"), copy(fresh, tmp_path / "here")
    wanted = lines(there, tmp_path / "there.ndjson")
    file = tmp_path / "comments.out"
    done("export", system, there, file)
    if system == "coral":
        with zipfile.ZipFile(file) as archive:
            archive.extractall(tmp_path)
        file = tmp_path / "comments.csv"

    found, said = arrived(here, system, file)

    waits = "" if system == "coral" else "sensitive"
    due = told(wanted, waits=waits)
    assert "[name left out]" in {one[2] for one in due}
    if system == "coral":  # waiting ones stay behind; who gave no name has a name there
        due = [one for one in due if one[3] != "pending"]
        nameless = [one for one in told(found) if one[2]]
        assert len(nameless) == len(due)
        assert "[name left out]" in {one[2] for one in nameless}
        assert [(*one[:2], *one[3:]) for one in told(found)] == [
            (*one[:2], *one[3:]) for one in due
        ]
    else:
        assert told(found) == due
        assert languages(wanted).items() <= languages(found).items()
    assert len(due) > 40
    assert sum(said["imported"].values()) == len(due)


def test_a_torn_or_changed_file_is_noticed(demo: Path, fresh: Path, tmp_path: Path):
    there, here = copy(demo, tmp_path / "there"), copy(fresh, tmp_path / "here")
    lines(there, tmp_path / "whole")
    raw = (tmp_path / "whole").read_bytes()
    (tmp_path / "torn").write_bytes(raw[: len(raw) // 2])
    (tmp_path / "changed").write_bytes(raw.replace(b'"rejected"', b'"approved"', 1))
    (tmp_path / "newer").write_bytes(raw.replace(b'"schema":1', b'"schema":2', 1))
    (tmp_path / "other").write_text('{"kind":"something"}\n')

    said = {
        name: letterdesk("import", "letterdesk", here, tmp_path / name)
        for name in ("torn", "changed", "newer", "other")
    }

    assert {one.returncode for one in said.values()} == {1}
    assert "torn ends in the middle" in said["torn"].stderr
    assert (
        "changed or damaged after it was written: its last line" in said["changed"].stderr
    )
    assert "of schema 2" in said["newer"].stderr
    assert "does not begin as an export" in said["other"].stderr
