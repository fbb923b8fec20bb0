"""The commands; each a few lines that call the parts.

What a command gives goes to stdout, what explains it to stderr. Parts are imported by the
command that needs them, so that no command waits for another's.
"""

import json
import os
import sys
import traceback
from collections.abc import Sequence

import click

from letterdesk import failures
from letterdesk.cli.answers import Failed
from letterdesk.cli.audits import audit
from letterdesk.cli.backups import backup, restore
from letterdesk.cli.exchange import export, import_, imported
from letterdesk.cli.key_pairs import keys, tip
from letterdesk.cli.people import token, user
from letterdesk.cli.running import check, collect, demo, init, letterbox, publish, serve
from letterdesk.cli.signals import triage
from letterdesk.cli.stories import story
from letterdesk.cli.unopened import unopened
from letterdesk.domain.errors import LetterdeskError
from letterdesk.serving.hardening import keep_to_one_thread
from letterdesk.version import VERSION

_DONE, _COULD_NOT, _WRONG_USAGE, _STOPPED = 0, 1, 2, 130
_COMMANDS = (
    audit,
    backup,
    check,
    collect,
    demo,
    export,
    import_,
    imported,
    init,
    keys,
    letterbox,
    publish,
    restore,
    serve,
    story,
    tip,
    token,
    triage,
    unopened,
    user,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; give its exit status.

    0: done; 1: could not, or not all of it; 2: wrong usage; 130: stopped by Ctrl+C.
    """
    keep_to_one_thread()
    try:
        letterdesk.main(arguments, prog_name="letterdesk", standalone_mode=False)
    except click.UsageError as error:
        error.show()
        return _WRONG_USAGE
    except click.Abort as error:
        click.echo("Stopped.", err=True)
        return _STOPPED if type(error.__context__) is KeyboardInterrupt else _COULD_NOT
    except BrokenPipeError:  # whoever read our answer has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _COULD_NOT
    except Failed:
        return _COULD_NOT
    except Exception as error:  # noqa: BLE001 -- the last place where a person can be told
        if os.environ.get("LETTERDESK_DEBUG"):
            traceback.print_exc()
        _say_why(error, asked_json="--json" in (arguments or sys.argv[1:]))
        return _COULD_NOT
    return _DONE


def _say_why(error: Exception, *, asked_json: bool) -> None:
    """Tell a person what is wrong; and a program, where one is reading."""
    sentence = failures.explain(error) or failures.unexpected(error)
    if asked_json:
        code = error.code if isinstance(error, LetterdeskError) else LetterdeskError.code
        problem = {"code": code, "detail": sentence}
        click.echo(json.dumps({"problem": problem}, ensure_ascii=False))
    click.echo(sentence, err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, message="%(prog)s %(version)s")
def letterdesk() -> None:
    """Reader comments, run like a letters page.

    Begin with `letterdesk demo`, which shows all of it, or with `letterdesk init FOLDER`,
    which makes a newsroom of your own.
    """


for _command in _COMMANDS:
    letterdesk.add_command(_command)
