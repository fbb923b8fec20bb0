"""The reference says what the code does: settings, commands, codes, routes, links."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from letterdesk.cli import letterdesk

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")]
)


def test_page_of_settings_is_what_the_code_says():
    checked = subprocess.run(
        [sys.executable, "tools/reference", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.stderr, checked.returncode) == ("", 0)


def commands(group: click.Group, before: str = "letterdesk") -> dict[str, click.Command]:
    found = {}
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= commands(command, f"{before} {name}")
        else:
            found[f"{before} {name}"] = command
    return found


@pytest.mark.parametrize("name", sorted(commands(letterdesk)))
def test_every_command_and_option_is_in_the_reference(name):
    page = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    _, heading, rest = page.partition(f"## `{name}")
    section = rest.partition("\n## ")[0]

    options = {
        option
        for parameter in commands(letterdesk)[name].params
        for option in parameter.opts
        if option.startswith("--") and option != "--help"
    }

    assert heading
    assert {option for option in options if option not in section} == set()


def test_reference_names_no_command_that_is_not_there():
    page = (REFERENCE / "commands.md").read_text(encoding="utf-8")
    written = re.findall(r"^## `(letterdesk(?: [a-z]+)+)", page, re.MULTILINE)

    assert sorted(written) == sorted(commands(letterdesk))


_CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")


def sources() -> list[ast.Module]:
    return [
        ast.parse(path.read_text(encoding="utf-8"))
        for path in (ROOT / "src" / "letterdesk").rglob("*.py")
    ]


def strings(tree: ast.AST) -> set[str]:
    found = (one.value for one in ast.walk(tree) if isinstance(one, ast.Constant))
    return {one for one in found if isinstance(one, str) and _CODE.fullmatch(one)}


def takes_code(kind: ast.ClassDef) -> bool:
    """Say whether an error is given its code by whoever raises it."""
    made = (one for one in kind.body if isinstance(one, ast.FunctionDef))
    return any(
        one.name == "__init__" and [each.arg for each in one.args.args[1:2]] == ["code"]
        for one in made
    )


def codes(nodes: list[ast.AST]) -> set[str]:
    """Give the codes that errors have of themselves, and those that they are given."""
    kinds = [one for one in nodes if isinstance(one, ast.ClassDef)]
    given = {one.name for one in kinds if takes_code(one)}
    of_kinds = (
        strings(line.value)
        for one in kinds
        for line in one.body
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "code"
    )
    of_calls = (
        strings(one.args[0])
        for one in nodes
        if isinstance(one, ast.Call) and one.args and ast.unparse(one.func) in given
    )
    return set().union(*of_kinds, *of_calls)


def written_codes() -> set[str]:
    page = (REFERENCE / "errors.md").read_text(encoding="utf-8")
    firsts = (line.split("|")[1] for line in page.splitlines() if line.startswith("|"))
    return {code for first in firsts for code in re.findall(r"`([a-z-]+)`", first)}


def test_every_code_of_an_error_is_in_the_reference():
    declared = codes([node for tree in sources() for node in ast.walk(tree)])

    assert len(declared) > 120
    assert declared - written_codes() == set()


def test_reference_names_no_code_that_is_not_there():
    known = set().union(*(strings(tree) for tree in sources()))

    assert written_codes() - known == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def headings(page: Path) -> set[str]:
    """Give what links to the headings of a page end with, as GitHub makes it."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    found = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_headings_lead_to_one(page):
    links = re.findall(
        r"\]\((?!https?:)([^)#\s]*)#([^)\s]+)\)", page.read_text(encoding="utf-8")
    )

    lost = [
        f"{name}#{heading}"
        for name, heading in links
        if heading not in headings(page.parent / name if name else page)
    ]
    assert lost == []
