"""Neighbourhoods and organisations in the Wagtail admin."""

import json

import pytest

from participation.models import Neighbourhood, Organisation
from tests.factories import NeighbourhoodFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

NEIGHBOURHOODS = "/admin/snippets/participation/neighbourhood/"
ORGANISATIONS = "/admin/snippets/participation/organisation/"


def describe(client, **changes):
    fields = {
        "name": "Old Harbour",
        "slug": "old-harbour",
        "description": "",
        "sort_order": "0",
        "outline": json.dumps(NeighbourhoodFactory.build().outline),
        "population": '{"0-5": 820}',
        **changes,
    }
    return client.post(f"{NEIGHBOURHOODS}add/", fields)


def test_an_administrator_adds_a_neighbourhood(client, administrator):
    client.force_login(administrator)

    assert describe(client).status_code == 302

    assert Neighbourhood.objects.get().inhabitants == 820


@pytest.mark.parametrize(
    "changes",
    [
        {"population": '{"0-5": "many"}'},
        {"population": "[1, 2]"},
        {"population": '{"0-5": -1}'},
        {"population": '{"0-5": 1.5}'},
        {"population": '{"0-5": true}'},
        {"population": "{"},
        {"outline": '{"type": "Point", "coordinates": [1, 2]}'},
        {"outline": "[" * 500},
        {"slug": "<script>"},
        {"name": ""},
    ],
)
def test_f19_what_cannot_be_drawn_or_added_up_is_refused(client, administrator, changes):
    client.force_login(administrator)

    assert describe(client, **changes).status_code == 200
    assert not Neighbourhood.objects.exists()


def test_city_editors_keep_organisations_and_are_led_to_their_people(client, editor):
    client.force_login(editor)
    client.post(
        f"{ORGANISATIONS}add/",
        {
            "name": "Tool Library",
            "slug": "tool-library",
            "kind": "community",
            "description": "",
            "website": "",
        },
    )

    assert Organisation.objects.get().name == "Tool Library"
    assert "/organisations/tool-library/people/" in client.get(ORGANISATIONS).content.decode()


def test_x13_a_name_with_a_line_break_is_refused(client, editor):
    client.force_login(editor)
    client.post(
        f"{ORGANISATIONS}add/", {"name": "Tool\x07Library", "slug": "tool-library", "kind": "community"}
    )

    assert not Organisation.objects.exists()


@pytest.mark.parametrize("website", ["javascript:alert(1)", "data:text/html,x", "not an address"])
def test_x7_a_website_is_a_web_address(client, editor, website):
    client.force_login(editor)
    client.post(
        f"{ORGANISATIONS}add/",
        {"name": "Tool Library", "slug": "tool-library", "kind": "community", "website": website},
    )

    assert not Organisation.objects.exists()


@pytest.mark.parametrize("who", ["moderator", "officer"])
def test_p10_other_staff_change_neither(client, who, request):
    OrganisationFactory(name="Tool Library")
    client.force_login(request.getfixturevalue(who))

    for path in (f"{ORGANISATIONS}add/", f"{NEIGHBOURHOODS}add/", ORGANISATIONS, NEIGHBOURHOODS):
        assert client.get(path).status_code in (302, 403)


def test_the_list_of_organisations_takes_the_same_number_of_queries_for_1_and_15(
    client, editor, django_assert_max_num_queries
):
    client.force_login(editor)
    counts = []
    for more in (1, 14):
        OrganisationFactory.create_batch(more)
        client.get(ORGANISATIONS)
        with django_assert_max_num_queries(20) as captured:
            client.get(ORGANISATIONS)
        counts.append(len(captured))

    assert counts[0] == counts[1]
