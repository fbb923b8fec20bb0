"""What a new newsroom gets in its database and its public place, and what an old one lacks.

Imported once Django is set up for it.
"""

from dataclasses import dataclass
from datetime import date

from letterdesk.desk.actions.terms import adopt
from letterdesk.newsroom import tables
from letterdesk.newsroom.desk_keys import make_factors_key, make_names_key
from letterdesk.newsroom.passes import count_outdated, publish_changes
from letterdesk.settings import Settings
from letterdesk.watch import Watch


@dataclass(frozen=True, kw_only=True)
class Furnished:
    """What was lacking, as paths or names; `outdated` as Created has it."""

    tables: list[str]
    made: list[str]
    outdated: int


def furnish(newsroom: Settings, *, today: date, watch: Watch) -> Furnished:
    """Make tables, keys, terms and first files, as far as they are missing.

    Raises SettingWrong when a key would have to be replaced.
    """
    steps = tables.bring_up_to_date()
    keys = [*make_factors_key(newsroom), *make_names_key(newsroom)]
    made = [str(path.relative_to(newsroom.folder)) for path in keys]
    # What we ship is version 1, so that no later release changes it.
    adopt(languages=newsroom.site.languages, today=today)
    if files := publish_changes(newsroom, today=today, watch=watch).files:
        made.append(f"published files ({files})")
    return Furnished(
        tables=["tables of the database"] if steps else [],
        made=made,
        outdated=count_outdated(),
    )
