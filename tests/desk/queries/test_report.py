from datetime import date

import pytest
from django.db import transaction

from letterdesk.desk.actions.tally import count
from letterdesk.desk.queries.report import Transparency, public_figures, transparency
from tests.desk import rows

_NOTHING = dict.fromkeys(
    [
        "received",
        "published",
        "edited",
        "rejected",
        "withdrawn",
        "retracted",
        "appeals",
        "notices",
    ],
    0,
)


@pytest.fixture
def counted(db: None) -> None:
    with transaction.atomic():
        for day, kind, key, by in (
            (date(2024, 11, 30), "received", "", 100),
            (date(2026, 10, 31), "received", "", 5),
            (date(2026, 11, 1), "received", "", 2),
            (date(2026, 11, 23), "received", "", 3),
            (date(2026, 11, 23), "rejected", "", 1),
            (date(2026, 11, 23), "rule", "3", 1),
            (date(2026, 11, 23), "rule", "3", 1),
            (date(2026, 11, 23), "category", "VIOLENCE", 2),
            (date(2026, 11, 23), "measure", "not-published", 1),
            (date(2026, 11, 23), "measure", "cut", 1),
            (date(2026, 11, 23), "appeal", "upheld", 1),
        ):
            count(kind, day=day, key=key, by=by)


def test_figures_are_added_up_over_the_days_asked_for(counted):
    moderator = rows.make_person("mina")

    found = transparency(moderator, date(2026, 11, 1), date(2026, 11, 23))

    assert found == Transparency(
        start=date(2026, 11, 1),
        end=date(2026, 11, 23),
        figures={**_NOTHING, "received": 5, "rejected": 1},
        rules={"3": 2},
        statements={
            "category": {"VIOLENCE": 2},
            "ground": {},
            "measure": {"cut": 1, "not-published": 1},
            "source": {},
        },
        appeals={"upheld": 1},
        notice_hours=None,
    )


def test_days_without_letters_have_figures_too(db):
    moderator = rows.make_person("mina")

    found = transparency(moderator, date(2026, 1, 1), date(2026, 1, 2))

    assert (found.figures, found.rules) == (_NOTHING, {})


def test_the_public_figures_go_back_two_years_month_by_month(counted):
    assert public_figures(date(2026, 11, 23)) == {
        "2026-10": {"received": 5},
        "2026-11": {
            "received": 5,
            "rejected": 1,
            "rule 3": 2,
            "category VIOLENCE": 2,
            "measure not-published": 1,
            "measure cut": 1,
            "appeal upheld": 1,
        },
    }
    assert list(public_figures(date(2026, 1, 2))) == ["2024-11"]
