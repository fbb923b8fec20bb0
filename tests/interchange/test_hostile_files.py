"""What is no export, or a damaged one, gets one sentence, and costs little."""

import gc
import gzip
import json
import sqlite3
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from letterdesk.domain.letter import MAX_TEXT
from letterdesk.domain.text import mended
from letterdesk.interchange.formats import FORMATS, records
from letterdesk.interchange.source import ImportFailed, Source
from tests.interchange.isso import isso_database

SAMPLES = Path(__file__).parent / "samples"
TODAY = date(2026, 11, 23)
FILES = {
    "wordpress": "wordpress.xml",
    "disqus": "disqus.xml",
    "isso": "isso.json",
    "remark42": "remark42.jsonl",
    "commento": "commento.json",
    "comentario": "comentario.json",
    "artalk": "artalk.json",
    "coral": "coral-comments.json",
    "plone": "plone.json",
    "letterdesk": "letterdesk.ndjson",
}
BOMB = (
    '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    "<rss><channel><item><title>&b;</title></item></channel></rss>"
)
OUTSIDE = (
    '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><item><title>&a;</title></item></channel></rss>"
)
DISQUS = '<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">'
POST = '<post dsq:id="{}">{}<message>Words.</message></post>'
META = "<meta_key>letterdesk_risk</meta_key><meta_value>open</meta_value>"
INNER = (
    "<comment><comment_id>{}</comment_id>{}"
    "<comment_content>Words.</comment_content></comment>"
)
COMMENT = INNER.format("{}", "")
WXR = "<rss><channel><item><comment>{}</comment></item></channel></rss>"


def refusal(name: str, path: Path) -> str:
    with pytest.raises(ImportFailed) as caught:
        list(records(name, Source(path, today=TODAY)))
    return caught.value.sentence.replace(str(path), "FILE")


def write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("name", sorted(FORMATS))
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b"PK\x03\x04rest", "is a zip archive"),
        (b"\x89PNG\0\0", "is neither text nor a database"),
        ("{".encode("utf-16"), "is a text file in UTF-16"),
        (b"%PDF-1.4 no comments", "Choose another file, or another FORMAT."),
    ],
)
def test_another_kind_of_file_is_called_what_it_is(
    name: str, content: bytes, words: str, tmp_path: Path
):
    if name == "coral" and content.startswith(b"%"):
        words = "is read together with a file of users"
    assert words in refusal(name, write(tmp_path / "comments.bin", content))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        (name, other)
        for name in sorted(FORMATS)
        for other in sorted(FILES.values())
        if FILES[name] != other and (name, other) != ("comentario", "commento.json")
    ],  # its own is none, nor is the version that both Commentos have
)
def test_the_export_of_another_system_is_refused(name: str, other: str, tmp_path: Path):
    for one in SAMPLES.glob("coral-*"):
        write(tmp_path / one.name, one.read_bytes())
    given = write(tmp_path / other.replace("coral-", ""), (SAMPLES / other).read_bytes())

    assert refusal(name, given).count("\n") == 0


@pytest.mark.parametrize(
    "end", ["&", "&nb", "&nbsp;", "&amp", "<![CDATA[&", "<!-", "<?a &"]
)
def test_an_ampersand_at_the_end_of_a_torn_file_hides_nothing(end: str, tmp_path: Path):
    content = WXR.partition("{}")[0] + "<comment_content>a & b" + end

    said = refusal("wordpress", write(tmp_path / "cut.xml", content))

    assert said.startswith("FILE ends in the middle: a part of it is missing.")


@pytest.mark.parametrize("content", [BOMB, OUTSIDE], ids=["bomb", "outside"])
def test_entities_are_refused_before_anything_is_read(content: str, tmp_path: Path):
    said = refusal("wordpress", write(tmp_path / "file.xml", content))

    assert said.startswith("FILE declares a document type or entities of its own.")


def test_what_stands_before_and_behind_an_export_is_passed_over(tmp_path: Path):
    raw = (SAMPLES / "wordpress.xml").read_bytes()
    given = write(tmp_path / "file.xml", b"\n\nNotice: x\n" + raw + b"`<rest")

    found = list(records("wordpress", Source(given, today=TODAY)))

    assert len(found) == 8


