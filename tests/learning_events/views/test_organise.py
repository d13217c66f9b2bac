"""Organisers' pages: an event in steps, its sessions, handing in, and what strangers get."""

import datetime as dt

import pytest
from django.test import Client

from learning_events.domain.event import change_event, draft_event, send_event
from learning_events.enums import EventStage
from learning_events.models import ChangeRequest, EventKind, EventPage, Session
from learning_events.queries.event import stage_of
from tests.factories import OrganisationFactory, ParticipantFactory, PlaceFactory, UserFactory
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db

MINE = "/festival/my-events/"
SUBMIT = "/festival/submit/"
NOW = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock(clock):
    clock.move_to(NOW)
    return clock


@pytest.fixture
def festival():
    return make_festival()


@pytest.fixture
def organiser(db):
    return ParticipantFactory(display_name="Olga Organiser").user


@pytest.fixture
def client(client, organiser):
    client.force_login(organiser)
    return client


@pytest.fixture
def kind(db):
    return EventKind.objects.create(name="Workshop", slug="workshop")


@pytest.fixture
def draft(festival, organiser, kind):
    facts = {"title": "Bread", "summary": "We bake.", "kind": kind, "venue_name": "Old bakery"}
    return draft_event(festival, facts=facts, by=organiser)


@pytest.fixture
def public(draft, organiser):
    """An event of an organisation that publishes by itself."""
    trusted = OrganisationFactory(is_trusted=True)
    trusted.roles.create(participant=organiser.participant)
    make_session(draft)
    change_event(draft, facts={"organisation": trusted}, by=organiser)
    return send_event(draft, by=organiser)


def page_of(event, *more) -> str:
    return "/".join([f"{MINE}{event.pk}", *map(str, more), ""]) if more else f"{MINE}{event.pk}/"


def when(**changes) -> dict:
    return {"day": "2026-09-12", "begin": "18:00", "end": "20:00", "repeat": "once", **changes}


# Beginning


def test_strangers_sign_in_first_and_come_back(festival):
    answer = Client().get(SUBMIT)

    assert answer.status_code == 302
    assert answer.url.endswith(f"?next={SUBMIT}")


def test_who_has_no_public_name_is_asked_for_one(festival, client):
    client.force_login(UserFactory())

    assert "next=" in client.get(SUBMIT).url


def test_the_first_step_begins_a_draft(festival, client, organiser, kind):
    assert client.get(SUBMIT).status_code == 200

    answer = client.post(SUBMIT, {"title": "Bread", "kind": kind.pk})

    event = EventPage.objects.get()
    assert answer.url == page_of(event, "step", "about")
    assert (event.title, event.kind, event.live, event.owner) == ("Bread", kind, False, organiser)
    assert client.get(answer.url).headers["Cache-Control"] == "private, no-store"


def test_a_title_is_needed_and_what_was_typed_stays(festival, client):
    answer = client.post(SUBMIT, {"title": " ", "summary": "We bake."})

    assert answer.status_code == 400
    assert "We bake." in answer.content.decode()
    assert not EventPage.objects.exists()


def test_only_organisations_that_one_acts_for_can_be_chosen(festival, client, organiser):
    mine, foreign = OrganisationFactory(name="Ours"), OrganisationFactory(name="Theirs")
    mine.roles.create(participant=organiser.participant)

    page = client.get(SUBMIT).content.decode()
    answer = client.post(SUBMIT, {"title": "Bread", "organisation": foreign.pk})

    assert ("Ours" in page, "Theirs" in page) == (True, False)
    assert answer.status_code == 400
    client.post(SUBMIT, {"title": "Bread", "organisation": mine.pk})
    assert EventPage.objects.get().organisation == mine


def test_after_the_deadline_nothing_is_begun(client, kind):
    make_festival(submissions_close_on=dt.date(2026, 5, 31))

    assert "deadline for new events is over" in client.get(SUBMIT).content.decode()
    assert client.post(SUBMIT, {"title": "Bread"}).status_code == 400
    assert not EventPage.objects.exists()


# The steps

