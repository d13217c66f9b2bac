"""Badges from the offer to the end, and who may do what with them."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction

from learning_events.credentials.facts import Outcome
from learning_events.domain.credential import (
    DOOR_STAYS_OPEN,
    OFFER_LASTS,
    accept_at_door,
    accept_award,
    answer_for_minor,
    award_for_guardian,
    behind_door,
    decline_award,
    door_token,
    erase_award,
    forget_old_offers,
    guardian_token,
    offer_award,
    offer_to_person,
    revoke_award,
)
from learning_events.domain.issuer import KeyMissing, renew_key, signing_key
from learning_events.domain.session import cancel_session
from learning_events.enums import AwardState, Earned
from learning_events.models import Award, IssuerKey, StatusList
from learning_events.queries.credential import verdict_on
from participation.domain.mail import send_outgoing_mail
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import Notification, OutgoingMail
from tests import factories
from tests.learning_events.badges import make_award, make_badge, offered_award, running_session
from tests.learning_events.festivals import an_editor, make_event, make_festival

pytestmark = pytest.mark.django_db


def letters() -> list:
    """Send what waits and return all letters that went out."""
    send_outgoing_mail()
    return mail.outbox


def test_offer_reaches_an_address_and_signs_nothing():
    award = offered_award(email=" Ana@Example.org ")

    (letter,) = letters()
    assert letter.to == ["ana@example.org"]
    assert f"/badges/mine/{award.holder_key}/" in letter.body
    assert (award.state, award.credential, award.status_list) == (AwardState.OFFERED, "", None)
    assert not StatusList.objects.exists()


def test_accepted_badge_is_signed_and_its_address_forgotten():
    award = make_award(name="  Ana\u202e   Azevedo ")

    verdict, found = verdict_on(award.credential)
    assert (award.state, award.name, award.email) == (AwardState.ACCEPTED, "Ana Azevedo", "")
    assert (verdict.outcome, verdict.name, verdict.badge) == (Outcome.VALID, "Ana Azevedo", "Bread baker")
    assert found == award


def test_same_address_is_not_asked_twice_for_one_badge():
    award = offered_award()

    with pytest.raises(Conflict):
        offer_award(award.achievement, by=an_editor(), email="ANA@example.org")


def test_organisers_give_the_badges_of_their_event_only(resident):
    event = make_event(make_festival(), organisation=None)
    mine = make_event(event.get_parent().specific, title="Mine")
    organisation = factories.OrganisationFactory()
    resident.participant.organisation_roles.create(organisation=organisation, role="manager")
    mine.organisation = organisation
    mine.save()
    badge, other = make_badge(mine), make_badge(event, name="Other")

    award = offer_award(badge, by=resident, email="a@example.org", event=mine)

    assert award.given_by == resident
    for achievement, at in ((other, mine), (badge, event), (badge, None), (other, event)):
        with pytest.raises(NotAllowed):
            offer_award(achievement, by=resident, email="b@example.org", event=at)


def test_strangers_and_residents_give_nothing(stranger, resident):
    event = make_event(make_festival())
    badge = make_badge(event)

    for nobody in (stranger, resident):
        with pytest.raises(NotAllowed):
            offer_award(badge, by=nobody, email="b@example.org", event=event)


def test_badge_that_rests_cannot_be_offered():
    with pytest.raises(Conflict):
        offered_award(make_badge(is_active=False))


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "a@example.org\nBcc: b@example.org"])
def test_offer_needs_an_address(email):
    with pytest.raises(Invalid) as refusal:
        offered_award(email=email)
    assert refusal.value.field == "email"


def test_badge_belongs_to_the_account_it_was_offered_to(resident, citizen):
    badge = make_badge()
    award = offer_to_person(badge, resident.participant, earned=Earned.PATHWAY)

    assert Notification.objects.filter(participant=resident.participant).count() == 1
    for other in (citizen, None):
        for act in (
            lambda by: accept_award(award, by=by, name="X", is_minor=False),
            lambda by: decline_award(award, by=by),
            lambda by: erase_award(award, by=by),
        ):
            with pytest.raises(Missing):
                act(other)
    assert accept_award(award, by=resident, name="Rosa", is_minor=False).state == AwardState.ACCEPTED
    assert offer_to_person(badge, resident.participant, earned=Earned.PATHWAY) is None


def test_declined_offer_leaves_no_address():
    award = decline_award(offered_award(), by=None)

    assert (award.state, award.email, award.credential) == (AwardState.DECLINED, "", "")
    with pytest.raises(Conflict):
        accept_award(award, by=None, name="", is_minor=False)


def test_minor_gets_the_badge_only_when_a_guardian_agrees():
    award = accept_award(
        offered_award(), by=None, name="Kim", is_minor=True, guardian_email="Parent@example.org"
    )
    letter = letters()[-1]

    assert (award.state, award.credential, letter.to) == (AwardState.WAITING, "", ["parent@example.org"])
    token = re.search(r"/badges/guardian/(\S+)/\s", letter.body)[1]
    agreed = answer_for_minor(token, agrees=True)
    assert (agreed.state, agreed.guardian_email) == (AwardState.ACCEPTED, "")
    assert agreed.consent_at is not None
    assert verdict_on(agreed.credential)[0].outcome == Outcome.VALID
    with pytest.raises(Missing):
        answer_for_minor(token, agrees=False)


def test_guardian_who_does_not_agree_ends_it():
    award = accept_award(offered_award(), by=None, name="Kim", is_minor=True, guardian_email="p@example.org")

    award = answer_for_minor(guardian_token(award), agrees=False)

    assert (award.state, award.name, award.guardian_email) == (AwardState.DECLINED, "", "")


def test_letter_to_a_wrong_guardian_is_worth_nothing_after_the_correction():
    award = accept_award(
        offered_award(), by=None, name="Kim", is_minor=True, guardian_email="wrong@example.org"
    )
    wrong = guardian_token(award)
    award = accept_award(award, by=None, name="Kim", is_minor=True, guardian_email="right@example.org")

    with pytest.raises(Missing):
        award_for_guardian(wrong)
    assert award_for_guardian(guardian_token(award)) == award


def test_who_waits_for_a_guardian_cannot_grow_older_meanwhile(resident):
    award = accept_award(offered_award(), by=None, name="Kim", is_minor=True, guardian_email="p@example.org")
    session = running_session()
    token = door_token(session, make_badge(session.event, name="Other"))
    accept_at_door(token, by=resident, name="", is_minor=True, guardian_email="p@example.org")

    with pytest.raises(Conflict):
        accept_award(award, by=None, name="Kim", is_minor=False)
    with pytest.raises(Conflict):
        accept_at_door(token, by=resident, name="", is_minor=False)
    assert not Award.objects.exclude(credential="").exists()


def test_minor_without_a_guardian_is_asked_for_one():
    with pytest.raises(Invalid) as refusal:
        accept_award(offered_award(), by=None, name="Kim", is_minor=True)
    assert refusal.value.field == "guardian_email"


def test_database_refuses_a_minors_badge_without_consent():
    award = make_award()

    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(is_minor=True)


def test_database_refuses_a_signature_nobody_asked_for():
    award = offered_award()

    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.filter(pk=award.pk).update(credential="x")


def test_letters_make_no_links_of_what_people_typed():
    accept_award(
        offered_award(make_badge(name="See www.evil.example")),
        by=None,
        name="http://evil.example",
        is_minor=True,
        guardian_email="p@example.org",
    )

    for letter in letters():
        assert "http://evil" not in letter.body
        assert "www.evil" not in letter.body + letter.subject


def test_revoked_badge_is_told_as_such_by_every_check(resident):
    badge = make_badge()
    award = accept_award(
        offer_to_person(badge, resident.participant, earned=Earned.GIVEN),
        by=resident,
        name="",
        is_minor=False,
    )
    other = make_award(badge)

    revoked = revoke_award(award, reason="Given by mistake.", by=an_editor())

    assert (revoked.state, revoked.revoked_reason) == (AwardState.REVOKED, "Given by mistake.")
    assert verdict_on(award.credential)[0].outcome == Outcome.REVOKED
    assert verdict_on(other.credential)[0].outcome == Outcome.VALID
    assert Notification.objects.filter(participant=resident.participant).count() == 2
    with pytest.raises(Conflict):
        revoke_award(award, reason="Again", by=an_editor())


def test_only_staff_revoke_and_say_why(resident, stranger):
    award = make_award()

    for nobody in (resident, stranger):
        with pytest.raises(NotAllowed):
            revoke_award(award, reason="No", by=nobody)
    with pytest.raises(Invalid):
        revoke_award(award, reason="  ", by=an_editor())


def test_erased_badge_stays_what_it_was_for_others():
    revoked, kept = make_award(), make_award(make_badge(name="Other"), email="b@example.org")
    revoke_award(revoked, reason="Mistake", by=an_editor())
    for award in (revoked, kept):
        erase_award(award, by=None)

    assert not Award.objects.filter(pk__in=[revoked.pk, kept.pk]).exists()
    assert verdict_on(revoked.credential) == (verdict_on(revoked.credential)[0], None)
    assert verdict_on(revoked.credential)[0].outcome == Outcome.REVOKED
    assert verdict_on(kept.credential)[0].outcome == Outcome.VALID
    assert StatusList.objects.get().number_taken == 2


def test_code_at_the_door_gives_the_badge_to_who_says_yes(stranger):
    session = running_session()
    token = door_token(session, make_badge(session.event))

    assert not Award.objects.exists()
    award = accept_at_door(token, by=stranger, name="Ana", is_minor=False, email="Ana@example.org")

    assert (award.state, award.earned, award.event) == (AwardState.ACCEPTED, Earned.DOOR, session.event)
    assert not Award.objects.exclude(email="").exists()
    assert f"/badges/mine/{award.holder_key}/" in letters()[-1].body
    assert not OutgoingMail.objects.filter(address="ana@example.org").exists()


def test_code_at_the_door_works_only_while_the_session_takes_place(clock):
    session = running_session()
    token = door_token(session, make_badge(session.event))

    clock.move_to(session.ends_at + DOOR_STAYS_OPEN)
    assert behind_door(token)[0] == session
    for moment in (
        session.ends_at + DOOR_STAYS_OPEN + dt.timedelta(seconds=1),
        session.starts_at - dt.timedelta(seconds=1),
    ):
        clock.move_to(moment)
        with pytest.raises(Conflict):
            behind_door(token)


def test_code_of_a_cancelled_session_or_hidden_event_opens_nothing():
    session = running_session()
    badge = make_badge(session.event)
    token = door_token(session, badge)
    cancel_session(session, reason="Ill", by=an_editor())

    with pytest.raises(Conflict):
        behind_door(token)
    session.event.unpublish()
    with pytest.raises(Missing):
        behind_door(token)


def test_code_for_one_purpose_opens_no_other_door():
    session = running_session()
    badge = make_badge(session.event)
    waiting = accept_award(
        offered_award(badge), by=None, name="", is_minor=True, guardian_email="p@example.org"
    )

    for token in (guardian_token(waiting), door_token(session, badge)[:-2] + "xx", "1/2/3", "x"):
        with pytest.raises(Missing):
            behind_door(token)
    with pytest.raises(Missing):
        award_for_guardian(door_token(session, badge))


def test_person_has_each_badge_once_however_often_the_code_is_scanned(resident):
    session = running_session()
    token = door_token(session, make_badge(session.event))
    accept_at_door(token, by=resident, name="Rosa", is_minor=False)

    with pytest.raises(Conflict, match="already"):
        accept_at_door(token, by=resident, name="Rosa", is_minor=False)
    assert Award.objects.count() == 1


def test_offers_that_nobody_answers_are_forgotten(clock):
    old = offered_award()
    clock.move_to(old.offered_at + OFFER_LASTS + dt.timedelta(hours=1))
    accepted = make_award(make_badge(name="Kept"), email="b@example.org")

    assert forget_old_offers() == 1
    assert list(Award.objects.all()) == [accepted]


def test_private_key_is_a_file_that_only_the_server_reads():
    private, name = signing_key()
    path = settings.CREDENTIAL_KEYS_DIR / f"{name}.pem"

    assert path.read_bytes() == private
    assert path.stat().st_mode & 0o777 == 0o600
    key = IssuerKey.objects.get()
    assert "PRIVATE" not in key.public_pem
    assert signing_key() == (private, name)


def test_new_key_signs_and_old_badges_stay_valid():
    old = make_award()
    key = renew_key()
    new = make_award(make_badge(name="Other"), email="b@example.org")

    assert signing_key()[1] == key.name
    assert [verdict_on(award.credential)[0].outcome for award in (old, new)] == [Outcome.VALID, Outcome.VALID]


def test_lost_key_stops_signing_in_words_and_changes_nothing():
    award = offered_award()
    _private, name = signing_key()
    (settings.CREDENTIAL_KEYS_DIR / f"{name}.pem").unlink()

    with pytest.raises(KeyMissing):
        accept_award(award, by=None, name="", is_minor=False)
    award.refresh_from_db()
    assert award.state == AwardState.OFFERED


def test_two_badges_of_one_person_have_nothing_in_common_but_the_issuer(resident):
    import base64
    import json

    bodies = []
    for name in ("One", "Two"):
        offer = offer_to_person(make_badge(name=name), resident.participant, earned=Earned.GIVEN)
        token = accept_award(offer, by=resident, name="", is_minor=False).credential.split(".")[1]
        bodies.append(json.loads(base64.urlsafe_b64decode(token + "===")))

    first, second = bodies
    assert first["credentialSubject"]["id"] != second["credentialSubject"]["id"]
    assert first["id"] != second["id"]
    assert first["issuer"] == second["issuer"]
    assert resident.email not in json.dumps(bodies)
    assert resident.participant.display_name not in json.dumps(bodies)


def test_commands_forget_old_offers_and_renew_the_key(clock, capsys):
    old = offered_award()
    signing_key()
    clock.move_to(old.offered_at + OFFER_LASTS + dt.timedelta(hours=1))

    call_command("forget_old_offers")
    call_command("renew_badge_key")

    assert not Award.objects.exists()
    assert IssuerKey.objects.count() == 2
    assert signing_key()[1] in capsys.readouterr().out
