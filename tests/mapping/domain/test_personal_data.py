"""What becomes of a person's registrations and stewardships when they leave, and what revisions hold of people."""

import pytest

from mapping.domain import submission as submissions
from mapping.domain.stewardship import ask_to_look_after, grant_request
from mapping.models import LearningPlace, PlaceSubmission, Stewardship, StewardshipRequest
from participation.domain.personal_data import erase_person
from participation.models import OrganisationPerson
from tests.factories import OrganisationFactory, PlaceCategoryFactory, PlaceFactory, make_places_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places_page(db):
    return make_places_page()


def begin(user, name):
    facts = {"name": name, "category": PlaceCategoryFactory(), "summary": "We mend.", "street": "Quay 3"}
    return submissions.start_submission(facts=facts, by=user)


def test_what_is_on_the_map_stays_and_what_is_not_goes_with_the_account(citizen, moderator):
    begin(citizen, "Draft")
    submissions.send_submission(begin(citizen, "Waiting"), by=citizen)
    published = submissions.send_submission(begin(citizen, "Published"), by=citizen)
    submissions.accept_submission(published, by=moderator)
    looked_after = PlaceFactory(name="Looked after")
    Stewardship.objects.create(place=looked_after, participant=citizen.participant)

    erase_person(citizen, by=citizen)

    assert set(LearningPlace.objects.values_list("name", flat=True)) == {"Published", "Looked after"}
    assert not PlaceSubmission.objects.exists()
    assert not Stewardship.objects.exists()
    for place in LearningPlace.objects.all():
        assert set(place.revisions.values_list("user", flat=True)) <= {None, moderator.pk}


def test_revisions_hold_the_place_and_nothing_about_people(citizen, moderator, stranger):
    submission = begin(stranger, "Mending room")
    submission = submissions.save_step(submission, by=stranger, facts={"access_note": "Ring twice"})
    submissions.send_submission(submission, by=stranger, email="canary@example.org", message="Canary message")
    Stewardship.objects.create(place=submission.place, participant=citizen.participant)

    place = LearningPlace.objects.get()
    place.save_revision()

    assert place.revisions.exists()
    for revision in place.revisions.all():
        text = str(revision.content)
        assert "Ring twice" in text or revision.pk != place.latest_revision_id
        for secret in ("canary", "Canary", citizen.email, citizen.participant.display_name, submission.key):
            assert secret not in text


def test_a_request_goes_with_the_person_and_what_was_granted_stays(citizen, moderator):
    organisation = OrganisationFactory()
    OrganisationPerson.objects.create(organisation=organisation, participant=citizen.participant)
    place, other = PlaceFactory(), PlaceFactory()
    grant_request(ask_to_look_after(place, organisation=organisation, by=citizen), by=moderator)
    ask_to_look_after(other, organisation=organisation, by=citizen, message="Ours too.")

    erase_person(citizen, by=citizen)

    assert not StewardshipRequest.objects.exists()
    place.refresh_from_db()
    assert place.organisation == organisation