STEPS = {
    "what": {"title": "Bread", "summary": "We bake bread."},
    "about": {"description": "Knead, wait, bake.", "leaders": "Ida Oven"},
    "people": {"age_from": "6", "age_to": "99", "languages": ["de", "en"]},
    "where": {"attendance": "in-person", "place": "", "venue_name": "Yard", "venue_address": "Quay 3"},
    "access": {"step_free": "yes", "sign_language": "yes", "cost": "free"},
    "booking": {"booking": "seats", "contact_phone": "040 1234"},
}


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_saved_and_leads_on(client, draft, step):
    form = client.get(page_of(draft, "step", step))
    assert form.status_code == 200

    answer = client.post(page_of(draft, "step", step), STEPS[step])

    assert answer.status_code == 302, answer.context["form"].errors
    assert client.get(answer.url).status_code == 200
    event = EventPage.objects.get()
    for name, value in STEPS[step].items():
        stored = getattr(event, name)
        assert str(stored or "") == (" ".join(value) if isinstance(value, list) else value)


@pytest.mark.parametrize(
    ("step", "data", "field"),
    [
        ("what", {"title": ""}, "title"),
        ("people", {"age_from": "12", "age_to": "6"}, "age_to"),
        ("booking", {"booking": "elsewhere"}, "booking_url"),
        ("booking", {"booking": "open", "contact_phone": "call me"}, "contact_phone"),
        ("where", {"attendance": "in-person", "place": "999"}, "place"),
        ("where", {"attendance": "on the moon"}, "attendance"),
        ("about", {"description": "x" * 6001}, "description"),
    ],
)
def test_what_contradicts_itself_comes_back_at_its_field(client, draft, step, data, field):
    answer = client.post(page_of(draft, "step", step), data)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]


def test_a_place_is_searched_without_losing_what_was_typed(client, draft):
    bakery = PlaceFactory(name="Harbour bakery")
    PlaceFactory(name="Library")
    typed = {"attendance": "mixed", "online_url": "https://example.org/meet", "words": "bakery"}

    found = client.post(page_of(draft, "step", "where"), {**typed, "search": "1"})

    page = found.content.decode()
    assert found.status_code == 200
    assert ("Harbour bakery" in page, "Library" in page) == (True, False)
    assert "https://example.org/meet" in page
    assert EventPage.objects.get().place is None
    client.post(page_of(draft, "step", "where"), {**typed, "place": bakery.pk, "venue_name": "Old bakery"})
    event = EventPage.objects.get()
    assert (event.place, event.venue_name, event.attendance) == (bakery, "", "mixed")


def test_places_that_nobody_may_see_are_neither_found_nor_chosen(client, draft):
    hidden = PlaceFactory(name="Hidden bakery", status="draft")

    found = client.post(
        page_of(draft, "step", "where"), {"attendance": "mixed", "words": "bakery", "search": "1"}
    )
    chosen = client.post(page_of(draft, "step", "where"), {"attendance": "mixed", "place": hidden.pk})

    assert "Hidden bakery" not in found.content.decode()
    assert chosen.status_code == 400


def test_f19_the_second_tab_is_told_and_may_save_knowingly(client, draft):
    url = page_of(draft, "step", "what")
    version = client.get(url).context["form"]["version"].value()
    client.post(url, {"title": "First tab", "version": version})

    second = client.post(url, {"title": "Second tab", "version": version})

    assert second.status_code == 409
    assert EventPage.objects.get().title == "First tab"
    assert "Somebody has changed this event" in second.content.decode()
    again = second.context["form"]["version"].value()
    assert client.post(url, {"title": "Second tab", "version": again}).status_code == 302
    assert EventPage.objects.get().title == "Second tab"


def test_unknown_steps_and_foreign_events_are_not_found(client, draft, citizen):
    assert client.get(page_of(draft, "step", "nonsense")).status_code == 404
    client.force_login(citizen)
    for tail in (
        (),
        ("step", "what"),
        ("sessions",),
        ("check",),
        ("withdraw",),
        ("copy",),
        ("delete",),
        ("ask",),
    ):
        assert client.get(page_of(draft, *tail)).status_code == 404, tail
        assert client.post(page_of(draft, *tail)).status_code in (404, 405), tail


