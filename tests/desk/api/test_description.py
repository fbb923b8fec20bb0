"""The API keeps to its own description, whatever is sent."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from letterdesk.desk.actions.tokens import add_token
from tests.desk import rows
from tests.values import TODAY

_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
_LITTLE = settings(
    max_examples=8,
    derandomize=True,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def described(newsroom, transactional_db):
    token = add_token("editor", "editor", today=TODAY)
    rows.make_comment(rows.make_story(), 1)
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", get_wsgi_application(), headers={"host": "127.0.0.1"}
    )
    schema.config.update(headers={"host": "127.0.0.1", "Authorization": f"Bearer {token}"})
    return schema


def test_the_description_is_valid(described):
    described.validate()


def test_answers_are_as_described(described):
    asked = []
    for found in described.get_all_operations():
        operation = found.ok()
        asked.append(operation.label)

        @_LITTLE
        @given(case=operation.as_strategy())
        def ask(case):
            case.call_and_validate(checks=_CHECKS)

        ask()

    assert len(asked) == 12
