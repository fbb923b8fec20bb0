import pytest

from letterdesk.places.media import media_type


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("embed.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("picture.webp", "image/webp"),
        ("picture.png", "image/png"),
        ("picture.jpeg", "image/jpeg"),
        ("index.html.br", "application/octet-stream"),
        ("index.html.gz", "application/octet-stream"),
        ("archive.tar.gz", "application/octet-stream"),
        ("no-ending", "application/octet-stream"),
        ("odd.ending", "application/octet-stream"),
    ],
)
def test_endings_tell_the_media_type(name: str, media: str) -> None:
    assert media_type(name) == media
