import hashlib
import json
import re

from letterdesk.reader.assets import asset, assets, embed_files
from letterdesk.tags import LANGUAGES


def test_assets_are_named_by_their_content():
    for path, raw in assets().items():
        digest = re.fullmatch(r"assets/[a-z\-]+-([0-9a-f]{10})\.(css|js|svg)", path)
        assert digest
        assert hashlib.sha256(raw).hexdigest().startswith(digest[1])


def test_scripts_and_styles_name_each_other_by_content():
    named = {
        path
        for raw in [*assets().values(), *embed_files().values()]
        for path in re.findall(r'"\./([^"]+)"', raw.decode())
    }

    there = {path.removeprefix("assets/") for path in assets()}
    assert {path.removeprefix("assets/") for path in named} <= there
    assert len(named) >= 5
    assert asset("page.js") in assets()


def test_embed_says_in_every_language_that_there_is_no_connection():
    script = assets()[asset("offline.js")].decode()

    (said,) = re.findall(r"^export const offline = (\{.*\});$", script, re.MULTILINE)
    sentences = json.loads(said)
    assert tuple(sentences) == LANGUAGES
    assert len(set(sentences.values())) == len(LANGUAGES)
    assert sentences["ko"].startswith("지금은 연결되어 있지 않습니다.")


def test_styles_ask_nothing_of_other_sites_and_shout_at_nobody():
    sheet = assets()[asset("reader.css")].decode()

    assert not re.search(r"url\(|@import|@font-face|!important", sheet)


def test_styles_know_no_left_and_no_right():
    sheet = assets()[asset("reader.css")].decode()

    assert not re.search(r"(?<![\w-])(left|right|margin-top|padding-left)\s*:", sheet)
