import hashlib
import re

from letterdesk.reader.assets import asset, assets


def test_assets_are_named_by_their_content():
    for path, raw in assets().items():
        digest = re.fullmatch(r"assets/[a-z]+-([0-9a-f]{10})\.(css|svg)", path)
        assert digest
        assert hashlib.sha256(raw).hexdigest().startswith(digest[1])


def test_pages_link_to_assets_that_are_there():
    assert {asset("reader.css"), asset("mark.svg")} == set(assets())


def test_styles_ask_nothing_of_other_sites_and_shout_at_nobody():
    sheet = assets()[asset("reader.css")].decode()

    assert not re.search(r"url\(|@import|@font-face|!important", sheet)


def test_styles_know_no_left_and_no_right():
    sheet = assets()[asset("reader.css")].decode()

    assert not re.search(r"(?<![\w-])(left|right|margin-top|padding-left)\s*:", sheet)
