"""Backups made and brought back by the commands."""

import json
from pathlib import Path

from tests import warm
from tests.processes import done

PASSPHRASE = "harbour ferry lantern"
QUICK = 10  # scrypt's work: how slow it is, one test looks at
QUICKLY = (
    f"from letterdesk import age; age.Sealer.__init__.__kwdefaults__['work'] = {QUICK}"
)


def back_up(
    newsroom: Path,
    file: Path,
    words: Path,
    *options: str,
    first: str = "",
    status: int = 0,
) -> dict[str, object]:
    asked = ("backup", newsroom, file, "--passphrase-file", words, "--json", *options)
    ended = warm.run(list(map(str, asked)), first=f"{QUICKLY}\n{first}")
    assert ended.returncode == status, ended.stderr
    return {**json.loads(ended.stdout), "said": ended.stderr}


def bring_back(file: Path, to: Path, words: Path, *options: object) -> dict[str, object]:
    said = done("restore", file, to, "--passphrase-file", words, "--json", *options)
    return dict(json.loads(said))
