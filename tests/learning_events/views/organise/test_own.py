"""One's own events: handing in, changing what is public, copying, deleting, and the list of them."""

import datetime as dt

import pytest

from learning_events.domain.event import draft_event
from learning_events.enums import EventStage
from learning_events.models import ChangeRequest, EventPage
from learning_events.queries.event import stage_of
from tests.learning_events.festivals import an_editor, make_festival, make_session
from tests.learning_events.views.organise.addresses import MINE, SUBMIT, page_of

pytestmark = pytest.mark.django_db


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
    festival.changes_close_on = dt.date(2026, 6, 1)
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
