"""Ask the signals, measure them, teach them."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click

from letterdesk.cli.answers import answer, count, progress, today
from letterdesk.cli.options import (
    Form,
    answers_json,
    host_and_port,
    known_language,
    type_file,
    type_folder,
)

_Progress = Callable[[str], None]
_TAUGHT = ("en", "ko", "zh")  # languages with labelled files to learn from


@click.group()
def triage() -> None:
    """Ask the signals about comments, and measure them on labelled ones."""
    from letterdesk.triage.encoder.switch import is_off

    is_off()  # a switch that says something else is refused, whatever is asked


@triage.command("evaluate")
@click.argument("file", type=type_file)
@click.option("--language", default="", help="A tag such as en; else found out.")
@answers_json
def triage_evaluate(file: Path, language: str, form: Form) -> None:
    """Score FILE, rows of text<TAB>label (1 = unwelcome), plain, .gz or .xz.

    Prints how well the scores tell unwelcome from welcome: AUC, average precision, the
    share of good comments set apart at 95 % recall of the bad, comments per second, and
    how many of the good are marked, and of the bad are not, at the desk's mark.
    """
    from letterdesk.triage.evaluate import evaluate

    found = evaluate(file, language=language)
    if found.has_header:
        click.echo("The first line was taken for a header, and not scored.", err=True)
    if caution := found.caution():
        click.echo(caution, err=True)
    answer(form, "\n".join(found.sentences()), vars(found))


def _something(context: click.Context, parameter: click.Parameter, written: str) -> str:
    """Give TEXT. Raises BadParameter when there is nothing in it."""
    if not written.strip():
        raise click.BadParameter("there is nothing in it to explain.", context, parameter)
    return written


@triage.command("explain")
@click.argument("text", callback=_something)
@click.option(
    "--language",
    default="",
    callback=known_language,
    help="A tag such as en; else found out.",
)
@answers_json
def triage_explain(text: str, language: str, form: Form) -> None:
    """Say what each signal makes of TEXT: its score, its reason, its words."""
    from letterdesk.triage.explain import explain, facts, told

    signals = explain(text, language=language)
    answer(form, "\n".join(told(text, signals)), {"signals": facts(signals)})


@triage.command("serve")
@click.option(
    "--listen",
    default="127.0.0.1:8002",
    metavar="HOST:PORT",
    callback=host_and_port,
    help="Where it listens: 127.0.0.1:8002 unless given.",
)
@click.option(
    "--key-file", type=type_file, help="A file with the key that clients have to give."
)
@click.option("--workers", default=1, type=click.IntRange(1, 64), help="Processes.")
def triage_serve(listen: str, key_file: Path | None, workers: int) -> None:
    """Answer as the Perspective API does, with our scores, until Ctrl+C.

    Clients of that API need another address, and nothing else. Nothing is stored.
    """
    from letterdesk.serving.stand_in import serve_stand_in

    serve_stand_in(listen, key_file=key_file, workers=workers, say=click.echo)


@triage.command("train")
@click.argument("data", type=type_folder)
@click.argument("out", type=type_folder)
@click.option("--work", type=type_folder, required=True, help="Where stages are kept.")
@click.option(
    "--language",
    "languages",
    type=click.Choice(_TAUGHT),
    multiple=True,
    default=_TAUGHT,
)
@click.option(
    "--encoder",
    "part",
    flag_value="encoder",
    default="tables",
    help="The encoders instead of the tables, and their voices.",
)
@click.option(
    "--voices",
    "part",
    flag_value="voices",
    help="Only how loud the encoders in OUT are beside the tables that ship.",
)
def triage_train(
    data: Path, out: Path, work: Path, languages: tuple[str, ...], part: str
) -> None:
    """Learn the weights anew from the labelled files in DATA, into OUT.

    Stopped and run again with the same --work folder, it goes on where it was. The tables
    take minutes, and English learns from an encoder, too, where one is installed: half an
    hour more. An encoder takes a quarter of an hour to two hours a language, and pip or uv
    fetches the one that it starts from.
    """
    from letterdesk.newsroom.outputs import refuse_in_any

    for folder in (out, work):
        refuse_in_any(folder)
    learn: dict[str, Callable[..., list[Path]]] = {
        "tables": partial(_tables, work=work),
        "encoder": partial(_encoders, work=work),
        "voices": _voices,
    }
    for file in learn[part](data, out, languages=languages, progress=progress):
        click.echo(str(file))


def _tables(
    data: Path, out: Path, *, work: Path, languages: tuple[str, ...], progress: _Progress
) -> list[Path]:
    from letterdesk.triage.training.advertising import train_advertising
    from letterdesk.triage.training.train import train

    made = train(data, out, work=work, languages=languages, progress=progress)
    return made + train_advertising(data, out, languages=languages, progress=progress)


def _encoders(
    data: Path, out: Path, *, work: Path, languages: tuple[str, ...], progress: _Progress
) -> list[Path]:

    from letterdesk.triage.training.encoder.train import train_encoders

    return train_encoders(data, out, work=work, languages=languages, progress=progress)


def _voices(
    data: Path, out: Path, *, languages: tuple[str, ...], progress: _Progress
) -> list[Path]:
    from letterdesk.triage.training.encoder.train import train_voices

    return train_voices(data, out, languages=languages, progress=progress)


@triage.command("learn")
@click.argument("folder", type=type_folder)
@answers_json
def triage_learn(folder: Path, form: Form) -> None:
    """Learn what the decisions of each desk in FOLDER teach, where there are new ones.

    Nothing changes at the desk: an editor looks at what came of it, and takes it into use
    or not. The worker does it by itself; this is for schedulers and tests.
    """
    from letterdesk.newsroom.opening import open_desk
    from letterdesk.serving.hardening import give_way

    give_way()
    newsroom = open_desk(folder)
    from letterdesk.newsroom.passes import learn_from_decisions

    found = learn_from_decisions(newsroom, today=today())
    if found is None:
        answer(form, "Another process is learning already.", {"learnt": None})
        return
    lines = [_learnt(vars(one)) for one in found] or ["There is nothing new to learn from."]
    answer(form, "\n".join(lines), {"learnt": [vars(one) for one in found]})


def _learnt(facts: Mapping[str, Any]) -> str:
    came = "too few decisions, or too few of one kind"
    if facts["has_candidate"]:
        came = "a better model" if facts["is_better"] else "no better model"
    decisions = count(facts["decisions"], "decision")
    about = f"{facts['desk']}, {facts['language']}, {facts['signal']}"
    return f"{about}: {decisions}, {came}."
