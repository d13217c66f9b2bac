"""The picture of an event: stored clean, with words, and removed with its file when nothing shows it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images import get_image_model

from learning_events.domain.event import draft_event
from learning_events.domain.event_picture import change_picture
from learning_events.models import EventPage
from participation.domain.picture import PictureChanges, new_picture
from participation.foundation.errors import Conflict, NotAllowed
from tests.factories import ParticipantFactory
from tests.learning_events.festivals import make_festival

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(db):
    return ParticipantFactory(display_name="Olga Organiser").user


@pytest.fixture
def draft(organiser):
    return draft_event(make_festival(), facts={"title": "Bread"}, by=organiser)


def a_picture(words="A loaf"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return PictureChanges(add=(new_picture(SimpleUploadedFile("loaf.png", out.getvalue()), words),))


def images():
    return get_image_model().objects.all()


def test_a_picture_is_stored_with_its_words(draft, organiser):
    change_picture(draft, by=organiser, pictures=a_picture())

    event = EventPage.objects.get()
    assert (event.picture_alt, event.picture.collection.name, event.picture.uploaded_by_user) == (
        "A loaf",
        "Events",
        organiser,
    )
    assert event.get_latest_revision_as_object().picture == event.picture


def test_other_words_and_no_picture_any_more(draft, organiser, django_capture_on_commit_callbacks):
    event = change_picture(draft, by=organiser, pictures=a_picture())
    event = change_picture(
        event, by=organiser, pictures=PictureChanges(keep={event.picture_id: "Two loaves"})
    )
    assert EventPage.objects.get().picture_alt == "Two loaves"

    with django_capture_on_commit_callbacks(execute=True):
        change_picture(event, by=organiser, pictures=PictureChanges(remove=frozenset({event.picture_id})))

    event = EventPage.objects.get()
    assert (event.picture, event.picture_alt) == (None, "")
    assert not images().exists()


def test_what_the_public_page_shows_stays_until_the_change_is_public(draft, organiser):
    event = change_picture(draft, by=organiser, pictures=a_picture())
    EventPage.objects.update(live=True)
    event = EventPage.objects.get()

    event = change_picture(event, by=organiser, pictures=PictureChanges(remove=frozenset({event.picture_id})))

    assert event.picture is not None
    assert event.get_latest_revision_as_object().picture is None


def test_f18_a_refused_picture_leaves_no_file(draft, organiser, citizen):
    for by, version in ((citizen, None), (organiser, 999_999)):
        pictures = a_picture()
        with pytest.raises((NotAllowed, Conflict)):
            change_picture(draft, by=by, pictures=pictures, expected_version=version)

    assert not images().exists()