def test_a_page_of_html_is_refused(tmp_path: Path):
    page = write(tmp_path / "page.html", "<html><p>Sign in</p></html>")

    assert "begins with <html>" in refusal("wordpress", page)


@pytest.mark.parametrize("empty", ["[]", "null"])
def test_a_site_without_accounts_has_an_empty_list_of_them(empty: str, tmp_path: Path):
    content = (
        '{"version": 1, "comments": [{"commentHex": "a1", "domain": "news.example", '
        '"url": "/ferry", "commenterHex": "anonymous", "markdown": "The ferry is late.", '
        '"parentHex": "root", "state": "approved", '
        '"creationDate": "2019-05-02T08:00:00Z"}], "commenters": %s}'
    )
    given = write(tmp_path / "commento.json", content % empty)

    (found,) = records("commento", Source(given, today=TODAY))

    assert (found.text, found.name) == ("The ferry is late.", "")


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"coral"}))
@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_file_that_ends_too_early_says_that_it_can_be_completed(
    name: str, pack: Callable[[bytes], bytes], tmp_path: Path
):
    raw = pack((SAMPLES / FILES[name]).read_bytes().rstrip())
    cut = write(tmp_path / "cut", raw[: len(raw) - 40])

    said = refusal(name, cut)

    assert said.startswith("FILE ends in the middle: a part of it is missing.")
    assert "is not taken twice" in said


def test_what_came_before_a_damaged_place_is_read(tmp_path: Path):
    raw = (SAMPLES / "wordpress.xml").read_text(encoding="utf-8")
    damaged = write(tmp_path / "file.xml", raw.replace("<wp:comment_id>15<", "<wp:15<"))
    found = records("wordpress", Source(damaged, today=TODAY))

    assert [next(found).id for _ in range(4)] == ["11", "12", "13", "14"]
    with pytest.raises(ImportFailed, match="is damaged in line"):
        next(found)


def given(comment: bytes, *, claim: str = "") -> bytes:
    """Give an export of WordPress with one comment, whose number is 1."""
    head = f'<?xml version="1.0" encoding="{claim}"?>\n'.encode() if claim else b""
    inside = b"<comment_id>1</comment_id>" + comment
    return head + WXR.encode().replace(b"{}", inside)


def words(name: str, path: Path, *, site: str = "") -> list[str]:
    """Give the words of a file's comments as they come in."""
    found = records(name, Source(path, today=TODAY, site=site))
    return [mended(one.text)[0] for one in found]


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (b"a\xffb \xea\xb0", "a\ufffdb \ufffd"),
        (b"a\x00\x08\x1fb", "a\ufffd\ufffd\ufffdb"),
        (b"a&#8;&#x1F;&#0;b", "a\ufffd\ufffd\ufffdb"),
        (b"&#xD83D;&#xFFFE;&#x110000;", "\ufffd\ufffd\ufffd"),
        (b"<![CDATA[a&#8;b\xff]]>", "a\ufffdb\ufffd"),
        (b"\xef\xbf\xbf\xed\xa0\x80", "\ufffd\ufffd\ufffd\ufffd"),
        (b"&#54620;&#x1F600; <![CDATA[&amp;#8;]]>", "한\U0001f600 &#8;"),
    ],
    ids=["bytes", "controls", "references", "beyond", "cdata", "none", "kept"],
)
@pytest.mark.parametrize("before", [0, (1 << 16) - 80], ids=["first", "across"])
def test_what_is_no_text_in_xml_stops_nothing(
    raw: bytes, read: str, before: int, tmp_path: Path
):
    paths = [
        write(
            tmp_path / f"{at}.xml",
            given(
                b"<a>" + b"x" * (before + at) + b"</a>"
                b"<comment_content>" + raw + b"</comment_content>"
            ),
        )
        for at in (range(60) if before else (0,))
    ]

    assert {one for path in paths for one in words("wordpress", path)} == {read}


