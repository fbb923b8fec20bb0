"""Files that leave the newsroom, over a newsroom whose desk is open."""

from datetime import date
from pathlib import Path

from letterdesk.interchange import transparency
from letterdesk.settings import Settings


def export_statements(
    newsroom: Settings, file: Path, *, start: date, end: date
) -> tuple[int, list[str]]:
    """Write the statements of reasons of some days as CSV.

    Gives how many, and what the Transparency Database would refuse of them.
    """
    from letterdesk.desk.queries.people import COMMAND  # noqa: PLC0415 -- after open_desk
    from letterdesk.desk.queries.statements import statements  # noqa: PLC0415 -- open_desk

    with file.open("w", encoding="utf-8", newline="") as out:
        return transparency.write(
            statements(COMMAND, start, end), out, site_url=newsroom.site.url
        )
