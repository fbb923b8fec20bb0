import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from letterdesk.letterbox.files import Files
from letterdesk.letterbox.terms import PublishedTerms
from letterdesk.places.folder import Folder
from letterdesk.press.data import terms_facts, to_json
from letterdesk.reader.terms import terms

OURS = replace(terms("en"), version="2", title="House rules")


@pytest.fixture
def public(tmp_path: Path) -> Folder:
    return Folder(root=tmp_path)


def find(public: Folder, language: str, version: str = "") -> object:
    known = PublishedTerms(Files(public))
    return asyncio.run(known.find(language, version=version))


def test_published_terms_are_those_that_count(public: Folder) -> None:
    public.put("rules/en/terms.json", to_json(terms_facts(OURS)))
    public.put("rules/en/1/terms.json", to_json(terms_facts(terms("en"))))

    assert find(public, "en") == OURS
    assert find(public, "en", "1") == terms("en")


@pytest.mark.parametrize("raw", [None, b"", b"{}", b"[1", b'{"version": 3}'])
def test_without_readable_ones_what_we_ship_counts(
    public: Folder, raw: bytes | None
) -> None:
    if raw is not None:
        public.put("rules/ko/terms.json", raw)

    assert find(public, "ko") == terms("ko")


@pytest.mark.parametrize("version", ["../../x", "7", "a b"])
def test_an_unknown_version_is_no_error(public: Folder, version: str) -> None:
    assert find(public, "en", version) == terms("en")


def test_what_is_published_anew_is_read_anew(public: Folder) -> None:
    known = PublishedTerms(Files(public))

    async def twice() -> list[str]:
        public.put("rules/en/terms.json", to_json(terms_facts(terms("en"))))
        first = await known.find("en")
        public.put("rules/en/terms.json", to_json(terms_facts(OURS)))
        return [first.title, (await known.find("en")).title]

    assert asyncio.run(twice()) == [terms("en").title, "House rules"]