@pytest.mark.parametrize(
    ("raw", "read", "mended"),
    [
        ("Q&A, AT&T & sons &", "Q&A, AT&T & sons &", 4),
        ("&nbsp;a&nbsp;&eacute;&fjlig;&NotEqualTilde;&hellip;", "a\xa0éfj\u2242\u0338…", 6),
        ("a &amp; b&gt;c &#233;&#xe9;", "a & b>c éé", 0),
        ("&letterdesk; &#65 &#xZ; &; &&amp;", "&letterdesk; A &#xZ; &; &&", 5),
        (
            "<![CDATA[R&D & caf&eacute;]]> R&D <![CDATA[]]]]><![CDATA[>&]]>",
            "R&D & café R&D ]]>&",
            1,
        ),
        ("<!-- &nbsp; <![CDATA[ --><!--> & --><?p & ?>a&b", "a&b", 1),
    ],
    ids=["bare", "names", "right", "odd", "cdata", "comments"],
)
@pytest.mark.parametrize("before", [0, (1 << 16) - 110], ids=["first", "across"])
def test_ampersands_of_html_stop_nothing_and_are_counted(
    raw: str, read: str, mended: int, before: int, tmp_path: Path
):
    content = f"<comment_content>{raw}</comment_content>".encode()
    for at in range(110) if before else (0,):
        file = given(b"<a>" + b"x" * (before + at) + b"</a>" + content)
        source = Source(write(tmp_path / "file.xml", file), today=TODAY)

        (found,) = records("wordpress", source)

        assert (found.text, source.ampersands) == (read, mended)


def test_ampersands_of_html_in_attributes_and_addresses_stop_nothing(tmp_path: Path):
    raw = (SAMPLES / "disqus.xml").read_text(encoding="utf-8")
    raw = raw.replace("example/ferry<", "example/?a=1&copy=2&b;<").replace(
        'thread dsq:id="900"', 'thread dsq:id="&nbsp;9&00"'
    )
    source = Source(write(tmp_path / "file.xml", raw), today=TODAY)

    found = list(records("disqus", source))

    assert {one.story.url for one in found[:5]} == {"https://news.example/?a=1&copy=2&b;"}
    assert source.ampersands > 4


def test_a_byte_that_is_not_korean_stops_nothing(tmp_path: Path):
    content = b"<comment_content>a\xff\x81<![CDATA[\xb0\xa1]]></comment_content>"
    raw = given(content, claim="EUC-KR")

    assert words("wordpress", write(tmp_path / "f.xml", raw)) == ["a\ufffd\ufffd가"]


@pytest.mark.parametrize("claim", ["", "UTF-8"])
@pytest.mark.parametrize("encoding", ["cp949", "gb18030", "cp1251"])
def test_another_encoding_than_the_file_says_is_no_damage(
    claim: str, encoding: str, tmp_path: Path
):
    text = {
        "cp949": "정말 좋은 기사입니다. ",
        "gb18030": "我叔叔在船上。",
        "cp1251": "Хорошо.",
    }
    content = (text[encoding] * 9).encode(encoding)
    file = given(b"<comment_content>%b</comment_content>" % content, claim=claim)

    said = refusal("wordpress", write(tmp_path / "file.xml", file))

    assert said.startswith("FILE is not in the encoding that it claims, or in UTF-8")


def test_damage_is_no_other_encoding_where_most_can_be_read(tmp_path: Path):
    content = ("여객선은 오지 않습니다. ".encode() + b"\xff") * 100

    file = given(b"<comment_content>%b</comment_content>" % content)

    (read,) = words("wordpress", write(tmp_path / "file.xml", file))
    assert read.count("\ufffd") == 100


@pytest.mark.parametrize("claim", ["UTF-16", "UTF-8"])
def test_a_file_that_somebody_saved_anew_is_read_as_what_it_is(claim: str, tmp_path: Path):
    content = "<comment_content>가</comment_content>".encode()
    file = given(content, claim=claim).decode()

    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path = write(tmp_path / encoding, file.encode(encoding))
        assert words("wordpress", path) == ["가"]


