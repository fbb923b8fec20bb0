"""How long readers' machines may keep a file."""

from pathlib import Path

import pytest

from letterdesk.places.keeping import ASSETS, NEVER, PAGES, readers_keep

NGINX = Path(__file__).parents[2] / "deploy" / "nginx" / "letterdesk-http.conf"


@pytest.mark.parametrize(
    ("name", "keeps"),
    [
        ("t/s/index.html", PAGES),
        ("embed.js", PAGES),
        ("t/assets/index.html", PAGES),
        ("assets/reader-0123456789.css", ASSETS),
        ("r/AB/ABCD", NEVER),
        ("report/index.html", PAGES),
    ],
)
def test_what_may_change_is_asked_for_and_an_outcome_is_never_kept(
    name: str, keeps: str
) -> None:
    assert readers_keep(name) == keeps


def test_nginx_says_the_same_as_we_do() -> None:
    table = NGINX.read_text(encoding="utf-8").partition("$letterdesk_keeps {")[2]
    rows = [row.split(maxsplit=1) for row in table.partition("}")[0].strip().splitlines()]

    assert rows == [["default", f'"{PAGES}";'], ["~^/assets/", f'"{ASSETS}";']]
