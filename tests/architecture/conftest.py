"""One city for all tests of a module; what a test does to it is undone."""

import pytest
from django.db import connection

from tests.architecture.world import build_world, undone


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The city of `world.py`, built once a module; the module must be marked `django_db`, or there is no test database."""
    with django_db_blocker.unblock():
        assert "memory" in connection.settings_dict["NAME"] or connection.settings_dict["NAME"].startswith(
            "test_"
        )
        with undone():
            yield build_world()
