"""What a reader must load, in bytes as they are sent. `benchmarks.weight` has the times."""

from letterdesk.press.variants import with_variants
from letterdesk.reader.assets import asset, assets, embed_files
from letterdesk.tags import LANGUAGES
from tests.press.stories import press
from tests.values import a_story

TO_READ = 4_000
TO_WRITE = 8_900
READING = ("embed.js", "embed.css")
WRITING = ("embed-form.css", "write.js", "receipt.js", "seal.js", "altcha.js")


def sent(name: str) -> int:
    """Give the bytes of an asset in brotli, as the press leaves them."""
    path = "embed.js" if name == "embed.js" else asset(name)
    packed = with_variants({**assets(), **embed_files()})
    return len(packed[f"{path}.br"])


def test_to_read_in_a_foreign_page_takes_two_files_and_4_kilobytes() -> None:
    assert sum(map(sent, READING)) <= TO_READ
    script = embed_files()["embed.js"].decode()
    assert asset("embed.css").removeprefix("assets/") in script


def test_to_write_sealed_takes_8_9_kilobytes_more_in_every_language() -> None:
    scripts = sum(map(sent, WRITING))
    forms = {
        language: len(
            with_variants(
                {"form.html": press([], story=a_story(language=language))["form.html"]}
            )["form.html.br"]
        )
        for language in LANGUAGES
    }

    assert {
        tag: scripts + form for tag, form in forms.items() if scripts + form > TO_WRITE
    } == {}
