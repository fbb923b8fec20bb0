"""Moments are read as other systems write them; what is none is None."""

import pytest

from letterdesk.interchange.dates import moment


@pytest.mark.parametrize(
    "written",
    [
        "2021-10-29T10:28:00Z",
        "2021-10-29T12:28:00+02:00",
        "2021-10-29T12:28:00.000000+0200",
        "2021-10-29 10:28:00",
        "2021-10-29 10:28:00 UTC",
        "2021-10-29 18:28:00 +0800",
        "2021-10-29 18:28:00 +0800 CST",
        "2021-10-29 18:28:00.000000123 +0800 +08",
        "2021-10-29 07:28:00 -0300 -03",
        "2021-10-29 10:28:00 +0000 UTC",
        "2021-10-29 12:28:00 +0200 CEST m=+0.012345678",
    ],
)
def test_a_moment_is_read_in_utc(written: str) -> None:
    found = moment(written)

    assert found is not None
    assert found.isoformat() == "2021-10-29T10:28:00+00:00"


@pytest.mark.parametrize(
    "written",
    ["", "0000-00-00 00:00:00", "0001-01-01T00:00:00Z", "29/10/2021", "soon", "1" * 40],
)
def test_what_is_no_moment_is_none(written: str) -> None:
    assert moment(written) is None