# Sessions


def test_one_session_is_added(client, draft):
    answer = client.post(page_of(draft, "sessions"), when(room="Hall"))

    session = Session.objects.get()
    assert answer.status_code == 302
    assert (session.starts_at, session.room, session.zone) == (
        dt.datetime(2026, 9, 12, 16, tzinfo=dt.UTC),
        "Hall",
        "Europe/Berlin",
    )


def test_a_repetition_is_shown_as_dates_before_it_is_kept(client, draft):
    data = when(day="2026-09-14", repeat="weekly", every="2", until="2026-10-31")

    looked = client.post(page_of(draft, "sessions"), data)

    page = looked.content.decode()
    assert looked.status_code == 200
    assert "every second Monday until" in page
    assert not Session.objects.exists()
    seen = looked.context["form"]["seen"].value()
    client.post(page_of(draft, "sessions"), {**data, "seen": seen, "leave_out": ["2026-09-28"]})
    days = [session.starts_at.date().isoformat() for session in Session.objects.order_by("starts_at")]
    assert days == ["2026-09-14", "2026-10-12", "2026-10-26"]
    assert "every second Monday" in client.get(page_of(draft, "sessions")).content.decode()


def test_dates_that_changed_since_they_were_shown_are_shown_again(client, draft):
    data = when(repeat="weekly", count="3")
    seen = client.post(page_of(draft, "sessions"), data).context["form"]["seen"].value()

    looked = client.post(page_of(draft, "sessions"), {**data, "count": "4", "seen": seen})

    assert looked.status_code == 200
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"end": "17:00"}, "end"),
        ({"end": "18:00"}, "end"),
        ({"ends_on": "2026-12-24"}, "ends_on"),
        ({"day": "soon"}, "day"),
        ({"day": "0001-01-01"}, "day"),
        ({"begin": "25:00"}, "begin"),
        ({"repeat": "weekly"}, "until"),
        ({"repeat": "weekly", "until": "2026-10-01", "count": "3"}, "count"),
        ({"repeat": "weekly", "until": "2026-09-01"}, "until"),
        ({"repeat": "weekly", "count": "401"}, "count"),
        ({"repeat": "weekly", "until": "2029-01-01"}, "repeat"),
        ({"repeat": "weekly", "weekdays": list("0123456"), "until": "2028-09-01"}, "repeat"),
        ({"repeat": "monthly", "day": "2026-09-30", "count": "3"}, "day"),
        ({"repeat": "dates", "dates": ""}, "dates"),
        ({"repeat": "dates", "dates": "2026-09-13\nnext Monday"}, "dates"),
        ({"repeat": "every second"}, "repeat"),
    ],
)
def test_d1_times_and_rules_that_cannot_be_are_refused_in_words(client, draft, changes, field):
    answer = client.post(page_of(draft, "sessions"), when(**changes))

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert not Session.objects.exists()


def test_a_form_sent_twice_adds_nothing_twice(client, draft):
    client.post(page_of(draft, "sessions"), when())

    again = client.post(page_of(draft, "sessions"), when())

    assert again.status_code == 400
    assert "has these sessions already" in again.content.decode()
    assert Session.objects.count() == 1


def test_dates_by_hand(client, draft):
    data = when(repeat="dates", dates="2026-09-20\n2026-09-13")
    seen = client.post(page_of(draft, "sessions"), data).context["form"]["seen"].value()

    client.post(page_of(draft, "sessions"), {**data, "seen": seen})

    days = [session.starts_at.day for session in Session.objects.order_by("starts_at")]
    assert days == [12, 13, 20]


