"""The API as a whole: its schema, its documentation, and that it answers as the schema says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS, load_all_checks

from tests.budgeting.api.world import NOUNS, make_published

ROOT = Path(__file__).resolve().parents[2]
OTHER_NOUNS = (
    "neighbourhoods",
    "places",
    "events",
    "sessions",
    "committees",
    "meetings",
    "decisions",
    "action-items",
    "rooms",
)


def schema_of(client) -> dict:
    return client.get("/api/v1/schema.json").json()


def test_schema_is_valid_and_made_without_a_warning(tmp_path):
    target = tmp_path / "schema.json"
    command = [sys.executable, "site/manage.py", "spectacular", "--validate", "--fail-on-warn"]
    command += ["--format", "openapi-json", "--file", str(target)]

    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr
    assert json.loads(target.read_text())["openapi"] == "3.1.1"


@pytest.mark.django_db
def test_schema_holds_our_addresses_and_nothing_else(client):
    schema = schema_of(client)

    expected = [
        path for noun in (*NOUNS, *OTHER_NOUNS) for path in (f"/api/v1/{noun}/", f"/api/v1/{noun}/{{id}}/")
    ]
    expected += ["/api/v1/coverage/", "/api/v1/places/clusters/"]
    assert sorted(schema["paths"]) == sorted(expected)
    writing = {
        (path, method) for path, methods in schema["paths"].items() for method in methods if method != "get"
    }
    assert writing == {("/api/v1/places/{id}/", "patch")}


@pytest.mark.django_db
def test_schema_describes_every_field_and_parameter(client):
    schema = schema_of(client)
    ours = {
        name: shape
        for name, shape in schema["components"]["schemas"].items()
        if not name.startswith("Paginated") and "properties" in shape
    }

    silent = [
        f"{name}.{field}"
        for name, shape in ours.items()
        for field, kind in shape["properties"].items()
        if not kind.get("description") and (name, field) != ("Error", "error")
    ]
    silent += [
        f"{path}?{parameter['name']}"
        for path, methods in schema["paths"].items()
        for parameter in methods["get"]["parameters"]
        if not parameter.get("description")
    ]

    assert len(ours) > 10
    assert silent == []


@pytest.mark.django_db
def test_documentation_lists_every_address_and_field(client):
    schema = schema_of(client)

    page = client.get("/api/v1/").content.decode()

    for path in schema["paths"]:
        assert f"GET {path}" in page
    for field in schema["components"]["schemas"]["Proposal"]["properties"]:
        assert f"<code>{field}</code>" in page
    assert "submitted | accepted | rejected" in page


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["nothing/", "budgets/x/", "budgets/-1/", "budgets/1/areas/"])
def test_address_that_is_none_is_told_in_the_same_shape(client, path):
    response = client.get(f"/api/v1/{path}")

    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


@pytest.mark.django_db
def test_forgotten_slash_is_added(client):
    assert client.get("/api/v1/budgets").headers["Location"] == "/api/v1/budgets/"


@pytest.fixture
def _connection_stays_open():
    """Let requests past Django's test client leave the test's own connection alone."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("_connection_stays_open")
def test_answers_are_as_the_schema_says():
    """Schemathesis sends what fits the schema and what does not; no answer is a 500 or another shape than promised."""
    make_published(2)
    load_all_checks()
    wanted = [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    ]
    checks = CHECKS.get_by_names(wanted)
    described = schemathesis.openapi.from_wsgi("/api/v1/schema.json", get_wsgi_application())
    statuses = []

    for result in described.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=6,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def answers_as_promised(case):
            response = case.call(headers={"Accept-Encoding": "identity"})
            case.validate_response(response, checks=checks)
            statuses.append(response.status_code)

        answers_as_promised()

    assert 200 in statuses
