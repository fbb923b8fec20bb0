"""Take in a story's picture: without what a camera wrote into it, and small."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from PIL import ExifTags, Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile

from letterdesk.desk.actions.loose_pictures import awaited
from letterdesk.domain.errors import LetterdeskError
from letterdesk.domain.story import Picture, picture_path
from letterdesk.domain.text import clean
from letterdesk.places.base import Place

MAX_WIDTH = 1600  # pixels
MAX_HEIGHT = 4 * MAX_WIDTH
MAX_PIXELS = 100_000_000  # of a JPEG, which is read smaller than it is
MAX_WHOLE = 25_000_000  # of what is unpacked whole: up to 17 bytes a pixel at the peak
_QUALITY = 82
_SMOOTH = frozenset({"RGB", "RGBA", "L", "LA", "CMYK", "YCbCr"})  # made small without steps
_ON_ITS_SIDE = range(5, 9)  # what the camera notes then
_SCAN = b"\xda"  # begins the pixels
_LONGEST = 1_000  # characters of a caption
_BEGINNING = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP", re.DOTALL)
_TOO_LARGE = (
    "The picture is too large: it has more than 100 million pixels. Make it smaller first."
)
_TOO_LARGE_WHOLE = (
    "The picture is too large: a PNG, a WebP or a progressive JPEG has at most 25 million "
    "pixels. Make it smaller first, or save it as an ordinary JPEG."
)
_DAMAGED = "The picture is damaged: it cannot be read to its end. Save or send it again."
_OTHER = "This file is not a picture that we can read. Use JPEG, PNG or WebP."


class PictureWrong(LetterdeskError):
    """A file that is not a picture we can read, or one without a description."""

    code = "picture-wrong"


@dataclass(frozen=True, kw_only=True)
class PictureSheet:
    """A picture as it is handed in. `alt` describes it to those who do not see it."""

    raw: bytes
    alt: str
    caption: str = ""


@dataclass(frozen=True, kw_only=True)
class PictureWords:
    """The words of a picture that is there already; None leaves what is known."""

    alt: str | None = None
    caption: str | None = None


def take_picture(sheet: PictureSheet, *, place: Place, today: date) -> Picture:
    """Give the picture as published, put into the public place as WebP, no metadata.

    At most MAX_WIDTH wide and MAX_HEIGHT high. Nothing is put when it is refused; what
    no story has a day later goes again. Raises PictureWrong, LetterRefused, PlaceFailed.
    """
    with taken(sheet, place=place, today=today) as picture:
        return picture


@contextmanager
def taken(sheet: PictureSheet, *, place: Place, today: date) -> Iterator[Picture]:
    """Give the picture as `take_picture` does; it stays until its story is saved, here."""
    alt = _described(sheet.alt)
    caption = clean(sheet.caption, field="caption", longest=_LONGEST)
    image = _read(sheet.raw)
    raw = _webp(image)
    path = picture_path(raw)
    with awaited(path, today=today):
        place.put(path, raw)
        yield Picture(
            path=path, width=image.width, height=image.height, alt=alt, caption=caption
        )


def reworded(picture: Picture, words: PictureWords) -> Picture:
    """Give the picture with other words. Raises PictureWrong, LetterRefused."""
    alt, caption = picture.alt, picture.caption
    if words.alt is not None:
        alt = _described(words.alt)
    if words.caption is not None:
        caption = clean(words.caption, field="caption", longest=_LONGEST)
    return replace(picture, alt=alt, caption=caption)


def _described(alt: str) -> str:
    described = clean(alt, field="alt", longest=_LONGEST)
    if not described:
        raise PictureWrong(
            "Describe the picture for people who do not see it (alt, --alt TEXT)."
        )
    return described


def _read(raw: bytes) -> Image.Image:
    """Give the picture upright and small, as bare pixels.

    It is made small before it is turned: a whole copy has up to 100 MB, and JPEG is not
    even read whole.
    """
    try:
        with Image.open(io.BytesIO(raw), formats=("JPEG", "PNG", "WEBP")) as image:
            _refuse_too_large(image, raw)
            is_smooth = image.mode in _SMOOTH and "transparency" not in image.info
            pixels = image if is_smooth else _plain(image)
            pixels.thumbnail(_box(image))
            return _plain(ImageOps.exif_transpose(pixels))
    except Image.DecompressionBombError as error:
        raise PictureWrong(_TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise PictureWrong(_DAMAGED if _BEGINNING.match(raw) else _OTHER) from error


def _refuse_too_large(image: Image.Image, raw: bytes) -> None:
    """Raise PictureWrong by what the head of the file says, before a pixel is read."""
    pixels = image.width * image.height
    if pixels > MAX_PIXELS:
        raise PictureWrong(_TOO_LARGE)
    if pixels > MAX_WHOLE and not (
        isinstance(image, JpegImageFile) and _is_read_small(image, raw)
    ):
        raise PictureWrong(_TOO_LARGE_WHOLE)


def _is_read_small(image: JpegImageFile, raw: bytes) -> bool:
    """Say whether a JPEG is read line by line: all its colours come in one pass.

    Of a progressive one, or one with a pass for each colour, libjpeg keeps all there is.
    Whatever the head is not plain about counts as that.
    """
    at = 2
    while raw[at : at + 1] == b"\xff" and raw[at + 1 : at + 2] != _SCAN:
        at += 2 + int.from_bytes(raw[at + 2 : at + 4])
    colours = raw[at + 4 : at + 5] if raw[at : at + 1] == b"\xff" else b""
    return colours == bytes([image.layers]) and not image.info.get("progressive")


def _box(image: Image.Image) -> tuple[int, int]:
    """Give what a picture must fit into that is still to be put upright.

    It has the picture's own shape: by both sides a JPEG's reader sees how small to read it.
    """
    is_on_its_side = image.getexif().get(ExifTags.Base.Orientation) in _ON_ITS_SIDE
    width, height = image.size[::-1] if is_on_its_side else image.size
    share = min(MAX_WIDTH / width, MAX_HEIGHT / height)
    return ceil(image.width * share), ceil(image.height * share)


def _plain(image: Image.Image) -> Image.Image:
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _webp(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "WEBP", quality=_QUALITY, method=4, exif=b"", xmp=b"")
    return file.getvalue()
