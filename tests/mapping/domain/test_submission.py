"""Registering a place, with and without an account, and what moderators make of it."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mapping.domain import submission as submissions
from mapping.domain.place import change_place
from mapping.enums import PlaceStatus, SubmissionState
from mapping.models import LearningPlace, PlaceSubmission, Stewardship
from mapping.rules import looks_after
from participation.domain.mail import send_outgoing_mail
from participation.domain.participant import TooManyTries
from participation.domain.picture import PictureChanges, new_picture
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import Notification, OrganisationPerson, OutgoingMail
from tests.budgeting.proposing import picture_file
from tests.factories import OrganisationFactory, PlaceCategoryFactory, PlaceFactory, make_places_page

pytestmark = pytest.mark.django_db

POINT = ("53.550000", "9.990000")


@pytest.fixture(autouse=True)
def places_page(db):
    return make_places_page()


def begin(by, **facts):
    facts = {"name": "Mending room", "category": PlaceCategoryFactory(), **facts}
    return submissions.start_submission(facts=facts, by=by)


def complete(by, **facts):
    submission = begin(by)
    return submissions.save_step(
        submission, by=by, facts={"summary": "We mend things.", "point": POINT, **facts}
    )


def waiting(by):
    return submissions.send_submission(complete(by), by=by)


def letter_to(address: str) -> str:
    found = [message.body for message in mail.outbox if message.to == [address]]
    assert found, "no letter"
    return found[-1]


def token_in(body: str) -> str:
    line = next(line for line in body.splitlines() if "/confirm/" in line)
    return line.split("/confirm/")[1].rstrip("/")


def confirmed(stranger, email="group@example.org", **facts):
    submission = submissions.send_submission(complete(stranger, **facts), by=stranger, email=email)
    send_outgoing_mail()
    return submissions.confirm_submission(submission, token_in(letter_to(email)))


def test_a_registration_begins_as_a_draft_that_nobody_else_sees(citizen, resident):
    submission = begin(citizen)

    place = submission.place
    assert (submission.state, place.status) == (SubmissionState.DRAFT, PlaceStatus.DRAFT)
    assert len(submission.key) == 32
    assert looks_after(citizen, place)
    assert not looks_after(resident, place)


def test_each_step_changes_only_what_it_names(citizen):
    submission = begin(citizen, summary="We mend things.")

    submission = submissions.save_step(submission, by=citizen, facts={"point": POINT})
    submission = submissions.save_step(submission, by=citizen, facts={"opening_hours": "Mo-Fr 10:00-17:00"})

    place = LearningPlace.objects.get(pk=submission.place_id)
    assert (place.name, place.summary, place.opening_hours) == (
        "Mending room",
        "We mend things.",
        "Mo-Fr 10:00-17:00",
    )
    assert place.has_point


def test_p21_a_step_cannot_change_what_only_moderators_decide(citizen):
    submission = begin(citizen)

    with pytest.raises(TypeError):
        submissions.save_step(submission, by=citizen, facts={"status": "published"})

    assert LearningPlace.objects.get().status == PlaceStatus.DRAFT


def test_somebody_else_cannot_write_into_a_registration_even_with_its_key(citizen, resident, stranger):
    submission = begin(citizen)

    for other in (resident, stranger):
        with pytest.raises(Missing):
            submissions.save_step(submission, by=other, facts={"name": "Mine now"})
        with pytest.raises(Missing):
            submissions.discard_submission(submission, by=other)

    assert LearningPlace.objects.get().name == "Mending room"


def test_colleagues_of_the_organisation_go_on_with_it(citizen, resident):
    organisation = OrganisationFactory()
    for user in (citizen, resident):
        OrganisationPerson.objects.create(organisation=organisation, participant=user.participant)
    submission = begin(citizen, organisation=organisation)

    submissions.save_step(submission, by=resident, facts={"summary": "We mend things."})

    assert LearningPlace.objects.get().summary == "We mend things."


def test_nobody_registers_for_an_organisation_they_do_not_act_for(citizen, stranger):
    organisation = OrganisationFactory(is_trusted=True)

    for by in (citizen, stranger):
        with pytest.raises(NotAllowed):
            begin(by, organisation=organisation)
        submission = begin(by)
        with pytest.raises(NotAllowed):
            submissions.save_step(submission, by=by, facts={"organisation": organisation})

    assert not LearningPlace.objects.filter(organisation=organisation).exists()


def test_pictures_are_stored_reworded_and_removed_with_their_files(
    citizen, django_capture_on_commit_callbacks
):
    submission = begin(citizen)
    submission = submissions.save_step(
        submission,
        by=citizen,
        facts={},
        pictures=PictureChanges(add=(new_picture(picture_file(exif=True), "A lamp"),)),
    )
    first = submission.place.pictures.get()
    submission = submissions.save_step(
        submission, by=citizen, facts={}, pictures=PictureChanges(keep={first.pk: "A desk lamp"})
    )
    stored = LearningPlace.objects.get().pictures.get()
    file = stored.image.file
    assert (stored.pk, stored.alt_text) == (first.pk, "A desk lamp")
    with file.open("rb") as content:
        assert b"Canary" not in content.read()

    with django_capture_on_commit_callbacks(execute=True):
        submissions.save_step(
            submission, by=citizen, facts={}, pictures=PictureChanges(remove=frozenset([first.pk]))
        )

    assert not LearningPlace.objects.get().pictures.exists()
    assert not file.storage.exists(file.name)


def test_f18_a_fifth_picture_is_refused_and_leaves_no_file(citizen):
    submission = begin(citizen)
    five = tuple(new_picture(picture_file(), f"Picture {number}") for number in range(5))

    with pytest.raises(Invalid) as refusal:
        submissions.save_step(submission, by=citizen, facts={}, pictures=PictureChanges(add=five))

    assert refusal.value.field == "pictures"
    assert not LearningPlace.objects.get().pictures.exists()


def test_what_is_missing_is_told_all_at_once(citizen):
    submission = begin(citizen)

    with pytest.raises(Invalid) as refusal:
        submissions.send_submission(submission, by=citizen)

    assert set(refusal.value.details) == {"summary", "point"}
    assert PlaceSubmission.objects.get().state == SubmissionState.DRAFT


@pytest.mark.parametrize("where", [{"is_online": True, "point": None}, {"street": "Quay 3", "point": None}])
def test_a_digital_space_or_an_address_is_enough(citizen, where):
    submission = complete(citizen, **where)

    assert submissions.send_submission(submission, by=citizen).state == SubmissionState.WAITING


def test_with_an_account_it_goes_to_the_moderators_and_twice_does_no_harm(citizen):
    submission = complete(citizen)

    sent = submissions.send_submission(submission, by=citizen, message="Ring twice.")
    again = submissions.send_submission(sent, by=citizen)

    assert (again.state, again.message, again.place.status) == (
        SubmissionState.WAITING,
        "Ring twice.",
        PlaceStatus.PENDING,
    )
    with pytest.raises(Conflict):
        submissions.save_step(submission, by=citizen, facts={"name": "Another name"})


def test_a_trusted_organisation_publishes_at_once(citizen):
    organisation = OrganisationFactory(is_trusted=True)
    OrganisationPerson.objects.create(organisation=organisation, participant=citizen.participant)
    submission = complete(citizen, organisation=organisation)

    sent = submissions.send_submission(submission, by=citizen)

    assert (sent.state, sent.place.status) == (SubmissionState.ACCEPTED, PlaceStatus.PUBLISHED)


def test_without_an_account_a_link_is_mailed_and_only_its_button_hands_in(stranger):
    submission = complete(stranger)

    sent = submissions.send_submission(submission, by=stranger, email=" Group@Example.org ")
    send_outgoing_mail()
    body = letter_to("group@example.org")

    assert sent.state == SubmissionState.UNCONFIRMED
    assert submission.key in body
    assert "Mending room" in body
    confirmed = submissions.confirm_submission(sent, token_in(body))
    again = submissions.confirm_submission(confirmed, token_in(body))
    assert (again.state, again.place.status) == (SubmissionState.WAITING, PlaceStatus.PENDING)
    assert not OutgoingMail.objects.exclude(address="").exists()


def test_without_an_account_an_address_is_needed(stranger):
    for email in ("", "nobody", "a@b\nBcc: c@example.org"):
        with pytest.raises(Invalid) as refusal:
            submissions.send_submission(complete(stranger), by=stranger, email=email)
        assert refusal.value.field == "email"
    assert not OutgoingMail.objects.exists()


def test_s19_a_token_opens_only_the_registration_and_address_it_was_mailed_for(stranger):
    one = submissions.send_submission(complete(stranger), by=stranger, email="one@example.org")
    two = submissions.send_submission(complete(stranger), by=stranger, email="two@example.org")
    send_outgoing_mail()
    token = token_in(letter_to("one@example.org"))

    for other, wrong in ((two, token), (one, token[:-2]), (one, "x"), (one, "")):
        with pytest.raises(Missing):
            submissions.confirm_submission(other, wrong)
    one = submissions.send_submission(one, by=stranger, email="other@example.org")
    with pytest.raises(Missing):
        submissions.confirm_submission(one, token)
    assert not PlaceSubmission.objects.filter(state=SubmissionState.WAITING).exists()


def test_a_token_ends_after_two_weeks(stranger):
    with time_machine.travel(dt.datetime(2026, 5, 1, tzinfo=dt.UTC), tick=False) as clock:
        sent = submissions.send_submission(complete(stranger), by=stranger, email="one@example.org")
        send_outgoing_mail()
        token = token_in(letter_to("one@example.org"))
        clock.shift(dt.timedelta(days=14, seconds=2))

        with pytest.raises(Missing):
            submissions.confirm_submission(sent, token)


def test_x12_a_name_that_strangers_typed_is_no_link_in_a_letter(stranger):
    submission = begin(stranger, name="Prize at https://evil.example www.evil.example")

    submissions.keep_by_mail(submission, by=stranger, email="victim@example.org")
    send_outgoing_mail()

    body = letter_to("victim@example.org")
    assert "Prize at" in body
    assert "https://evil" not in body
    assert "www.evil" not in body


def test_an_address_gets_five_letters_an_hour(stranger):
    submission = begin(stranger)
    for _time in range(5):
        submissions.keep_by_mail(submission, by=stranger, email="group@example.org")

    with pytest.raises(TooManyTries):
        submissions.keep_by_mail(submission, by=stranger, email="GROUP@example.org")

    submissions.keep_by_mail(submission, by=stranger, email="other@example.org")
    assert OutgoingMail.objects.count() == 6


def test_one_person_begins_twenty_registrations_a_day(citizen, resident):
    for _time in range(20):
        begin(citizen)

    with pytest.raises(TooManyTries):
        begin(citizen)

    assert begin(resident).place.name == "Mending room"


def test_a_moderator_accepts_and_the_person_is_told(citizen, moderator):
    submission = submissions.accept_submission(waiting(citizen), by=moderator)

    assert (submission.state, submission.place.status) == (SubmissionState.ACCEPTED, PlaceStatus.PUBLISHED)
    notice = Notification.objects.get(participant=citizen.participant)
    assert "is on the map" in notice.title
    assert notice.path == f"/places/{submission.place_id}/"


def test_who_has_no_account_gets_a_letter_and_looks_after_it_by_address(stranger, moderator):
    submission = submissions.accept_submission(confirmed(stranger), by=moderator)
    send_outgoing_mail()

    submission.refresh_from_db()
    assert submission.email == ""
    assert Stewardship.objects.get(place=submission.place).email == "group@example.org"
    assert f"/places/{submission.place_id}/" in letter_to("group@example.org")


def test_a_question_sends_it_back_and_the_answer_comes_in_again(citizen, moderator):
    submission = submissions.return_submission(waiting(citizen), by=moderator, reason="Which door?")

    notice = Notification.objects.get(participant=citizen.participant)
    assert (notice.text, notice.path) == ("Which door?", f"/places/register/{submission.key}/")
    submission = submissions.save_step(submission, by=citizen, facts={"access_note": "The red one."})
    submission = submissions.send_submission(submission, by=citizen)
    assert (submission.state, submission.place.access_note) == (SubmissionState.WAITING, "The red one.")


def test_who_confirmed_an_address_once_need_not_again(stranger, moderator):
    submission = submissions.return_submission(confirmed(stranger), by=moderator, reason="Which door?")

    same = submissions.send_submission(submission, by=stranger)

    assert same.state == SubmissionState.WAITING


def test_another_address_must_be_confirmed_again(stranger, moderator):
    submission = submissions.return_submission(confirmed(stranger), by=moderator, reason="Which door?")

    other = submissions.send_submission(submission, by=stranger, email="other@example.org")

    assert other.state == SubmissionState.UNCONFIRMED


def test_a_refusal_needs_a_reason_and_tells_it(stranger, moderator):
    submission = confirmed(stranger)
    with pytest.raises(Invalid):
        submissions.refuse_submission(submission, by=moderator, reason="  ")

    submission = submissions.refuse_submission(submission, by=moderator, reason="It is a shop.")
    send_outgoing_mail()

    assert submission.place.status == PlaceStatus.REFUSED
    assert "It is a shop." in letter_to("group@example.org")
    assert PlaceSubmission.objects.get().email == ""


def test_p11_only_moderators_decide_and_only_once(citizen, resident, officer, moderator):
    submission = waiting(citizen)
    for by in (citizen, resident, officer):
        for decide in (submissions.accept_submission, submissions.refuse_submission):
            with pytest.raises(NotAllowed):
                decide(submission, by=by, reason="Because")

    submissions.accept_submission(submission, by=moderator)
    with pytest.raises(Conflict):
        submissions.refuse_submission(submission, by=moderator, reason="Too late")

    assert LearningPlace.objects.get().status == PlaceStatus.PUBLISHED


def test_signing_in_meanwhile_takes_the_registration_along(stranger, citizen):
    submission = complete(stranger)

    sent = submissions.send_submission(submission, by=citizen)

    assert (sent.state, sent.participant) == (SubmissionState.WAITING, citizen.participant)
    assert looks_after(citizen, sent.place)


def test_a_discarded_registration_leaves_nothing(citizen, django_capture_on_commit_callbacks):
    submission = submissions.save_step(
        begin(citizen),
        by=citizen,
        facts={},
        pictures=PictureChanges(add=(new_picture(picture_file(), "A lamp"),)),
    )
    file = submission.place.pictures.get().image.file

    with django_capture_on_commit_callbacks(execute=True):
        submissions.discard_submission(submission, by=citizen)

    assert not LearningPlace.objects.exists()
    assert not PlaceSubmission.objects.exists()
    assert not file.storage.exists(file.name)


def test_drafts_that_nobody_touches_for_sixty_days_are_erased(citizen, stranger):
    begin(stranger)
    kept, touched, published = waiting(citizen), begin(citizen), PlaceFactory()
    assert submissions.erase_abandoned_submissions() == 0
    # The clock is the database's and cannot be moved, so the rows are made older.
    PlaceSubmission.objects.update(changed_at=timezone.now() - dt.timedelta(days=60, minutes=1))
    submissions.save_step(touched, by=citizen, facts={"name": "Still here"})

    assert submissions.erase_abandoned_submissions() == 1

    left = set(LearningPlace.objects.values_list("pk", flat=True))
    assert left == {kept.place_id, touched.place_id, published.pk}


def test_nothing_reaches_the_map_before_a_moderator_says_so(stranger):
    submission = confirmed(stranger)

    with pytest.raises((Missing, NotAllowed)):
        change_place(submission.place, by=stranger, facts={"name": "Mine"})

    assert not LearningPlace.objects.get().is_public
    assert submission.submitted_at <= timezone.now()


def test_a_file_that_is_no_picture_is_refused_in_words():
    with pytest.raises(Invalid) as refusal:
        new_picture(SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>"), "A lamp")

    assert refusal.value.field == "picture"
