"""Forms: read one way only, or not at all."""

from contextlib import suppress
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letterdesk.letterbox.form import MAX_FIELDS, as_typed, read_form
from letterdesk.letterbox.refusals import Refused

WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.dictionaries(WORDS, WORDS, max_size=8))
def test_what_a_browser_sends_is_read_as_it_was_typed(fields: dict[str, str]) -> None:
    assert read_form(urlencode(fields).encode()) == fields


@pytest.mark.parametrize(
    ("raw", "fields"),
    [
        (b"", {}),
        (b"text", {"text": ""}),
        (b"text=", {"text": ""}),
        (b"&&text=a&&", {"text": "a"}),
        (b"text=a=b", {"text": "a=b"}),
        (b"text=a+b%20c%2Bd", {"text": "a b c+d"}),
        (b"text=%ea%B0%80", {"text": "가"}),
        ("text=가 나".encode(), {"text": "가 나"}),
        (b"te%78t=a", {"text": "a"}),
        (b"text=a;name=b", {"text": "a;name=b"}),
        (b"text=%00", {"text": "\0"}),
        (b"text=a%0D%0Ab", {"text": "a\r\nb"}),
        (b"=a", {"": "a"}),
    ],
)
def test_forms_are_read_as_the_standard_says(raw: bytes, fields: dict[str, str]) -> None:
    assert read_form(raw) == fields


@pytest.mark.parametrize(
    "raw",
    [
        b"text=%",
        b"text=%4",
        b"text=%4g",
        b"text=100%25%",
        b"text=%u0041",
        b"te%xt=a",
        b"text=a&text=b",
        b"text=a&te%78t=a",
        b"x=&x=",
        b"&".join(b"f%d=" % number for number in range(1_000)),
        b"&" * MAX_FIELDS,
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(raw: bytes) -> None:
    with pytest.raises(Refused) as caught:
        read_form(raw)

    assert (caught.value.code, caught.value.status) == ("malformed", 400)


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (b"text=%ff", "text"),
        (b"name=M&text=\xff", "text"),
        (b"text=%C0%80", "text"),
        (b"text=%ED%A0%80", "text"),
        (b"name=%F4%90%80%80", "name"),
        (b"%ff=a", ""),
        (b"text=%EA%B0", "text"),
    ],
)
def test_what_is_not_utf_8_is_no_text(raw: bytes, field: str) -> None:
    with pytest.raises(Refused) as caught:
        read_form(raw)

    refused = caught.value
    assert (refused.code, refused.status, refused.field) == ("not-text", 422, field)


def test_a_form_may_have_more_fields_than_we_know() -> None:
    raw = b"&".join(b"f%d=%d" % (number, number) for number in range(MAX_FIELDS))

    assert len(read_form(raw)) == MAX_FIELDS


@pytest.mark.parametrize(
    ("raw", "fields"),
    [
        (b"text=a%ffb&name=M", {"text": "a\ufffdb", "name": "M"}),
        (b"text=100%&name=%EA%B0%80", {"text": "100%", "name": "가"}),
        (b"text=first&text=second", {"text": "first"}),
        (b"text=a%00%1Bb%0Ac%09d%85", {"text": "ab\nc\td\ufffd"}),
        (b"%ff=a", {"\ufffd": "a"}),
    ],
)
def test_what_is_refused_can_still_be_handed_back(
    raw: bytes, fields: dict[str, str]
) -> None:
    assert as_typed(raw) == fields


def test_of_a_heap_of_fields_the_first_are_handed_back() -> None:
    raw = b"text=words&" + b"&".join(b"f%d=" % number for number in range(1_000))

    assert len(as_typed(raw)) == MAX_FIELDS
    assert as_typed(raw)["text"] == "words"


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail_otherwise(raw: bytes) -> None:
    typed = as_typed(raw)

    with suppress(Refused):
        assert set(typed) == set(read_form(raw))
