import io
from dataclasses import replace

import pytest
from PIL import Image

from letterdesk.desk.actions import pictures
from letterdesk.desk.actions.pictures import (
    PictureSheet,
    PictureWords,
    PictureWrong,
    reworded,
    take_picture,
)
from letterdesk.domain.errors import LetterRefused
from letterdesk.domain.story import Picture
from tests.desk.memory import Memory
from tests.values import TODAY

pytestmark = pytest.mark.django_db

SECRET = b"Nikon of Daniel Roe"


def a_file(size=(800, 400), kind="JPEG", mode="RGB", **options) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, "red").save(file, kind, **options)
    return file.getvalue()


def with_exif(**tags) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    exif[0x0112] = 6  # lies on its side
    return a_file(exif=exif)


def test_a_picture_is_put_upright_without_what_the_camera_wrote():
    place = Memory()
    raw = with_exif()
    assert SECRET in raw

    picture = take_picture(
        PictureSheet(raw=raw, alt=" A pier ", caption="The pier"), place=place, today=TODAY
    )

    [(path, put)] = place.files.items()
    assert picture == Picture(
        path=path, width=400, height=800, alt="A pier", caption="The pier"
    )
    assert path.startswith("assets/picture-")
    with Image.open(io.BytesIO(put)) as image:
        assert (image.format, image.size) == ("WEBP", (400, 800))
        assert not image.getexif()
    assert SECRET not in put


def test_a_large_picture_is_made_smaller_and_a_small_one_stays():
    place = Memory()

    large = take_picture(
        PictureSheet(raw=a_file((4000, 1000)), alt="x"), place=place, today=TODAY
    )
    small = take_picture(
        PictureSheet(raw=a_file((30, 1000)), alt="x"), place=place, today=TODAY
    )

    assert (large.width, large.height) == (1600, 400)
    assert (small.width, small.height) == (30, 1000)


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "P"), ("PNG", "RGBA")]
)
def test_a_large_picture_on_its_side_is_as_wide_as_it_may_be_once_it_is_upright(kind, mode):
    place = Memory()
    exif = Image.Exif()
    exif[0x0112] = 6
    raw = a_file((1000, 4000), kind=kind, mode=mode, exif=exif)

    picture = take_picture(PictureSheet(raw=raw, alt="x"), place=place, today=TODAY)

    assert (picture.width, picture.height) == (1600, 400)
    with Image.open(io.BytesIO(place.files[picture.path])) as image:
        assert image.size == (1600, 400)


@pytest.mark.parametrize("turned", [False, True])
def test_a_picture_of_any_height_is_taken_no_higher_than_it_may_be(turned):
    exif = Image.Exif()
    exif[0x0112] = 6 if turned else 1
    raw = a_file((20_000, 100) if turned else (100, 20_000), exif=exif)

    picture = take_picture(PictureSheet(raw=raw, alt="x"), place=Memory(), today=TODAY)

    assert (picture.width, picture.height) == (32, 6400)


def a_pass_for_each_colour(size: tuple[int, int]) -> bytes:
    """Give a sequential JPEG as few programs write it: all of one colour, then the next."""
    grey = a_file(size, mode="L")
    at, head = 2, b"\xff\xd8"
    while (marker := grey[at + 1]) != 0xDA:
        end = at + 2 + int.from_bytes(grey[at + 2 : at + 4])
        part = grey[at + 4 : end]
        if marker == 0xC0:
            part = part[:5] + b"\x03" + b"".join(bytes([n, 0x11, 0]) for n in (1, 2, 3))
        head += bytes([0xFF, marker]) + (len(part) + 2).to_bytes(2) + part
        at = end
    pixels = grey[at + 2 + int.from_bytes(grey[at + 2 : at + 4]) : -2]
    passes = (b"\xff\xda\0\x08\x01" + bytes([n, 0, 0, 63, 0]) + pixels for n in (1, 2, 3))
    return head + b"".join(passes) + b"\xff\xd9"


def test_a_jpeg_with_a_pass_for_each_colour_may_have_fewer_pixels(monkeypatch):
    sheet = PictureSheet(raw=a_pass_for_each_colour((40, 30)), alt="x")
    assert take_picture(sheet, place=Memory(), today=TODAY).width == 40
    monkeypatch.setattr(pictures, "MAX_WHOLE", 1000)

    with pytest.raises(PictureWrong, match="at most 25 million pixels"):
        take_picture(sheet, place=Memory(), today=TODAY)


