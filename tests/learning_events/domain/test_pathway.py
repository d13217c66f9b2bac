"""Walking a learning pathway, and one's own notes."""

import datetime as dt

import pytest
from django.utils import timezone

from learning_events.domain.credential import accept_at_door, accept_award, door_token
from learning_events.domain.pathway import (
    delete_note,
    forget_attendance,
    place_token,
    take_known_steps,
    take_step,
    undo_step,
    visit_place,
    write_note,
)
from learning_events.enums import AwardState, Earned, RegistrationState, StepWay
from learning_events.models import Award, LearningNote, Registration, StepDone
from learning_events.queries.learning import record_of
from learning_events.queries.pathway import progress_of, progress_on
from mapping.enums import PlaceStatus
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from tests import factories
from tests.learning_events.badges import make_badge, make_pathway, running_session
from tests.learning_events.festivals import make_event, make_festival, make_session

pytestmark = pytest.mark.django_db


def attended(session, user) -> Registration:
    return Registration.objects.create(
        session=session,
        key=f"{session.pk:032d}",
        participant=user.participant,
        state=RegistrationState.CONFIRMED,
        checked_in_at=timezone.now(),
    )


def test_own_word_takes_a_step_where_the_pathway_trusts_it(resident):
    place = factories.PlaceFactory()
    (step,) = make_pathway(place).steps.all()

    done = take_step(step, by=resident)

    assert (done.way, done.participant) == (StepWay.WORD, resident.participant)
    undo_step(step, by=resident)
    assert not StepDone.objects.exists()


def test_word_is_not_enough_for_events_and_for_strict_pathways(resident):
    event = make_event(make_festival())
    free = make_pathway(event)
    strict = make_pathway(factories.PlaceFactory(), slug="strict", trusts_word=False)

    for pathway in (free, strict):
        with pytest.raises(NotAllowed):
            take_step(pathway.steps.get(), by=resident)


def test_code_at_the_place_counts_for_every_pathway_that_leads_there(resident):
    place = factories.PlaceFactory()
    strict = make_pathway(place, slug="strict", trusts_word=False)
    free = make_pathway(place, slug="free")
    make_pathway(place, slug="hidden", is_public=False)

    walked = visit_place(place_token(place), by=resident)

    assert {pathway.pk for pathway in walked} == {strict.pk, free.pk}
    assert set(StepDone.objects.values_list("step__pathway", "way")) == {
        (strict.pk, StepWay.DOOR),
        (free.pk, StepWay.DOOR),
    }
    visit_place(place_token(place), by=resident)
    assert StepDone.objects.count() == 2


def test_code_of_a_hidden_place_or_of_another_kind_opens_nothing(resident):
    place = factories.PlaceFactory(status=PlaceStatus.HIDDEN)
    session = running_session()

    for token in (place_token(place), door_token(session, make_badge(session.event)), "1/2/3"):
        with pytest.raises(Missing):
            visit_place(token, by=resident)


def test_ordered_steps_are_taken_one_after_another(resident):
    first, second = factories.PlaceFactory(), factories.PlaceFactory()
    pathway = make_pathway(first, second, is_ordered=True)
    one, two = pathway.steps.order_by("sort_order")

    with pytest.raises(Conflict):
        take_step(two, by=resident)
    visit_place(place_token(second), by=resident)
    assert not StepDone.objects.exists()
    take_step(one, by=resident)
    take_step(two, by=resident)
    assert progress_on(pathway, resident.participant).is_complete


def test_last_step_earns_the_badge_once_and_only_as_an_offer(resident):
    place = factories.PlaceFactory()
    badge = make_badge(name="City walker")
    pathway = make_pathway(place, achievement=badge)
    step = pathway.steps.get()

    take_step(step, by=resident)
    undo_step(step, by=resident)
    take_step(step, by=resident)

    award = Award.objects.get()
    assert (award.state, award.earned, award.pathway) == (AwardState.OFFERED, Earned.PATHWAY, pathway)
    assert (award.participant, award.credential) == (resident.participant, "")


