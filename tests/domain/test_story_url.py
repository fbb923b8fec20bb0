import pytest

from letterdesk.domain.story_url import canonical, without_tracking, wrong_with
from tests.urls import UNUSABLE, USABLE


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/A?b=C", "https://news.example/A?b=C"),
        ("https://News.EXAMPLE/A?b=C", "https://news.example/A?b=C"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("HTTPS://news.example:443/A", "https://news.example/A"),
        ("https://news.example:0443?a:443", "https://news.example?a:443"),
        ("http://news.example:80", "http://news.example"),
        ("http://news.example:443/", "http://news.example:443/"),
        ("https://news.example:80/:443/", "https://news.example:80/:443/"),
        ("https://news.example:08443/", "https://news.example:8443/"),
        ("https://[2001:DB8::443]:443/", "https://[2001:db8::443]/"),
        ("https://[2001:DB8::443]/", "https://[2001:db8::443]/"),
        ("https://뉴스.example/길", "https://뉴스.example/길"),
        ("https://ÉCRITS.example/É", "https://écrits.example/É"),
        ("mailto:Mira@News.example", "mailto:Mira@News.example"),
        ("", ""),
    ],
)
def test_hosts_are_told_apart_by_no_capitals_and_ports_by_what_they_are(url, expected):
    assert canonical(url) == canonical(expected) == expected


@pytest.mark.parametrize("url", USABLE)
def test_an_address_that_a_browser_finds_is_a_storys(url: str) -> None:
    assert wrong_with(url) == ""


@pytest.mark.parametrize(
    "url", [*UNUSABLE, "https://news.example:000080/a", "https://[]/a"]
)
def test_an_address_that_no_browser_finds_is_none(url: str) -> None:
    assert wrong_with(url).endswith(".")


@pytest.mark.parametrize(
    ("url", "begins"),
    [
        ("news.example/a", "A story's URL begins with https://"),
        ("https://mira@news.example/a", "A story's URL has no user name"),
        ("https://mira:80@news.example/a", "A story's URL has no user name"),
        ("https://news.example:70000/a", "No browser finds this URL"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(url: str, begins: str) -> None:
    assert wrong_with(url).startswith(begins)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/a?utm_source=x", "https://news.example/a"),
        ("https://news.example/a?id=7&UTM_Medium=x&b", "https://news.example/a?id=7&b"),
        ("https://news.example/?fbclid&p=1&amp;gclid=2", "https://news.example/?p=1"),
        ("https://news.example/a?", "https://news.example/a?"),
        ("https://news.example/a?&x=fbclid", "https://news.example/a?&x=fbclid"),
        ("https://news.example/utm_source=x", "https://news.example/utm_source=x"),
        ("https://news.example/a?utm=1&ref=2&my_gclid=3", None),
        ("", ""),
    ],
)
def test_parameters_that_only_say_where_a_reader_came_from_go(
    url: str, expected: str | None
) -> None:
    assert without_tracking(url) == (url if expected is None else expected)