def test_one_session_of_a_series_is_changed_and_the_rest_stays(client, draft, organiser):
    data = when(repeat="weekly", count="3")
    seen = client.post(page_of(draft, "sessions"), data).context["form"]["seen"].value()
    client.post(page_of(draft, "sessions"), {**data, "seen": seen})
    second = Session.objects.order_by("starts_at")[1]
    url = page_of(draft, "sessions", second.pk)
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in ("day", "begin", "end", "sequence")}

    answer = client.post(url, {**sent, "begin": "19:00", "end": "21:00", "note": "An hour later."})

    assert answer.status_code == 302
    assert [session.starts_at.hour for session in Session.objects.order_by("starts_at")] == [16, 17, 16]
    stale = client.post(url, {**sent, "begin": "20:00", "end": "21:00"})
    assert stale.status_code == 409


def test_sessions_of_drafts_are_removed_and_of_public_ones_cancelled(client, public):
    session = public.sessions.get()
    assert client.post(page_of(public, "sessions", session.pk, "remove")).status_code == 409

    assert client.post(page_of(public, "sessions", session.pk, "cancel"), {"reason": " "}).status_code == 400
    client.post(page_of(public, "sessions", session.pk, "cancel"), {"reason": "The oven is broken."})
    session.refresh_from_db()
    assert (session.is_cancelled, session.status_reason) == (True, "The oven is broken.")
    assert session.announced_at is not None

    client.post(page_of(public, "sessions", session.pk, "restore"))
    session.refresh_from_db()
    assert not session.is_cancelled


def test_sessions_of_other_events_are_not_found(client, draft, festival):
    foreign = make_session(make_event(festival, title="Foreign"))

    for tail in ((), ("cancel",), ("restore",), ("remove",)):
        assert client.post(page_of(draft, "sessions", foreign.pk, *tail)).status_code == 404


def test_all_coming_sessions_get_the_same_seats(client, draft, organiser):
    make_session(draft)
    make_session(draft, day=1)
    change_event(draft, facts={"booking": "seats"}, by=organiser)

    client.post(page_of(draft, "seats"), {"seats": "12", "seats_kept": "2"})
    client.post(page_of(draft, "seats"), {"seats": "5", "seats_kept": "6"})

    assert set(Session.objects.values_list("seats", "seats_kept")) == {(12, 2)}


# Handing in


def test_what_is_missing_leads_to_its_step_and_nothing_is_handed_in(client, draft):
    answer = client.post(page_of(draft, "check"), {"message": "Hello"})

    assert answer.status_code == 400
    assert f'href="{page_of(draft, "sessions")}"' in answer.content.decode()
    assert stage_of(EventPage.objects.get()) == EventStage.DRAFT


def test_handed_in_it_waits_and_can_be_taken_back(client, draft):
    make_session(draft)
    client.post(page_of(draft, "check"), {"message": "Hello"})
    assert stage_of(EventPage.objects.get()) == EventStage.IN_REVIEW
    locked = client.post(page_of(draft, "step", "what"), {"title": "Other"})
    assert (locked.status_code, EventPage.objects.get().title) == (409, "Bread")

    assert client.get(page_of(draft, "withdraw")).status_code == 200
    client.post(page_of(draft, "withdraw"))

    assert stage_of(EventPage.objects.get()) == EventStage.WITHDRAWN
    assert client.get(page_of(draft)).status_code == 200


def test_a_trusted_organisations_event_is_public_and_its_changes_wait_until_handed_in(client, public):
    assert public.live
    what = {
        "title": "Rolls",
        "summary": "Now rolls.",
        "kind": public.kind_id,
        "organisation": public.organisation_id,
    }
    client.post(page_of(public, "step", "what"), what)
    assert EventPage.objects.get().title == "Bread"
    assert "Nobody sees your changes yet" in client.get(page_of(public)).content.decode()

    client.post(page_of(public, "check"), {"message": ""})

    assert EventPage.objects.get().title == "Rolls"


def test_changes_of_a_public_event_can_be_thrown_away(client, public):
    client.post(page_of(public, "step", "about"), {"description": "New words"})

    client.post(page_of(public, "discard"))

    assert not EventPage.objects.get().has_unpublished_changes


