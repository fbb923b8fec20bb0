"""Rows with one of many values in an indexed column."""

from collections.abc import Collection
from itertools import islice

from django.db.models import Model, QuerySet

_AT_ONCE = 500  # values in a query: far below what any database takes


def found_by(
    table: type[Model], column: str, values: Collection[str], *more: str
) -> list[tuple[object, ...]]:
    """Give (`column`, *`more`) of the rows whose `column` is one of `values`, "" aside.

    Saying that "" is not meant lets the database use an index that leaves it out, such as
    comment_of_receipt.
    """
    found: list[tuple[object, ...]] = []
    left = iter(values)
    while some := list(islice(left, _AT_ONCE)):
        rows: QuerySet[Model] = (
            QuerySet(table).exclude(**{column: ""}).filter(**{f"{column}__in": some})
        )
        found.extend(rows.values_list(column, *more))
    return found
