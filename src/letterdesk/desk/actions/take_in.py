"""Take in what waits in the spool before the press acts: it may be taken back there."""

from datetime import date

from letterdesk import sealing
from letterdesk.desk.actions.collect import collect, reopen
from letterdesk.desk.queries.unopened import may_open_now
from letterdesk.domain.errors import LetterdeskError, PlaceFailed, SettingWrong
from letterdesk.places import choose
from letterdesk.settings import Settings


class SpoolUnread(LetterdeskError):
    """The press cannot see which letters their authors have taken back."""

    code = "spool-unread"

    def __init__(self, why: LetterdeskError) -> None:
        super().__init__(
            "Nothing new was published: the spool could not be read, and who wrote a "
            f"letter may have taken it back there. {why.sentence}"
        )


def take_in(newsroom: Settings, *, today: date, hour: int | None) -> None:
    """Collect the letters that wait, and those that did not open before.

    An empty spool asks for no key. `hour` is as for `collect`. Raises SpoolUnread.
    """
    try:
        spool = choose.spool(newsroom)
        if any(True for _ in spool.list()) or may_open_now():
            keys = sealing.read_private_keys(newsroom.private_keys)
            collect(spool, keys, today=today, hour=hour)
            reopen(keys, today=today)
    except (PlaceFailed, SettingWrong) as error:
        raise SpoolUnread(error) from error
