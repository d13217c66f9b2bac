"""The standing cast of the tests, so that every test says whose rights it checks."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.test import TransactionTestCase

from tests import factories
from tests.clock import stopped_clock
from tests.databases import remember, use_copies

DATA = Path(os.environ.get("LEARNING_CITY_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real elections, places and calendars; tests that read it are left out where it is absent."""
    if not DATA.is_dir():
        pytest.skip("real data is absent: set LEARNING_CITY_DATA to its folder")
    return DATA


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """Let the test database begin as a copy of one that is migrated already."""
    from django.db import connection

    with django_db_blocker.unblock():
        end = use_copies(connection)
    yield
    end()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Bring the database back to its beginning after tests that commit.

    At the end, end what sessions the threads of test servers and races have left, so that it can be dropped.
    """
    from django.db import connection

    with django_db_blocker.unblock():
        begin_again = remember(connection)
    original = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: begin_again()
    yield
    TransactionTestCase._fixture_teardown = original
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(autouse=True)
def _empty_cache():
    """Let no test see what another has left in the cache."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def clock(db):
    """A clock that stands still, in this process and in the database, until `shift(by)` or `move_to(moment)`.

    A module that needs a moment of its own overrides it:

        @pytest.fixture
        def clock(clock):
            clock.move_to("2026-09-12 18:00+02:00")
            return clock
    """
    with stopped_clock("2026-05-04 09:00+00:00") as clock:
        yield clock


@pytest.fixture
def stranger():
    """Nobody in particular: not signed in."""
    return AnonymousUser()


@pytest.fixture
def citizen(db):
    """Signed in, with a public name, not known as a resident."""
    return factories.ParticipantFactory(display_name="Carla Citizen").user


@pytest.fixture
def resident(db):
    """A verified resident of a neighbourhood."""
    return factories.VerifiedParticipantFactory(display_name="Rosa Resident").user


def _with_role(name: str, group: str):
    user = factories.ParticipantFactory(display_name=name, user__is_staff=True).user
    user.groups.add(Group.objects.get_or_create(name=group)[0])
    return user


@pytest.fixture
def chair(db, roles):
    return _with_role("Chen Chair", "Committee chairs")


@pytest.fixture
def moderator(db, roles):
    return _with_role("Mona Moderator", "Comment moderators")


@pytest.fixture
def officer(db, roles):
    return _with_role("Omar Officer", "Budget officers")


@pytest.fixture
def editor(db, roles):
    return _with_role("Edith Editor", "City editors")


@pytest.fixture
def administrator(db):
    return factories.ParticipantFactory(
        display_name="Ada Administrator", user__is_staff=True, user__is_superuser=True
    ).user


@pytest.fixture
def roles(db):
    """The groups of the site with their permissions, those on pages too."""
    from learning_city.accounts.roles import ensure_roles

    ensure_roles()