def test_a_photograph_with_others_behind_it_is_one():
    file = io.BytesIO()
    Image.new("RGB", (400, 300), "red").save(
        file, "MPO", save_all=True, append_images=[Image.new("RGB", (40, 30))]
    )

    sheet = PictureSheet(raw=file.getvalue(), alt="x")

    assert take_picture(sheet, place=Memory(), today=TODAY).width == 400


def test_the_same_picture_is_the_same_file():
    place = Memory()
    sheet = PictureSheet(raw=a_file(), alt="x")

    first, again = (take_picture(sheet, place=place, today=TODAY) for _ in range(2))

    assert first == again
    assert len(place.files) == 1


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_and_transparency_are_taken(kind):
    raw = a_file(kind=kind, mode="RGBA")

    assert (
        take_picture(PictureSheet(raw=raw, alt="x"), place=Memory(), today=TODAY).width
        == 800
    )


@pytest.mark.parametrize(
    "raw",
    [b"", b"<svg/>", a_file()[:300], a_file(kind="GIF", mode="P"), a_file(kind="TIFF")],
    ids=["nothing", "svg", "torn", "gif", "tiff"],
)
def test_what_is_not_a_picture_is_refused(raw):
    place = Memory()

    with pytest.raises(PictureWrong):
        take_picture(PictureSheet(raw=raw, alt="x"), place=place, today=TODAY)

    assert place.files == {}


TORN_PNG = a_file(kind="PNG", size=(900, 900))


@pytest.mark.parametrize(
    "raw",
    [
        a_file()[:300],
        TORN_PNG[: len(TORN_PNG) // 2],
        b"\xff\xd8\xff" + b"x" * 400,
        a_file(kind="WEBP")[:60],
    ],
    ids=["jpeg", "png", "begins like a jpeg", "webp"],
)
def test_a_damaged_picture_is_called_damaged(raw):
    with pytest.raises(PictureWrong, match="is damaged"):
        take_picture(PictureSheet(raw=raw, alt="x"), place=Memory(), today=TODAY)


def test_what_is_no_picture_is_told_what_is_one():
    with pytest.raises(PictureWrong, match="Use JPEG, PNG or WebP"):
        take_picture(PictureSheet(raw=b"<svg/>", alt="x"), place=Memory(), today=TODAY)


def test_a_picture_that_pillow_itself_calls_a_bomb_is_too_large(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)

    with pytest.raises(PictureWrong, match="more than 100 million pixels"):
        take_picture(PictureSheet(raw=a_file(), alt="x"), place=Memory(), today=TODAY)


def test_the_words_of_a_picture_can_be_changed_one_by_one():
    place = Memory()
    known = take_picture(
        PictureSheet(raw=a_file(), alt="A", caption="B"), place=place, today=TODAY
    )

    described = reworded(known, PictureWords(alt=" A pier "))
    captioned = reworded(known, PictureWords(caption=""))

    assert described == replace(known, alt="A pier")
    assert captioned == replace(known, caption="")
    with pytest.raises(PictureWrong, match="--alt"):
        reworded(known, PictureWords(alt=" "))


def test_a_picture_whose_caption_is_too_long_is_not_put_into_the_public_place():
    place = Memory()
    sheet = PictureSheet(raw=a_file(), alt="x", caption="A pier. " * 200)

    with pytest.raises(LetterRefused):
        take_picture(sheet, place=place, today=TODAY)

    assert place.files == {}


def test_a_picture_without_a_description_is_refused():
    with pytest.raises(PictureWrong, match="--alt"):
        take_picture(PictureSheet(raw=a_file(), alt=" "), place=Memory(), today=TODAY)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(pictures, "MAX_PIXELS", 1000)

    with pytest.raises(PictureWrong, match="too large"):
        take_picture(PictureSheet(raw=a_file(), alt="x"), place=Memory(), today=TODAY)


@pytest.mark.parametrize(
    ("kind", "how", "is_taken"),
    [
        ("JPEG", {}, True),
        ("JPEG", {"progressive": True}, False),
        ("MPO", {}, True),
        ("PNG", {}, False),
        ("WEBP", {}, False),
    ],
)
def test_what_must_be_unpacked_whole_may_have_fewer_pixels(
    monkeypatch, kind, how, is_taken
):
    monkeypatch.setattr(pictures, "MAX_WHOLE", 1000)
    file = io.BytesIO()
    Image.new("RGB", (40, 30)).save(file, kind, **how)
    sheet = PictureSheet(raw=file.getvalue(), alt="x")

    if is_taken:
        assert take_picture(sheet, place=Memory(), today=TODAY).width == 40
    else:
        with pytest.raises(PictureWrong, match="at most 25 million pixels"):
            take_picture(sheet, place=Memory(), today=TODAY)
