"""The short form of benchmarks.hostile."""

import pytest

from benchmarks import chromium, hostile, hostile_strings
from tests.corpora import corpus


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> hostile.Result:
    """A newsroom into which a sample of the corpora was sent: of all of them, and ours.

    Where the corpora are not beside the project, ours alone.
    """
    sources = hostile.draw(hostile_strings.strings(), 300)
    has_browser = bool(chromium.path())
    folder = tmp_path_factory.mktemp("hostile") / "newsroom"
    return hostile.run(folder, sources, browser=has_browser)


def test_every_corpus_has_a_part_in_the_sample() -> None:
    corpus("README.md")

    assert [name for name, some in hostile_strings.strings().items() if not some] == []


def test_strings_are_stored_equal_or_refused_at_every_door(result: hostile.Result) -> None:
    assert {done.door: done.faults() for done in result.doors} == dict.fromkeys(
        [one.door for one in result.doors], 0
    )
    taken = {done.door: done.statuses[201] + done.statuses[202] for done in result.doors}
    assert min(taken[door] for door in ("text", "name", "notice", "appeal")) > 10
    [altcha] = [done for done in result.doors if done.door == "altcha"]
    assert set(altcha.statuses) == {201, 422}  # a wrong proof is none; 422: not UTF-8
    for door in ("text", "name", "notice", "appeal", "contact", "code", "reply_to"):
        assert next(one for one in result.doors if one.door == door).statuses[422] > 0


def test_what_is_published_of_them_is_text(result: hostile.Result) -> None:
    assert {one.name: one.wrong for one in result.exits} == {
        "index.html": [],
        "thread.html": [],
        "thread.json": [],
        "feed.atom, the newest": [],
    }
    assert min(one.count for one in result.exits) > 20


def test_nothing_runs_in_a_browser(result: hostile.Result) -> None:
    if result.browser is None:
        pytest.skip(chromium.MISSING)

    assert result.browser.trial == 1  # a planted script is seen
    assert (result.browser.ran, result.browser.requests) == ([], [])
    assert result.browser.strings > 10