def test_quotation_marks_of_windows_are_read_where_it_says_latin_1(tmp_path: Path):
    content = "<comment_content>“é”</comment_content>".encode("cp1252")
    file = given(content, claim="ISO-8859-1")

    assert words("wordpress", write(tmp_path / "file.xml", file)) == ["“é”"]


HALF = {
    "artalk": '[{"id":"1","page_key":"/x","content":TEXT}]',
    "isso": '[{"id":"/x","title":"","comments":[{"id":1,"text":TEXT}]}]',
    "remark42": '{"version":1,"users":[]}\n{"id":"1","locator":{"url":"/x"},"orig":TEXT}',
    "commento": '{"comments":[{"commentHex":"1","markdown":TEXT}],"commenters":[]}',
    "comentario": '{"comments":[{"pageId":"1","id":"1","markdown":TEXT}],'
    '"commenters":[],"pages":[]}',
    "plone": '{"@id":"/x/@comments","items_total":1,"items":'
    '[{"comment_id":"1","text":{"data":TEXT}}]}',
    "coral": '{"id":"1","revisions":[{"body":TEXT}]}',
}


@pytest.mark.parametrize("name", sorted(HALF))
@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (rb"a \ud83d b", "a \ufffd b"),
        (rb"a \uDE00 b\ud83d", "a \ufffd b\ufffd"),
        (rb"\ud83d\ud83d\ude00\ud83d\ud55c", "\ufffd\U0001f600\ufffd한"),
        (rb"a \\ud83d \"\\\\", 'a \\ud83d "\\\\'),
        (rb"a \b\u0000 b", "a \ufffd\ufffd b"),
        (b"a \x08\xff b", "a \ufffd\ufffd b"),
    ],
    ids=["half", "halves", "beside-whole", "backslashes", "controls", "raw"],
)
def test_what_is_no_text_in_json_stops_nothing(
    name: str, raw: bytes, read: str, tmp_path: Path
):
    for kind in ("users", "stories"):
        write(tmp_path / f"{kind}.json", "{}")
    content = HALF[name].encode().replace(b"TEXT", b'"%b"' % raw)

    found = words(name, write(tmp_path / "comments.json", content))

    assert found == [read]


def test_an_escape_lies_across_two_pieces_of_a_file(tmp_path: Path):
    escaped = r"\ud83d\ude00\\\"\ud83d"
    for before in range((1 << 16) - 90, (1 << 16) - 30):
        text = f'"{"x" * before}","content":"{escaped}"'
        content = f'[{{"id":"1","page_key":"/x","more":{text}}}]'
        file = write(tmp_path / "artalk.json", content)

        assert words("artalk", file) == ['\U0001f600\\"\ufffd']


def test_what_is_no_text_in_csv_or_a_database_stops_nothing(tmp_path: Path):
    write(tmp_path / "users.csv", '"1","","Zo\x00é","","",""\r\n')
    write(tmp_path / "stories.csv", '"1","https://news.example/x","","","","",""\r\n')
    row = b'"1","1","1","2019-05-02T08:15:00Z","<p>a\xff\nb</p>","","NONE",""\r\n'
    base = isso_database(tmp_path / "isso.db")
    with closing(sqlite3.connect(base)) as isso:
        isso.execute("UPDATE comments SET text = CAST(X'61FF62' AS TEXT) WHERE id = 11")
        isso.commit()

    coral = words("coral", write(tmp_path / "comments.csv", row))

    assert coral == ["a\ufffd b"]
    assert words("isso", base, site="https://news.example")[0] == "a\ufffdb"