def test_site_knows_who_was_checked_in_or_took_the_code_at_the_door(resident):
    festival = make_festival()
    one, two = make_event(festival, title="One"), make_event(festival, title="Two")
    badge, other = make_badge(two, name="Two"), make_badge(name="Other")
    attended(make_session(one), resident)
    session = running_session(two)
    accept_at_door(door_token(session, badge), by=resident, name="", is_minor=False)
    pathway = make_pathway(one, two, badge, other)

    assert take_known_steps(pathway, by=resident) == 3
    assert take_known_steps(pathway, by=resident) == 0
    ways = list(StepDone.objects.order_by("step__sort_order").values_list("way", flat=True))
    assert ways == [StepWay.ATTENDED, StepWay.DOOR, StepWay.BADGE]
    assert not progress_on(pathway, resident.participant).is_complete


def test_booking_without_coming_is_no_step(resident):
    event = make_event(make_festival())
    registration = attended(make_session(event), resident)
    Registration.objects.filter(pk=registration.pk).update(checked_in_at=None)

    assert take_known_steps(make_pathway(event), by=resident) == 0


def test_strangers_walk_without_being_kept(stranger):
    pathway = make_pathway(factories.PlaceFactory())

    with pytest.raises(NotAllowed):
        take_step(pathway.steps.get(), by=stranger)
    assert progress_on(pathway, None).number_done == 0


def test_step_of_somebody_else_cannot_be_taken_back(resident, citizen):
    step = make_pathway(factories.PlaceFactory()).steps.get()
    take_step(step, by=resident)

    with pytest.raises(Missing):
        undo_step(step, by=citizen)
    assert StepDone.objects.count() == 1


def test_notes_are_ones_own(resident, citizen, clock):
    note = write_note(by=resident, text=" Sourdough \u202eneeds time. ", learned_on=dt.date(2026, 5, 3))

    assert note.text == "Sourdough needs time."
    with pytest.raises(Missing):
        delete_note(note.pk, by=citizen)
    for text, day, field in (("", dt.date(2026, 5, 3), "text"), ("x", dt.date(2999, 1, 1), "learned_on")):
        with pytest.raises(Invalid) as refusal:
            write_note(by=resident, text=text, learned_on=day)
        assert refusal.value.field == field
    delete_note(note.pk, by=resident)
    assert not LearningNote.objects.exists()


def test_record_has_everything_newest_first(resident, clock):
    clock.move_to("2026-09-20 10:00+00:00")
    festival = make_festival()
    event = make_event(festival, title="Bread")
    attended(make_session(event), resident)
    session = running_session(make_event(festival, title="Cheese"))
    badge = make_badge(session.event, name="Cheese maker")
    accept_at_door(door_token(session, badge), by=resident, name="", is_minor=False)
    take_known_steps(make_pathway(event, slug="food"), by=resident)
    write_note(by=resident, text="Salt matters.", learned_on=dt.date(2026, 9, 1))

    record = record_of(resident.participant)

    assert sorted({entry.kind for entry in record}) == ["badge", "note", "session", "step"]
    assert [entry.day for entry in record] == sorted((entry.day for entry in record), reverse=True)
    assert record[-1].title == "Salt matters."


def test_all_pathways_cost_the_same_queries(resident, django_assert_num_queries):
    place = factories.PlaceFactory()
    for number in range(6):
        take_step(make_pathway(place, slug=f"p{number}").steps.get(), by=resident)

    with django_assert_num_queries(3):
        assert len(progress_of(resident.participant)) == 6


def test_badge_accepted_on_the_way_is_a_step_of_the_next_pathway(resident):
    badge = make_badge()
    place = factories.PlaceFactory()
    first = make_pathway(place, achievement=badge)
    second = make_pathway(badge, slug="second")
    take_step(first.steps.get(), by=resident)

    assert take_known_steps(second, by=resident) == 0
    accept_award(Award.objects.get(), by=resident, name="", is_minor=False)
    assert take_known_steps(second, by=resident) == 1


def test_session_is_taken_off_the_record_and_somebody_still_came(resident, citizen, clock):
    session = make_session(make_event(make_festival()))
    clock.move_to(session.ends_at - dt.timedelta(minutes=1))
    registration = attended(session, resident)

    with pytest.raises(Conflict):
        forget_attendance(registration.pk, by=resident)
    clock.move_to(session.ends_at + dt.timedelta(minutes=1))
    with pytest.raises(Missing):
        forget_attendance(registration.pk, by=citizen)
    forget_attendance(registration.pk, by=resident)
    registration.refresh_from_db()
    assert registration.participant is None
    assert registration.checked_in_at is not None
    assert record_of(resident.participant) == []
