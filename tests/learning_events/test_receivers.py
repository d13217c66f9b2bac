"""What editors do with pages in the Wagtail admin reaches the public programme."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from learning_events.models import EventPage, ProgrammeVersion, Session
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session, with_seats

pytestmark = pytest.mark.django_db


def version() -> int:
    return ProgrammeVersion.objects.get_or_create(pk=1)[0].number


def test_publishing_and_taking_back_an_event_changes_the_programme():
    event = make_event(make_festival(), live=False)
    before = version()

    event.save_revision().publish()
    published = version()
    EventPage.objects.get(pk=event.pk).unpublish()

    assert before < published < version()


def test_deleting_and_moving_an_event_changes_the_programme():
    here, there = make_festival(), make_festival(slug="other", title="Another festival")
    event, other = make_event(here), make_event(here, title="Second")
    before = version()

    event.delete()
    deleted = version()
    EventPage.objects.get(pk=other.pk).move(there, pos="last-child")

    assert before < deleted < version()


def test_other_pages_leave_the_programme_alone():
    make_festival()
    before = version()

    Page.objects.get(depth=2).save_revision().publish()

    assert version() == before


@pytest.mark.parametrize("what", ["event", "festival"])
def test_an_event_with_taken_seats_is_not_deleted_in_the_admin(client, what):
    event = make_event(make_festival())
    session = with_seats(event, 5)
    Session.objects.filter(pk=session.pk).update(taken=1)
    client.force_login(an_editor())
    page = event if what == "event" else event.get_parent()

    answer = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), follow=True)

    assert "people have seats there" in answer.content.decode()
    assert EventPage.objects.filter(pk=event.pk).exists()


def test_many_events_are_not_deleted_together_with_one_that_has_taken_seats(client):
    festival = make_festival()
    free, booked = make_event(festival), make_event(festival, title="Booked")
    Session.objects.filter(pk=with_seats(booked, 5).pk).update(taken=1)
    client.force_login(an_editor())
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    client.post(f"{address}?id={free.pk}&id={booked.pk}")

    assert EventPage.objects.count() == 2


def test_an_event_without_taken_seats_is_deleted(client):
    event = make_event(make_festival())
    make_session(event)
    client.force_login(an_editor())

    client.post(reverse("wagtailadmin_pages:delete", args=[event.pk]))

    assert not EventPage.objects.exists()
