"""The keys that the desk's tables depend on: of protected names, and of second factors.

Imported once the desk is open: only its tables say whether a new key would do.
"""

import secrets
from pathlib import Path

from letterdesk.desk.actions.factors import seal_factors
from letterdesk.desk.actions.names import adopt_key
from letterdesk.desk.queries.factors import factors_lost, shut_to
from letterdesk.desk.queries.names import any_listed
from letterdesk.domain.errors import SettingWrong
from letterdesk.newsroom.keys import SECRET, locked, write
from letterdesk.settings import Settings


def make_names_key(newsroom: Settings) -> list[Path]:
    """Make the key that hashes protected names, if it is missing; give its path.

    Raises SettingWrong while names are listed: none of them would be recognised under a
    new one.
    """
    with locked(newsroom):
        if key := newsroom.names_key:
            adopt_key(key)
            return []
        if any_listed():
            raise SettingWrong(
                f"{newsroom.names_file} is gone or damaged, but names are protected with "
                "it: a new key would recognise none of them. Put the file back from a "
                "backup. If it is lost for good, take all names off their lists at the "
                "desk, run `letterdesk init` again, and list them anew."
            )
        write(newsroom.names_file, secrets.token_bytes(32), SECRET)
    return [newsroom.names_file]


def make_factors_key(newsroom: Settings) -> list[Path]:
    """Make the key that seals second factors, if it is missing; give its path.

    Seals what an earlier version kept as it is. Raises SettingWrong while a factor is
    sealed with a lost key: a new one would not open it.
    """
    made = []
    with locked(newsroom):
        if not newsroom.factors_key:
            if lost := next(factors_lost(newsroom), ""):
                raise SettingWrong(lost)
            write(newsroom.factors_file, secrets.token_bytes(32), SECRET)
            made.append(newsroom.factors_file)
        seal_factors(newsroom.factors_key)
    return made


def replace_factors_key(newsroom: Settings) -> tuple[str, ...]:
    """Make a new key of second factors in place of one that is lost for good.

    Gives the names of those whose factors stay shut. Raises SettingWrong when there is a
    key: it seals whatever is set up from now on.
    """
    with locked(newsroom):
        if newsroom.factors_key:
            raise SettingWrong(
                f"There is a key in {newsroom.factors_file}, and it seals what is set up "
                "from now on: no other one is needed. `letterdesk check` says whose "
                "second factors it does not open."
            )
        write(newsroom.factors_file, secrets.token_bytes(32), SECRET)
        seal_factors(newsroom.factors_key)
        return shut_to(newsroom.factors_key)