def test_after_the_deadline_one_asks_for_a_change_but_cancels_oneself(client, public, festival, clock):
    festival.changes_close_on = NOW.date()
    festival.save()
    clock.shift(dt.timedelta(days=2))
    session = public.sessions.get()

    assert client.post(page_of(public, "step", "what"), {"title": "Rolls"}).status_code == 409
    sent = {"day": "2026-09-13", "begin": "18:00", "end": "20:00", "sequence": "0"}
    assert client.post(page_of(public, "sessions", session.pk), sent).status_code == 409
    assert "Ask for a change" in client.get(page_of(public)).content.decode()
    wish = {
        "text": "A day later, please.",
        "session": session.pk,
        "day": "2026-09-13",
        "begin": "18:00",
        "end": "20:00",
    }
    assert client.post(page_of(public, "ask"), wish).status_code == 302

    asked = ChangeRequest.objects.get()
    assert asked.wishes == {"starts_at": "2026-09-13T18:00:00", "ends_at": "2026-09-13T20:00:00"}
    assert "A day later, please." in client.get(page_of(public)).content.decode()
    assert client.post(page_of(public, "call-off"), {"reason": "Ill."}).status_code == 302
    assert public.sessions.get().is_cancelled


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "Later", "day": "2026-09-13"}, "session"),
        ({"text": "Later", "session": "999"}, "session"),
    ],
)
def test_wishes_that_say_too_little_come_back(client, public, wish, field):
    answer = client.post(page_of(public, "ask"), wish)

    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]


# The list


def test_my_events_say_where_each_stands_in_the_same_queries_for_many(
    client, festival, organiser, django_assert_max_num_queries, kind
):
    def queries() -> int:
        with django_assert_max_num_queries(60) as captured:
            assert client.get(MINE).status_code == 200
        return len(captured)

    draft_event(festival, facts={"title": "Number 0", "kind": kind}, by=organiser)
    queries()
    one = queries()
    for number in range(1, 25):
        draft_event(festival, facts={"title": f"Number {number}", "kind": kind}, by=organiser)

    assert queries() == one
    assert client.get(MINE).content.decode().count("Being written") == 25


def test_last_years_event_is_offered_and_copied(client, draft, organiser):
    make_session(draft)
    this_year = make_festival(
        slug="next", title="Next festival", starts_on=dt.date(2027, 9, 11), ends_on=dt.date(2027, 9, 19)
    )

    listed = client.get("/next/my-events/").content.decode()
    assert f"/next/my-events/{draft.pk}/copy/" in listed
    assert client.get(f"/next/my-events/{draft.pk}/copy/").status_code == 200
    client.post(f"/next/my-events/{draft.pk}/copy/")

    copy = EventPage.objects.child_of(this_year).get()
    assert (copy.title, copy.copied_from, copy.live) == ("Bread", draft, False)
    assert copy.sessions.get().starts_at == dt.datetime(2027, 9, 11, 16, tzinfo=dt.UTC)


def test_an_editor_may_help_with_any_event(client, draft):
    client.force_login(an_editor())

    assert client.get(page_of(draft)).status_code == 200


def test_a_draft_is_deleted_after_a_question(client, draft):
    assert client.get(page_of(draft, "delete")).status_code == 200

    client.post(page_of(draft, "delete"))

    assert not EventPage.objects.exists()


def test_x_names_with_markup_are_shown_as_they_were_typed(client, draft):
    client.post(page_of(draft, "step", "what"), {"title": "<script>alert(1)</script>"})

    for tail in ((), ("step", "what"), ("sessions",), ("check",)):
        assert "<script>alert" not in client.get(page_of(draft, *tail)).content.decode()


def test_of_a_public_event_with_seats_one_sees_who_comes(client, public):
    session = public.sessions.get()
    assert f"/festival/bookings/{session.pk}/" not in client.get(page_of(public)).content.decode()

    EventPage.objects.update(booking="seats")

    assert f"/festival/bookings/{session.pk}/" in client.get(page_of(public)).content.decode()
    assert client.get(f"/festival/bookings/{session.pk}/").status_code == 200


def test_the_programme_leads_to_submitting(client, festival):
    assert f'href="{SUBMIT}"' in client.get("/festival/").content.decode()
    festival.takes_submissions = False
    festival.save()
    assert f'href="{SUBMIT}"' not in client.get("/festival/").content.decode()
