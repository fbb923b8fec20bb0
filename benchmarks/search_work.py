"""The work that benchmarks.search times; imported where the desk is open."""

import statistics
import time
from datetime import UTC, datetime
from unittest.mock import patch

from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Left, Replace

from benchmarks import fill as filling
from letterdesk.desk.models import Comment, User
from letterdesk.desk.queries import search as module
from letterdesk.desk.queries.people import Person, person

_THREAD = filling.Mix(published=80, rejected=10, pending=10)
_KOREAN = " 시의회는 다리가 항구를 망쳤다고 말했지만 아무도 왜 그런지 묻지 않았다." * 2
_CHINESE = " 市长说大桥没有毁掉港口，可是没有人问为什么，也没有人回答。" * 3
_SOUGHT = {  # what it is called in the table, and what is typed
    "a word of most comments": "harbour",
    "a word that none has": "zmeinogorsk",
    "two words that none has": "harbour zmeinogorsk",
    "a name with accents that none has": "Žmeinogórsk",
    "one sign that none has": "%",
    "a Korean word": "항구",
    "a Chinese word that none has": "俄罗斯",
    "100 characters that none has": "zmeinogorsk" * 9,
}


def measure(threads: int, rounds: int) -> dict[str, tuple[float, float]]:
    """Give the median milliseconds of each kind of search: as typed, in any spelling."""
    today = datetime.now(UTC).date()
    filling.sign_up("ada", "admin", today=today)
    stories = filling.stories(threads, today=today)
    filling.comments(((story, _THREAD) for story in stories), today=today)
    _write()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    ada = person(User.objects.get(username="ada"))
    return {
        what: (_typed(ada, one, rounds), _timed(ada, one, rounds))
        for what, one in _SOUGHT.items()
    }


def _write() -> None:
    """Turn three of four comments into other writing."""
    rows = Comment.objects.annotate(part=F("id") % 4)
    begun = Left("text", 12)  # which makes each another
    rows.filter(part=1).update(text=Replace("text", Value(" why"), Value(" don’t why")))
    rows.filter(part=2).update(text=Concat(begun, Value(_KOREAN)))
    rows.filter(part=3).update(text=Concat(begun, Value(_CHINESE)))


def _typed(ada: Person, sought: str, rounds: int) -> float:
    def as_typed(word: str, field: str) -> Q:
        return Q(**{f"{field}__icontains": word})

    with patch.object(module, "spelled", as_typed):
        return _timed(ada, sought, rounds)


def _timed(ada: Person, sought: str, rounds: int) -> float:
    spent = []
    for _ in range(rounds + 1):
        begun = time.perf_counter()
        module.search(ada, sought)
        spent.append((time.perf_counter() - begun) * 1_000)
    return statistics.median(spent[1:])