@pytest.mark.parametrize(
    ("claimed", "encoding", "words"),
    [
        ("EUC-KR", "cp949", "똠방각하"),  # more than EUC-KR itself can write
        ("euc-kr", "euc_kr", "정말 좋은 기사입니다."),
        ("GBK", "gbk", "写得很好。"),
        ("gb2312", "gb18030", "㐂"),
        ("Big5", "big5", "寫得很好。"),
        ("Shift_JIS", "cp932", "①番"),
        ("windows-1251", "cp1251", "Хорошо"),
    ],
)
def test_the_encodings_of_old_sites_are_read(
    claimed: str, encoding: str, words: str, tmp_path: Path
):
    many = words * (1 << 16)  # so that a character lies across two pieces
    comment = f"<comment_id>1</comment_id><comment_content>{many}</comment_content>"
    wxr = f'<?xml version="1.0" encoding="{claimed}"?>\n{WXR.format(comment)}'
    file = write(tmp_path / "file.xml", wxr.encode(encoding))

    found = list(records("wordpress", Source(file, today=TODAY)))

    assert [one.text for one in found] == [many]


@pytest.mark.parametrize(
    "claimed",
    [
        *("UTF-7", "UTF-32", "bogus-enc", "rot13", "hex", "idna", "punycode", "undefined"),
        *("unicode_escape", "raw_unicode_escape", "iso-2022-jp", "charmap", "x" * 400),
    ],
)
def test_what_is_no_encoding_of_exports_is_refused(claimed: str, tmp_path: Path):
    comment = "<comment_id>1</comment_id><comment_content>X</comment_content>"
    wxr = f'<?xml version="1.0" encoding="{claimed}"?>\n{WXR.format(comment)}'

    said = refusal("wordpress", write(tmp_path / "file.xml", wxr))

    assert said.startswith(f"FILE says that it is in the encoding “{claimed[:40]}”")


@pytest.mark.parametrize("claimed", ["utf8", "UTF-8", "ISO-8859-15", "latin1", "US-ASCII"])
def test_encodings_have_several_names(claimed: str, tmp_path: Path):
    comment = "<comment_id>1</comment_id><comment_content>X</comment_content>"
    wxr = f'<?xml version="1.0" encoding="{claimed}"?>\n{WXR.format(comment)}'
    file = write(tmp_path / "file.xml", wxr)

    assert len(list(records("wordpress", Source(file, today=TODAY)))) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("artalk", "[" * 200_000),
        ("artalk", '[{"page_key":' + "[" * 200_000),
        ("remark42", '{"version":1,"users":' + "[" * 200_000 + "\n"),
        ("wordpress", "<rss><channel>" + "<a>" * 200_000),
    ],
)
def test_depth_is_refused(name: str, content: str, tmp_path: Path):
    assert "is damaged" in refusal(name, write(tmp_path / "deep", content))


@pytest.mark.parametrize(
    ("name", "begin", "piece"),
    [
        ("artalk", b'[{"page_key":"/x","content":"', b"a" * (1 << 20)),
        ("remark42", b'{"version":1,"users":[],"x":"', b"a" * (1 << 20)),
        ("wordpress", b"<rss><channel><item><comment><a>", b"a" * (1 << 20)),
    ],
)
def test_one_piece_without_end_is_refused_before_memory_is_full(
    name: str, begin: bytes, piece: bytes, tmp_path: Path
):
    given = tmp_path / "endless.gz"
    with gzip.open(given, "wb", compresslevel=1) as file:
        file.write(begin)
        for _ in range(40):
            file.write(piece)

    assert "a single piece of more than 32 megabytes" in refusal(name, given)


def test_small_values_without_end_are_refused_before_memory_is_full(tmp_path: Path):
    content = '[{"page_key":"/x","more":[' + "0," * 2_000_000 + "0]}]"
    tracemalloc.start()

    told = refusal("artalk", write(tmp_path / "many.json", content))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "in an object of more than 2000000 values" in told
    assert peak < 20 << 20


CUT = {"start": 1, "end": 3}


