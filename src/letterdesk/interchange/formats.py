"""The formats that can be read, by the names that the command line has for them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from letterdesk.interchange import (
    artalk,
    comentario,
    commento,
    coral,
    disqus,
    from_letterdesk,
    isso,
    plone,
    remark42,
    wordpress,
)
from letterdesk.interchange.records import CommentRecord
from letterdesk.interchange.source import ImportFailed, Kind, Source

_EXPECTED = {
    Kind.XML: "an XML file",
    Kind.JSON: "a JSON file",
    Kind.SQLITE: "its database",
    Kind.TEXT: "CSV files",
}
_REMEDIES = {
    Kind.ZIP: "Unpack it first.",
    Kind.UTF16: "Save it as UTF-8.",
    Kind.EMPTY: "Export it again.",
}


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format: its name here, the system that it comes from, and who reads it."""

    name: str
    system: str
    kinds: tuple[Kind, ...]
    read: Callable[[Source], Iterator[CommentRecord]]


FORMATS = {
    one.name: one
    for one in (
        Format(
            name="wordpress", system="WordPress", kinds=(Kind.XML,), read=wordpress.read
        ),
        Format(name="disqus", system="Disqus", kinds=(Kind.XML,), read=disqus.read),
        Format(name="isso", system="Isso", kinds=(Kind.SQLITE, Kind.JSON), read=isso.read),
        Format(name="remark42", system="Remark42", kinds=(Kind.JSON,), read=remark42.read),
        Format(name="commento", system="Commento", kinds=(Kind.JSON,), read=commento.read),
        Format(
            name="comentario",
            system="Comentario",
            kinds=(Kind.JSON,),
            read=comentario.read,
        ),
        Format(name="artalk", system="Artalk", kinds=(Kind.JSON,), read=artalk.read),
        Format(name="coral", system="Coral", kinds=(Kind.JSON, Kind.TEXT), read=coral.read),
        Format(name="plone", system="Plone", kinds=(Kind.JSON,), read=plone.read),
        Format(
            name="letterdesk",
            system="Letterdesk",
            kinds=(Kind.JSON,),
            read=from_letterdesk.read,
        ),
    )
}


# Where a comment stands in a file, for whoever has one without any.
_STANDS = {
    "wordpress": "a <wp:comment> in the <item> of what it is about",
    "disqus": "a <post> beside the <thread>s",
    "isso": "a row of the table comments, or among the comments of a page",
    "remark42": "a line of its own after the first",
    "commento": "one of the “comments”",
    "comentario": "one of the “comments”",
    "artalk": "one of the list that the file is",
    "coral": "a row, or an object, of the file of comments",
    "plone": "one of the “items” of an answer",
    "letterdesk": "a line of the kind “comment”",
}


def stands(name: str) -> str:
    """Give where a comment stands in a file of a format."""
    return _STANDS[name]


def system(name: str) -> str:
    """Give what people call the system of a format."""
    known = FORMATS.get(name)
    return known.system if known else name


def records(name: str, source: Source) -> Iterator[CommentRecord]:
    """Give the comments in a file of this format. Raises ImportFailed."""
    chosen, kind = FORMATS[name], source.kind()
    source.rewind()
    if kind not in chosen.kinds:
        wanted = " or ".join(_EXPECTED[one] for one in chosen.kinds)
        remedy = _REMEDIES.get(kind, "Choose another file, or another FORMAT.")
        raise ImportFailed(
            f"{source.path} is {kind.value}, and {chosen.system} gives {wanted}. {remedy}"
        )
    return chosen.read(source)
