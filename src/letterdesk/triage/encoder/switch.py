"""LETTERDESK_ENCODER in the environment: `off` silences what is installed."""

import os

from letterdesk.domain.errors import SettingWrong

SWITCH = "LETTERDESK_ENCODER"
_OFF = "off"


def is_off() -> bool:
    """Say whether the encoders are silenced.

    Raises SettingWrong for any other word: who wrote it would not get what she meant.
    """
    written = os.environ.get(SWITCH, "")
    if written and written.lower() != _OFF:
        raise SettingWrong(
            f"{SWITCH} is {written!r}, and may only be {_OFF}, which silences the encoder "
            "for comparing. Take it out of the environment to hear the encoder."
        )
    return bool(written)
