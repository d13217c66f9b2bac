"""Festivals and events as Wagtail citizens: addresses, preview, schedule, translation, versions."""

import datetime as dt
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, Page, Site
from wagtail_localize.fields import SynchronizedField, get_translatable_fields

from learning_events.domain.workflow import NAME
from learning_events.models import EventPage, Festival, KeyFeature, Room
from learning_events.queries.session import sessions_of
from tests.factories import AudienceFactory, PlaceFactory
from tests.learning_events.festivals import make_event, make_festival, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def festival(roles):
    return make_festival()


def test_every_first_word_of_the_festivals_own_addresses_is_reserved():
    assert {"report", "week", "day"} <= Festival.reserved_slugs()
    assert "" not in Festival.reserved_slugs()


def test_event_cannot_take_the_address_of_the_festivals_own_page(festival):
    event = make_event(festival)
    event.slug = "report"

    with pytest.raises(ValidationError) as refusal:
        event.full_clean()

    assert "address of one of the festival's own pages" in str(refusal.value.message_dict["slug"])


def test_editor_is_told_about_such_an_address(client, festival, administrator):
    client.force_login(administrator)

    answer = client.post(
        f"/admin/pages/add/learning_events/eventpage/{festival.pk}/",
        {
            "title": "Week",
            "slug": "week",
            "attendance": "in-person",
            "booking": "open",
            "action-publish": "1",
        },
    )

    assert "address of one of the festival&#x27;s own pages" in answer.content.decode()
    assert not EventPage.objects.exists()


def test_title_that_is_such_an_address_gets_another_by_itself(festival):
    assert make_event(festival, title="Report").slug == "report-event"


def test_drafts_are_previewed(client, festival, administrator):
    event = make_event(festival, title="Not yet", live=False)
    make_session(event)
    for page in (event, festival):
        page.save_revision()
    client.force_login(administrator)

    shown = client.get(f"/admin/pages/{event.pk}/view_draft/")
    overview = client.get(f"/admin/pages/{festival.pk}/view_draft/")

    assert "Not yet" in shown.content.decode()
    assert overview.status_code == 200


def test_event_is_published_on_its_day(festival):
    event = make_event(festival, live=False)
    event.go_live_at = timezone.now() - dt.timedelta(minutes=1)
    revision = event.save_revision(approved_go_live_at=event.go_live_at)
    assert revision.approved_go_live_at

    call_command("publish_scheduled", stdout=StringIO())

    assert EventPage.objects.get(pk=event.pk).live


def test_versions_are_compared(client, festival, administrator):
    event = make_event(festival)
    first = event.save_revision()
    event.summary = "Bake two loaves."
    second = event.save_revision()
    client.force_login(administrator)

    page = client.get(f"/admin/pages/{event.pk}/revisions/compare/{first.pk}...{second.pk}/").content.decode()

    assert "two loaves" in page


def test_translators_see_words_and_nothing_else():
    fields = get_translatable_fields(EventPage)
    same = {field.field_name for field in fields if isinstance(field, SynchronizedField)}
    told = {field.field_name for field in fields} - same

    assert {"leaders", "languages", "venue_name", "place", "booking", "audiences", "key_features"} <= same
    assert told == {
        "title", "slug", "seo_title", "search_description", "summary", "description", "what_to_learn", "picture_alt",
        "cost_note", "access_note",
    }  # fmt: skip


def test_sessions_belong_to_every_translation(festival):
    german = Locale.objects.get_or_create(language_code="de")[0]
    event = make_event(festival, audiences=[AudienceFactory()])
    session = make_session(event)

    translated = event.copy_for_translation(german, copy_parents=True)

    assert list(sessions_of(translated)) == [session]
    assert translated.audiences.count() == 1


def test_new_festival_has_the_workflow_of_its_editors(client, administrator, roles):
    home = Site.objects.get(is_default_site=True).root_page
    client.force_login(administrator)

    answer = client.post(
        f"/admin/pages/add/learning_events/festival/{home.pk}/",
        {
            "title": "Learning week", "slug": "learning-week", "starts_on": "2027-05-01", "ends_on": "2027-05-09",
            "zone": "Europe/Berlin", "hold_minutes": "15", "offer_hours": "24", "offers_end_hours": "3",
            "reminder_hours": "24", "anonymise_days": "30", "no_show_minutes": "10", "intro": "null",
            "partners-TOTAL_FORMS": "0", "partners-INITIAL_FORMS": "0", "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0", "action-publish": "1",
        },
    )  # fmt: skip

    assert answer.status_code == 302, answer.context["form"].errors
    festival = Festival.objects.get(slug="learning-week")
    assert Page.objects.get(pk=festival.pk).get_workflow().name == NAME


def test_key_features_are_added_once_and_keep_their_names():
    call_command("add_key_features", stdout=StringIO())
    KeyFeature.objects.filter(number="1.1").update(name="Our own words")
    out = StringIO()

    call_command("add_key_features", stdout=out)

    assert out.getvalue() == "0 Key Features added.\n"
    assert [each.number for each in KeyFeature.objects.all()] == [
        "1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3.1", "3.2", "3.3",
    ]  # fmt: skip
    assert KeyFeature.objects.get(number="1.1").name == "Our own words"


def test_words_are_kept_by_editors(client, editor):
    client.force_login(editor)

    answer = client.post(
        "/admin/snippets/learning_events/eventkind/add/",
        {"name": "Guided tour", "slug": "guided-tour", "series": "2", "sort_order": "3"},
    )

    assert answer.status_code == 302
    assert "Guided tour" in client.get("/admin/snippets/learning_events/eventkind/").content.decode()


def test_rooms_are_kept_by_editors_and_listed_once(client, editor):
    client.force_login(editor)
    path, facts = "/admin/snippets/learning_events/room/", {"place": PlaceFactory(name="Mill").pk}

    added = client.post(f"{path}add/", {**facts, "name": "Hall", "people": "40"})
    again = client.post(f"{path}add/", {**facts, "name": "hall", "people": "50"})

    assert (added.status_code, again.status_code) == (302, 200)
    assert "This room of the place is listed already." in again.content.decode()
    assert [(str(room), room.people) for room in Room.objects.all()] == [("Mill, Hall", 40)]
