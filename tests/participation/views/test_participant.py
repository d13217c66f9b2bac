"""A person's own pages."""

import pytest
from django.http import HttpResponse

from participation.foundation.person_key import person_key
from participation.models import Participant
from tests.factories import (
    AreaFactory,
    NeighbourhoodFactory,
    ProposalFactory,
    RegisterEntryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PAYLOAD = "<img src=x onerror=alert(1)>"


class CityCard:
    """A verifier as a city might write one."""

    name, label, hint = "city-card", "City card", "Hold your card to the reader."

    def begin(self, request, participant):
        return HttpResponse(f"hello {participant.pk}")


@pytest.fixture
def signed_in(client, citizen):
    client.force_login(citizen)
    return client


@pytest.mark.parametrize("path", ["/me/", "/me/welcome/", "/me/verify/"])
def test_strangers_are_sent_to_sign_in_and_come_back(client, path):
    assert client.get(path).url == f"/account/login/?next={path}"


def test_the_first_visit_asks_for_name_and_neighbourhood(client):
    user, quarter = UserFactory(), NeighbourhoodFactory()
    client.force_login(user)

    answer = client.post(
        "/me/welcome/", {"display_name": "Nia", "neighbourhood": quarter.pk, "next": "/budget/"}
    )

    person = Participant.objects.get(user=user)
    assert answer.url == "/budget/"
    assert (person.display_name, person.neighbourhood) == ("Nia", quarter)


def test_the_welcome_page_does_not_make_up_a_name(client):
    client.force_login(UserFactory())
    client.get("/me/welcome/")

    assert not Participant.objects.exists()


def test_the_profile_is_changed(signed_in, citizen):
    signed_in.post("/me/", {"display_name": "Carla C.", "wants_mail": ""})

    person = Participant.objects.get(user=citizen)
    assert (person.display_name, person.wants_mail) == ("Carla C.", False)


def test_p21_other_fields_are_not_taken(signed_in, citizen):
    entry = RegisterEntryFactory()
    signed_in.post(
        "/me/",
        {
            "display_name": "Carla",
            "verified_at": "2026-01-01",
            "verified_by": "desk",
            "register_entry": entry.pk,
            "user": "1",
            "is_staff": "1",
        },
    )

    person = Participant.objects.get(user=citizen)
    assert not person.is_verified
    assert not Participant.objects.select_related("user").get(pk=person.pk).user.is_staff


def test_the_profile_lists_ones_own_proposals_and_no_others(signed_in, citizen):
    mine = ProposalFactory(
        author=citizen.participant, title="Mend lamps", discussion__path="/budget/proposals/1/"
    )
    ProposalFactory(area=mine.area, title="Somebody else's")

    page = signed_in.get("/me/").content.decode()

    assert '<a href="/budget/proposals/1/">Mend lamps</a>' in page
    assert "Somebody else" not in page


def test_the_profile_takes_a_constant_number_of_queries(signed_in, citizen, django_assert_max_num_queries):
    area = AreaFactory()
    for _number in range(30):
        ProposalFactory(area=area, author=citizen.participant)
    signed_in.get("/me/")

    with django_assert_max_num_queries(18):
        signed_in.get("/me/")


def test_x1_a_name_is_only_a_name(signed_in, citizen):
    Participant.objects.filter(user=citizen).update(display_name=PAYLOAD)

    page = signed_in.get("/me/").content.decode()

    assert PAYLOAD not in page
    assert "&lt;img src=x" in page


@pytest.mark.parametrize("name", ["a@b.example", "\u0410dmin", "", "x" * 81])
def test_x20_a_wrong_name_is_told_and_not_saved(signed_in, citizen, name):
    answer = signed_in.post("/me/", {"display_name": name})

    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert Participant.objects.get(user=citizen).display_name == "Carla Citizen"


def test_a_resident_verifies_herself(signed_in, citizen):
    import datetime as dt

    RegisterEntryFactory(person_key=person_key("A1", dt.date(1984, 7, 31)))

    answer = signed_in.post("/me/verify/", {"register_number": "a-1", "born_on": "1984-07-31"})

    assert answer.url == "/me/"
    assert Participant.objects.get(user=citizen).is_verified
    assert "You can vote" in signed_in.get("/me/").content.decode()


def test_wrong_details_are_refused_in_words(signed_in):
    answer = signed_in.post("/me/verify/", {"register_number": "A1", "born_on": "1984-07-31"})

    assert answer.status_code == 400
    assert "come to the desk" in answer.content.decode()


def test_too_many_tries_are_a_429(signed_in):
    answers = [
        signed_in.post("/me/verify/", {"register_number": f"A{number}", "born_on": "1984-07-31"}).status_code
        for number in range(6)
    ]

    assert answers == [400] * 5 + [429]


def test_what_cannot_be_right_costs_no_try(signed_in):
    for _try in range(6):
        signed_in.post("/me/verify/", {"register_number": "", "born_on": "soon"})

    assert (
        signed_in.post("/me/verify/", {"register_number": "A1", "born_on": "1984-07-31"}).status_code == 400
    )


def test_another_service_is_offered_and_begun(signed_in, citizen, settings):
    settings.PARTICIPATION_VERIFIERS = [f"{__name__}.CityCard"]

    page = signed_in.get("/me/verify/").content.decode()

    assert "Hold your card to the reader." in page
    assert signed_in.post("/me/verify/city-card/").content.decode() == f"hello {citizen.participant.pk}"


def test_an_unknown_service_is_not_found(signed_in):
    assert signed_in.post("/me/verify/nothing/").status_code == 404
    assert signed_in.get("/me/verify/nothing/").status_code == 405