@pytest.mark.parametrize(
    ("text", "cuts"),
    [
        ("a" * 1_000_000, [{"start": 1, "end": 1_000_000}] * 60),
        ("a" * (MAX_TEXT + 1), [CUT]),
        ("abcdef", [CUT, {"start": 2, "end": 4}]),
        ("abcdef", [{"start": 4, "end": 5}, CUT]),
        ("abcdef", [{"start": 5, "end": 7}]),
        ("abcdef", [{"start": -2, "end": 1}]),
        ("abcdef", [{"start": 3, "end": 3}]),
        ("abcdef", [{"start": 3, "end": 1}]),
    ],
    ids=["copies", "long", "overlap", "order", "beyond", "before", "empty", "back"],
)
def test_cuts_that_are_none_of_their_text_are_refused_before_they_are_made(
    text: str, cuts: list[dict[str, int]], tmp_path: Path
):
    head, *_, end = (SAMPLES / "letterdesk.ndjson").read_text("utf-8").splitlines()
    comment = {"kind": "comment", "id": "c", "story": "s", "state": "published"}
    line = json.dumps(comment | {"text": text, "cuts": cuts})
    given = write(tmp_path / "cuts.ndjson", f"{head}\n{line}\n{end}\n")
    tracemalloc.start()

    told = refusal("letterdesk", given)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "is damaged in line 2" in told
    assert peak < 20 << 20


@pytest.mark.parametrize(
    ("name", "one"),
    [("remark42", '{"id":"1","votes":[LIST]}'), ("letterdesk", '{"credits":[LIST]}')],
)
def test_small_values_in_one_line_are_refused_before_they_are_made(
    name: str, one: str, tmp_path: Path
):
    first = (SAMPLES / FILES[name]).read_text("utf-8").splitlines()[0]
    given = write(tmp_path / "many", f"{first}\n{one}\n".replace("LIST", "{}," * 2_000_000))
    tracemalloc.start()

    told = refusal(name, given)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "in a comment of more than 2000000 values" in told
    assert peak < 40 << 20


def test_lists_that_are_passed_over_may_be_as_long_as_they_are(tmp_path: Path):
    large = "a" * (1 << 20)
    names = [
        {"commenterHex": f"{n}", "name": f"Reader {n}", "photo": large} for n in range(33)
    ]
    comments = [
        {"commentHex": f"{n}", "commenterHex": f"{n}", "url": "https://news.example/x"}
        for n in range(33)
    ]
    for one in comments:
        one["html"], one["more"] = "Words.", large
    content = json.dumps({"comments": comments, "commenters": names})
    given = write(tmp_path / "commento.json", content)

    found = [(one.id, one.name) for one in records("commento", Source(given, today=TODAY))]

    assert found == [(f"{number}", f"Reader {number}") for number in range(33)]


@pytest.fixture
def as_a_command_collects() -> Iterator[None]:
    """Look for garbage as often as Python does by itself; tests look less often."""
    usual = gc.get_threshold()
    gc.set_threshold(700)
    yield
    gc.set_threshold(*usual)


@pytest.mark.usefixtures("as_a_command_collects")
@pytest.mark.parametrize("name", ["wordpress", "artalk", "remark42"])
def test_memory_does_not_grow_with_the_file(name: str, tmp_path: Path):
    peaks = []
    for number in (200, 4_000):
        path = write(tmp_path / f"{number}", _many(name, number))
        tracemalloc.start()
        read = sum(1 for _ in records(name, Source(path, today=TODAY)))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert read == number

    assert peaks[1] < 2 * peaks[0] + (1 << 20)


