"""The pages of organisations: public without their people, and the managers' own."""

import pytest
from django.urls import reverse

from participation.enums import OrganisationRole
from participation.models import OrganisationInvitation, OrganisationPerson
from tests.factories import NeighbourhoodFactory, OrganisationFactory, ParticipantFactory
from tests.participation.payloads import PAYLOADS

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(
        name="Tool Library",
        slug="tool-library",
        kind="community",
        description="We lend drills.\n\nAnd time.",
        website="https://tools.example.org/",
        neighbourhood=NeighbourhoodFactory(name="Old Harbour", slug="harbour"),
    )


@pytest.fixture
def manager(organisation):
    user = ParticipantFactory(display_name="Mia Manager", user__email="mia@example.org").user
    OrganisationPerson.objects.create(
        organisation=organisation, participant=user.participant, role=OrganisationRole.MANAGER
    )
    return user


def address(name, *args):
    return reverse(f"participation:{name}", args=["tool-library", *args])


def test_everybody_sees_organisations_but_not_who_acts_for_them(client, organisation, manager):
    for page in (client.get("/organisations/"), client.get(address("organisation"))):
        text = page.content.decode()
        assert "Tool Library" in text
        assert "Old Harbour" in text
        assert "Mia" not in text
        assert "mia@example.org" not in text


def test_the_list_is_searched_and_filtered(client, organisation):
    OrganisationFactory(name="Harbour School", kind="school")

    def names(**query):
        page = client.get("/organisations/", query)
        assert page.status_code == 200
        return [each.name for each in page.context_data["organisations"]]

    assert names() == ["Harbour School", "Tool Library"]
    assert names(q="tool") == ["Tool Library"]
    assert names(kind="school") == ["Harbour School"]
    assert names(neighbourhood="harbour") == ["Tool Library"]
    assert names(q="nothing of the kind") == []
    assert names(kind='"><svg onload=alert(1)>', neighbourhood="' OR 1=1", page="abc") == [
        "Harbour School",
        "Tool Library",
    ]


@pytest.mark.parametrize("name", ["q", "kind", "neighbourhood", "page"])
def test_x3_odd_parameters_are_shown_literally(client, organisation, name):
    page = client.get("/organisations/", {name: '"><svg onload=alert(1)>'})

    assert page.status_code == 200
    assert "<svg onload" not in page.content.decode()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_x1_what_organisations_write_is_shown_literally(client, payload):
    OrganisationFactory(name=payload[:120], slug="tool-library", description=payload)

    for page in (client.get("/organisations/"), client.get(address("organisation"))):
        main = page.content.decode().split("<main")[1].split("</main>")[0]
        for start in (
            "<script",
            "<img",
            "<svg onload",
            "<iframe",
            "<form action=//",
            "<style",
            "<math",
            "<b>",
        ):
            assert start not in main


def test_a_website_that_is_no_web_address_is_no_link(client):
    OrganisationFactory(slug="tool-library", website="javascript:alert(1)")

    assert 'href="javascript' not in client.get(address("organisation")).content.decode()


def test_the_list_takes_the_same_number_of_queries_for_1_and_24(
    client, organisation, django_assert_max_num_queries
):
    counts = []
    client.get("/organisations/")  # the menus are kept from here on
    for _round in range(2):
        with django_assert_max_num_queries(10) as captured:
            client.get("/organisations/")
        counts.append(len(captured))
        OrganisationFactory.create_batch(23, neighbourhood=organisation.neighbourhood)

    assert counts[0] == counts[1]


@pytest.mark.parametrize("who", ["citizen", "resident", "moderator", "officer"])
def test_p11_only_managers_see_who_acts_for_it(client, organisation, manager, who, request):
    client.force_login(request.getfixturevalue(who))
    person = organisation.roles.get()

    for page in (
        client.get(address("organisation_people")),
        client.post(address("organisation_people"), {"email": "mia@example.org", "role": "manager"}),
        client.get(address("organisation_person", person.pk)),
        client.post(address("organisation_person", person.pk), {"remove": "1"}),
    ):
        assert page.status_code == 403
        assert "Mia" not in page.content.decode()
    assert organisation.roles.count() == 1


def test_s2_asking_a_known_and_an_unknown_person_looks_the_same(client, organisation, manager, citizen):
    client.force_login(manager)
    pages = []
    for email in (citizen.email, "nobody@example.org"):
        answer = client.post(address("organisation_people"), {"email": email, "role": "member"}, follow=True)
        text = answer.content.decode()
        pages.append(text[text.index("<main") : text.index('name="csrfmiddlewaretoken"')])

    assert pages[0] == pages[1]
    assert OrganisationInvitation.objects.get().participant == citizen.participant


def test_the_person_asked_says_yes(client, organisation, manager, citizen):
    client.force_login(manager)
    client.post(address("organisation_people"), {"email": citizen.email, "role": "member"})
    client.force_login(citizen)
    assert "Act for Tool Library?" in client.get(address("organisation_invitation")).content.decode()

    client.post(address("organisation_invitation"), {"accept": "1"})

    assert organisation.roles.get(participant=citizen.participant).role == "member"
    assert client.get(address("organisation_invitation")).status_code == 404


def test_the_person_asked_says_no(client, organisation, manager, citizen):
    OrganisationInvitation.objects.create(organisation=organisation, participant=citizen.participant)
    client.force_login(citizen)

    client.post(address("organisation_invitation"))

    assert not OrganisationInvitation.objects.exists()
    assert organisation.roles.count() == 1


def test_a_manager_changes_roles_and_removes_people(client, organisation, manager, citizen):
    member = OrganisationPerson.objects.create(organisation=organisation, participant=citizen.participant)
    client.force_login(manager)

    client.post(address("organisation_person", member.pk), {"role": "manager"})
    assert organisation.roles.filter(role="manager").count() == 2

    client.post(address("organisation_person", member.pk), {"remove": "1"})
    assert organisation.roles.get().participant == manager.participant

    answer = client.post(address("organisation_person", organisation.roles.get().pk), {"remove": "1"})
    assert answer.status_code == 409
    assert "another person its manager first" in answer.content.decode()


def test_p12_a_person_of_another_organisation_is_not_found_here(client, organisation, manager, citizen):
    elsewhere = OrganisationPerson.objects.create(
        organisation=OrganisationFactory(), participant=citizen.participant
    )
    client.force_login(manager)

    assert client.post(address("organisation_person", elsewhere.pk), {"remove": "1"}).status_code == 404
    assert OrganisationPerson.objects.filter(pk=elsewhere.pk).exists()


def test_a_member_leaves_after_a_question(client, organisation, manager, citizen):
    OrganisationPerson.objects.create(organisation=organisation, participant=citizen.participant)
    client.force_login(citizen)
    client.get(address("organisation_leave"))
    assert organisation.roles.count() == 2

    client.post(address("organisation_leave"))

    assert organisation.roles.get().participant == manager.participant
    assert client.get(address("organisation_leave")).status_code == 404
