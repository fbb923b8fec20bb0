import pytest

from letterdesk.domain.story import (
    Block,
    BlockKind,
    blocks,
    is_picture,
    picture_path,
)

_P, _H, _Q = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.QUOTATION


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        (" \n\n \n", []),
        ("one", [(_P, "one")]),
        ("one\ntwo", [(_P, "one\ntwo")]),
        ("one\n\ntwo\n \t\nthree\n", [(_P, "one"), (_P, "two"), (_P, "three")]),
        ("## Head\n\none", [(_H, "Head"), (_P, "one")]),
        ("one\n## Head\ntwo", [(_P, "one"), (_H, "Head"), (_P, "two")]),
        ("## One\n### Two", [(_H, "One"), (_H, "Two")]),
        ("#hashtag #two", [(_P, "#hashtag #two")]),
        ("#1 of many", [(_P, "#1 of many")]),
        ("##", [(_P, "##")]),
        ("## \n\na", [(_P, "##"), (_P, "a")]),
        ("> said\n> she", [(_Q, "said\nshe")]),
        (">said\nshe", [(_Q, "said\nshe")]),
        ("one\r\n\r\n> “말”\r\n> 둘", [(_P, "one"), (_Q, "“말”\n둘")]),
        ("one\r\n## 소제목\r\ntwo", [(_P, "one"), (_H, "소제목"), (_P, "two")]),
        ("a > b\n- c", [(_P, "a > b\n- c")]),
        ("<script>", [(_P, "<script>")]),
    ],
)  # fmt: skip
def test_a_body_has_blocks(body: str, expected: list[tuple[BlockKind, str]]) -> None:
    assert blocks(body) == tuple(Block(kind=kind, text=text) for kind, text in expected)


def test_a_picture_lies_where_what_is_in_it_says() -> None:
    path = picture_path(b"a picture")

    assert path == "assets/picture-92b2fa5802.webp"
    assert is_picture(path)


@pytest.mark.parametrize(
    "path",
    [
        "assets/picture-0.webp",
        "assets/picture-92b2fa5802.webp.br",
        "assets/picture-92b2fa5802.webp\n",
        "assets/picture-92B2FA5802.webp",
        "t/assets/picture-92b2fa5802.webp",
        "assets/page-92b2fa5802.css",
    ],
)
def test_what_is_called_otherwise_is_no_picture(path: str) -> None:
    assert not is_picture(path)