@pytest.mark.parametrize(
    ("name", "begin", "one", "piece"),
    [
        ("wordpress", "<rss><channel>", f"<item>{COMMENT}</item>", "<x/>"),
        ("wordpress", "<rss><channel>", f"<item>{COMMENT}</item>", "<link/>"),
        ("wordpress", "<rss><channel>", f"<item>{COMMENT}</item>", "words " * 200),
        ("wordpress", "<rss><channel><item>", COMMENT, "<a><b/></a>"),
        ("wordpress", "<rss><channel><item>", COMMENT, "<title/>"),
        ("wordpress", "<rss><channel><item>", COMMENT, f"<postmeta>{META}</postmeta>"),
        ("wordpress", "<rss><channel><item>", INNER, f"<commentmeta>{META}</commentmeta>"),
        ("wordpress", "<rss><channel><item>", INNER, "<comment_author/>"),
        ("disqus", DISQUS, POST.format("{}", ""), "<x/>"),
        ("disqus", DISQUS, POST, "<author><name/><name/></author>"),
    ],
)
def test_what_is_not_looked_at_costs_no_memory(
    name: str, begin: str, one: str, piece: str, tmp_path: Path
):
    bomb = piece * 6_000
    some = [one.format(number, bomb) for number in range(3)]
    content = begin + (bomb.join(some) if bomb not in some[0] else "".join(some))
    path = write(tmp_path / "bomb", content)
    found = []

    tracemalloc.start()
    with pytest.raises(ImportFailed, match="ends in the middle"):
        found.extend(records(name, Source(path, today=TODAY)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert [one.text for one in found] == ["Words."] * 3
    assert peak < 2 << 20


def test_more_names_than_any_export_has_are_refused(tmp_path: Path):
    names = "".join(f"<x{number}/>" for number in range(20_000))
    given = write(tmp_path / "names.xml", WXR.format(names))

    assert "is damaged" in refusal("wordpress", given)


def test_many_large_pieces_around_small_comments_are_refused(tmp_path: Path):
    given = tmp_path / "large.gz"
    with gzip.open(given, "wb", compresslevel=1) as file:
        file.write(b"<rss><channel><item>")
        for name in (b"title", b"link", b"status"):
            words = b"a" * (12 << 20)
            file.write(b"<%b>%b</%b><comment/>" % (name, words, name))

    assert "a single piece of more than 32" in refusal("wordpress", given)


def _many(name: str, number: int) -> str:
    text = "a word " * 100
    if name == "wordpress":
        words = f"<comment_content>{text}</comment_content>"
        one = f"<comment><comment_id>{{}}</comment_id>{words}</comment>"
        return (
            "<rss><channel><item>"
            + "".join(map(one.format, range(number)))
            + "</item></channel></rss>"
        )
    if name == "artalk":
        one = f'{{{{"id":"{{}}","page_key":"/x","content":"{text}"}}}}'
        return "[" + ",".join(map(one.format, range(number))) + "]"
    one = f'{{{{"id":"{{}}","locator":{{{{"url":"/x"}}}},"text":"{text}"}}}}\n'
    return '{"version":1,"users":[]}\n' + "".join(map(one.format, range(number)))


def test_a_database_of_another_program_is_refused(tmp_path: Path):
    with sqlite3.connect(tmp_path / "other.db") as base:
        base.execute("CREATE TABLE birds (name TEXT)")

    assert "a database, and not Isso's" in refusal("isso", tmp_path / "other.db")


@pytest.mark.parametrize("view", ["comments", "threads"])
def test_a_view_that_never_ends_is_not_read(view: str, tmp_path: Path):
    (table,) = {"comments", "threads"} - {view}
    with closing(sqlite3.connect(tmp_path / "endless.db")) as base:
        base.execute(
            f"CREATE VIEW {view} AS WITH RECURSIVE n(id) AS "  # noqa: S608 -- ours
            "(SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id, 1 AS parent, 1 AS tid, "
            "1 AS created, 1 AS mode, '' AS text, '' AS author, '' AS uri, '' AS title "
            "FROM n"
        )
        base.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, tid, uri, title)")

    assert "a database, and not Isso's" in refusal("isso", tmp_path / "endless.db")


@pytest.mark.parametrize(("table", "column"), [("comments", "text"), ("threads", "title")])
def test_a_column_that_is_computed_is_not_read(table: str, column: str, tmp_path: Path):
    base = isso_database(tmp_path / "computed.db")
    with closing(sqlite3.connect(base)) as isso:
        isso.execute(f"ALTER TABLE {table} RENAME COLUMN {column} TO plain")
        isso.execute(f"ALTER TABLE {table} ADD COLUMN {column} AS (hex(zeroblob(9)))")

    assert "a database, and not Isso's" in refusal("isso", base)


def test_a_text_that_is_too_long_for_a_comment_is_refused(tmp_path: Path):
    base = isso_database(tmp_path / "long.db")
    with closing(sqlite3.connect(base)) as isso:
        isso.execute("UPDATE comments SET text = hex(zeroblob(17 << 20)) WHERE id = 12")
        isso.commit()

    with pytest.raises(ImportFailed, match="single piece of more than 32 megabytes"):
        list(records("isso", Source(base, today=TODAY, site="https://news.example")))


def test_a_damaged_database_is_refused(tmp_path: Path):
    given = write(tmp_path / "bad.db", b"SQLite format 3\0" + b"rubbish" * 500)

    assert "FILE is" in refusal("isso", given)


def test_coral_without_its_other_files_says_what_is_missing(tmp_path: Path):
    given = write(
        tmp_path / "comments.json", (SAMPLES / "coral-comments.json").read_bytes()
    )

    assert "there is no users.json beside it" in refusal("coral", given)


def test_coral_rows_of_another_shape_are_refused(tmp_path: Path):
    for kind in ("users", "stories"):
        write(tmp_path / f"{kind}.csv", (SAMPLES / f"coral-{kind}.csv").read_bytes())

    said = refusal("coral", write(tmp_path / "comments.csv", "a,b\r\n"))

    assert said.startswith("Line 1 of FILE has not the 8 columns")


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        (b'"%b\n",' % (b"," * 5_000) * 9, "in a comment of more than 2000000 values"),
        (
            b'"%b",' % ((b"words " * 5_000 + b"\n") * 9),
            "a single piece of more than 32 megabytes",
        ),
    ],
    ids=["fields", "lines"],
)
def test_a_row_of_many_lines_without_end_is_refused_before_memory_is_full(
    piece: bytes, words: str, tmp_path: Path
):
    for kind in ("users", "stories"):
        write(tmp_path / f"{kind}.csv", (SAMPLES / f"coral-{kind}.csv").read_bytes())
    given = tmp_path / "comments.csv"
    with gzip.open(given, "wb", compresslevel=1) as file:
        for _ in range((40 << 20) // len(piece)):
            file.write(piece)
    tracemalloc.start()

    told = refusal("coral", given)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert words in told
    assert peak < 130 << 20


def test_rows_of_many_lines_may_be_as_many_as_they_are(tmp_path: Path):
    for kind in ("users", "stories"):
        write(tmp_path / f"{kind}.csv", (SAMPLES / f"coral-{kind}.csv").read_bytes())
    row = 'c{},,,,"' + ("words " * 5_000 + "\n") * 14 + '",,,\n'
    given = write(tmp_path / "comments.csv", "".join(map(row.format, range(90))))

    found = [one.id for one in records("coral", Source(given, today=TODAY))]

    assert found == [f"c{number}" for number in range(90)]


def test_plone_says_that_comments_are_missing(tmp_path: Path):
    answer = '{"@id":"https://a.example/x/@comments","items_total":3,"items":[{"comment_id":"1"}]}'

    assert "2 comments are not in FILE" in refusal("plone", write(tmp_path / "f", answer))


def test_pages_of_plone_that_miss_comments_cost_no_memory(tmp_path: Path):
    page = '{{"@id":"{}{}","items_total":5,"items":[]}}'
    pages = (page.format(number, "a" * (1 << 20)) for number in range(40))
    given = write(tmp_path / "f", "[" + ",".join(pages) + "]")
    tracemalloc.start()

    told = refusal("plone", given)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "200 comments are not in FILE" in told
    assert peak < 20 << 20


def test_an_address_that_is_none_ends_no_import(tmp_path: Path):
    content = (
        '{"comments":[{"pageId":"1","id":"1","url":"http://[::1","markdown":"Words."}],'
        '"commenters":[],"pages":[{"id":"1","path":"/x"}]}'
    )
    given = write(tmp_path / "f", content)

    (found,) = records("comentario", Source(given, today=TODAY))

    assert found.story.url == ""


def test_a_zip_of_an_export_is_to_be_unpacked(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("wordpress.xml", "<rss/>")

    assert refusal("wordpress", tmp_path / "a.zip").endswith("Unpack it first.")
