"""Tables as they were, and the way on from there."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def at(name: str):
    """Give the models of the desk as they are after the migration `name`, which is run."""
    executor = MigrationExecutor(connection)
    executor.migrate([("desk", name)])
    return MigrationExecutor(connection).loader.project_state([("desk", name)]).apps
