"""`python -m letterdesk`: the same as the command `letterdesk`."""

import sys

from letterdesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
