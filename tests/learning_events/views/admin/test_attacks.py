"""What staff without rights over pages try with events, by the numbers of the list of attacks."""

import pytest
from wagtail.models import Locale

from learning_events.models import EventPage
from tests.learning_events.festivals import make_event, make_session

pytestmark = pytest.mark.django_db
SECRET = "Surprise party"


@pytest.fixture
def draft(festival):
    event = make_event(festival, title=SECRET, live=False)
    make_session(event)
    event.save_revision()
    event.summary = "At noon."
    event.save_revision()
    return event


@pytest.fixture(params=["moderator", "officer"])
def staff(request, client):
    """Somebody who may enter the admin and has no right over pages or the festival."""
    user = request.getfixturevalue(request.param)
    client.force_login(user)
    return user


def test_P6_versions_of_an_event_are_not_read_without_a_right(client, staff, draft):
    one, other = draft.revisions.order_by("pk")
    for path in (
        "edit/",
        "view_draft/",
        "history/",
        "usage/",
        f"revisions/{one.pk}/view/",
        f"revisions/{one.pk}/revert/",
        f"revisions/compare/{one.pk}...{other.pk}/",
        "workflow/status/",
    ):
        answer = client.get(f"/admin/pages/{draft.pk}/{path}", follow=True)
        assert SECRET not in answer.content.decode(), path


def test_P8_event_is_not_copied_or_translated_to_be_read(client, staff, draft, festival):
    Locale.objects.get_or_create(language_code="de")
    before = EventPage.objects.count()
    facts = {"new_title": "Mine", "new_slug": "mine", "new_parent_page": festival.pk}

    copied = client.post(f"/admin/pages/{draft.pk}/copy/", facts)
    translated = client.post(f"/admin/localize/submit/page/{draft.pk}/", {"locales": ["2"]})

    assert {copied.status_code, translated.status_code} <= {302, 403}
    assert EventPage.objects.count() == before


def test_P18_guessed_numbers_tell_no_titles(client, staff, draft):
    for action in ("publish", "return", "decline", "call_off"):
        path = f"/admin/bulk/learning_events/eventpage/{action}/?id={draft.pk}"
        for answer in (
            client.get(path, follow=True),
            client.post(path, {"reason": "x", "question": "x"}, follow=True),
        ):
            assert SECRET not in answer.content.decode(), action
    assert not EventPage.objects.get(pk=draft.pk).live


def test_editors_find_what_the_others_do_not(client, editor, draft):
    client.force_login(editor)

    assert SECRET in client.get(f"/admin/pages/{draft.pk}/history/").content.decode()
    assert (
        SECRET in client.get(f"/admin/bulk/learning_events/eventpage/publish/?id={draft.pk}").content.decode()
    )
