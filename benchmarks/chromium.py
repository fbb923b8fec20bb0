"""The machine's own Chromium, and how it is started for tests and measurements."""

import os
import shutil

ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
MISSING = "There is no Chromium here: install it, or set LETTERDESK_CHROMIUM."


def path() -> str:
    """Give Debian's Chromium, or the one that LETTERDESK_CHROMIUM names; "" when none."""
    return os.environ.get("LETTERDESK_CHROMIUM") or shutil.which("chromium") or ""
