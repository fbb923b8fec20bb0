"""Rows with one of many values in an indexed column."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import TypeVar

from django.db.models import Model, QuerySet

_AT_ONCE = 500  # values in a query: far below what any database takes
_Value = TypeVar("_Value")


def batches(values: Collection[_Value]) -> Iterator[list[_Value]]:
    """Give the values, some at a time: as many as one query carries."""
    left = iter(values)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def found_by(
    table: type[Model], column: str, values: Collection[str], *more: str
) -> list[tuple[object, ...]]:
    """Give (`column`, *`more`) of the rows whose `column` is one of `values`, "" aside.

    Saying that "" is not meant lets the database use an index that leaves it out, such as
    comment_of_receipt.
    """
    found: list[tuple[object, ...]] = []
    for some in batches(values):
        rows: QuerySet[Model] = QuerySet(table).filter(**{f"{column}__in": some})
        rows = rows.exclude(**{column: ""})
        found.extend(rows.values_list(column, *more))
    return found
