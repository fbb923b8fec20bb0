"""A newsroom as it stood, to begin from it again and again."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from django.db import connection, transaction


@dataclass(frozen=True, kw_only=True)
class Standing:
    """All rows of the database and all files of the folder `public`, as they were."""

    public: Path
    kept: Path  # a copy of it
    rows: dict[str, list[tuple[object, ...]]]  # by table

    @classmethod
    def of(cls, public: Path, *, kept: Path) -> Self:
        """Keep what there is now; the files are copied to `kept`."""
        rows = {}
        with connection.cursor() as cursor:
            for table in connection.introspection.django_table_names(only_existing=True):
                cursor.execute(f"SELECT * FROM {_name(table)}")  # noqa: S608 -- ours
                rows[table] = cursor.fetchall()
        shutil.copytree(public, kept)
        return cls(public=public, kept=kept, rows=rows)

    def bring_back(self) -> None:
        """Let all be as it was kept. Foreign keys are looked at when all rows are there."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self.rows:
                cursor.execute(f"DELETE FROM {_name(table)}")  # noqa: S608 -- ours
            for table, rows in self.rows.items():
                if rows:
                    values = ", ".join(["%s"] * len(rows[0]))
                    into = f"INSERT INTO {_name(table)} VALUES ({values})"  # noqa: S608 -- ours
                    cursor.executemany(into, rows)
        shutil.rmtree(self.public)
        shutil.copytree(self.kept, self.public)


def _name(table: str) -> str:
    return connection.ops.quote_name(table)
