"""The printed programme on the site and in the admin."""

import pytest
from django.urls import reverse

from learning_events.domain.printing import publish_edition
from learning_events.domain.session import cancel_session
from learning_events.models import PrintEdition
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def festival():
    return make_festival()


@pytest.fixture
def session(festival):
    return make_session(make_event(festival))


@pytest.fixture
def editor(client):
    client.force_login(an_editor())
    return client


@pytest.fixture
def ready(festival, session, editor, django_capture_on_commit_callbacks):
    """An edition that an editor has had made."""
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(f"{reverse('learning_events_prints')}?festival={festival.pk}")
    editor.logout()
    return PrintEdition.objects.get()


def test_before_the_first_edition_the_page_says_so(client, festival):
    assert "Nothing is printed yet" in client.get(festival.url_of("prints")).content.decode()
    assert client.get(festival.url_of("print_file", "booklet-day")).status_code == 404
    assert client.get(festival.url_of("print_file", "changes")).status_code == 404


def test_an_edition_is_secret_until_it_is_published(client, festival, ready):
    assert client.get(festival.url_of("print_file", "booklet-day")).status_code == 404
    publish_edition(ready, by=an_editor())

    page = client.get(festival.url_of("prints")).content.decode()
    file = client.get(festival.url_of("print_file", "booklet-day"))

    assert "Booklet, by day" in page
    assert "Nothing: what is printed is right." in page
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.content.startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["booklet", "easy-neighbourhood", "poster-day", "booklet-day-day"])
def test_there_are_no_other_files(client, festival, ready, name):
    publish_edition(ready, by=an_editor())

    assert client.get(festival.url_of("print_file", name)).status_code == 404


def test_what_changed_since_print_is_listed_and_printed(client, festival, session, ready, time_machine_at):
    publish_edition(ready, by=an_editor())
    cancel_session(session, reason="The oven is broken.", by=an_editor())

    page = client.get(festival.url_of("prints")).content.decode()
    sheet = client.get(festival.url_of("print_file", "changes"))

    assert "1 session is otherwise than printed." in page
    assert "The oven is broken." in page
    assert sheet.content.startswith(b"%PDF-")


@pytest.fixture
def time_machine_at(clock):
    """The festival lies in the future."""
    clock.move_to("2026-09-01T10:00:00+02:00")


def test_a_poster_is_for_those_who_organise_the_event(client, session, citizen):
    url = session.event.url_of("poster")
    assert client.get(url).status_code == 404
    client.force_login(citizen)
    assert client.get(url).status_code == 404

    client.force_login(an_editor())

    assert client.get(url).content.startswith(b"%PDF-")


def test_a_printed_code_leads_to_the_event_also_when_its_address_has_changed(client, festival, session):
    event = session.event
    event.slug = "renamed"
    event.save()

    response = client.get(festival.url_of("short", event.pk))

    assert (response.status_code, response.url) == (302, event.url)


def test_a_printed_code_tells_nothing_of_drafts_and_of_other_festivals(client, festival, session):
    draft = make_event(festival, title="Draft", live=False)
    other = make_festival(slug="other", title="Other")

    assert client.get(festival.url_of("short", draft.pk)).status_code == 404
    assert client.get(other.url_of("short", session.event.pk)).status_code == 404


def test_an_editor_makes_looks_at_and_publishes_an_edition(editor, festival, ready):
    editor.force_login(an_editor())
    page = editor.get(reverse("learning_events_prints")).content.decode()
    file = ready.files.first()
    assert "Publish edition 1" in page
    assert editor.get(reverse("learning_events_print_file", args=[file.pk])).content == bytes(file.content)

    editor.post(reverse("learning_events_print_act", args=[ready.pk, "publish"]))

    ready.refresh_from_db()
    assert ready.published_at is not None
    assert "Publish edition" not in editor.get(reverse("learning_events_prints")).content.decode()


def test_an_editor_is_told_why_nothing_is_printed(editor, festival):
    response = editor.post(f"{reverse('learning_events_prints')}?festival={festival.pk}", follow=True)

    assert "There is nothing to print yet" in response.content.decode()


def test_an_edition_can_be_thrown_away(editor, ready):
    editor.force_login(an_editor())

    editor.post(reverse("learning_events_print_act", args=[ready.pk, "discard"]))

    assert not PrintEdition.objects.exists()


def test_there_is_no_other_act(editor, ready):
    editor.force_login(an_editor())

    assert editor.post(reverse("learning_events_print_act", args=[ready.pk, "burn"])).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_presses_are_not_for_everybody(client, citizen, festival, method):
    client.force_login(citizen)

    assert getattr(client, method)(reverse("learning_events_prints")).status_code in (302, 403)
    assert not PrintEdition.objects.exists()
