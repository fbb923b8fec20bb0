"""A pytest plugin in whose presence there is no Django: `pytest -p tests.without_django`.

The parts that stand apart must install, import and pass their tests with it.
"""

import sys
from importlib.abc import MetaPathFinder

import pytest


class _NoDjango(MetaPathFinder):
    """Answers every import of Django as a machine would on which it is not installed."""

    def find_spec(self, name: str, *_: object) -> None:
        if name.partition(".")[0] == "django":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, _NoDjango())


def pytest_addoption(
    parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager
) -> None:
    """Keep pytest-django out, and know its line in pyproject.toml in its stead."""
    pluginmanager.set_blocked("django")
    parser.addini("DJANGO_SETTINGS_MODULE", "of no use where there is no Django")


def pytest_report_header() -> str:
    """Say so in the output."""
    return "django: kept out"


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail if Django came in all the same."""
    if "django" in sys.modules:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        raise pytest.UsageError("Django was imported before it could be kept out.")
