"""Editions on their way: asked for, made, published, thrown away."""

import io

import pypdf
import pytest
from wagtail.models import PageLogEntry

from learning_events.domain import printing
from learning_events.domain.printing import (
    ask_for_edition,
    begin_edition,
    discard_edition,
    fail_edition,
    finish_edition,
    keep_file,
    publish_edition,
)
from learning_events.enums import EditionState, PrintForm, PrintOrder
from learning_events.models import PrintedFile, PrintEdition
from learning_events.printing import edition as making
from participation.foundation.errors import Conflict, Missing, NotAllowed
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def festival():
    return make_festival(theme="Everybody knows something")


@pytest.fixture
def session(festival):
    return make_session(make_event(festival))


def asked(festival):
    return ask_for_edition(festival, by=an_editor())


def test_an_edition_is_made_by_the_task_with_all_its_files(
    festival, session, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        edition = asked(festival)

    edition.refresh_from_db()
    assert (edition.state, edition.progress, edition.problem) == (EditionState.READY, 100, "")
    assert set(edition.programme) == {session.uid}
    assert {(file.form, file.order) for file in edition.files.all()} == set(printing.FILES)
    for file in edition.files.all():
        reader = pypdf.PdfReader(io.BytesIO(file.content))
        text = " ".join(page.extract_text() for page in reader.pages)
        assert (len(reader.pages), len(file.content)) == (file.pages, file.size)
        assert "Bread for beginners" in text
        assert "Everybody knows something" in text
        if file.form == PrintForm.BOOKLET:
            assert file.pages % 4 == 0


def test_only_who_runs_the_festival_may_print(festival, session, citizen):
    with pytest.raises(NotAllowed):
        ask_for_edition(festival, by=citizen)


def test_an_empty_festival_is_not_printed(festival):
    with pytest.raises(Conflict):
        asked(festival)


def test_one_edition_is_made_at_a_time(festival, session):
    asked(festival)

    with pytest.raises(Conflict):
        asked(festival)


def test_f17_an_interrupted_edition_does_not_stop_the_next(festival, session):
    first = asked(festival)
    PrintEdition.objects.update(touched_at=first.touched_at - printing.STUCK * 2)

    second = asked(festival)

    first.refresh_from_db()
    assert (first.state, second.number) == (EditionState.FAILED, 2)


def test_f17_two_tasks_do_not_make_the_same_edition(festival, session):
    edition = asked(festival)

    assert begin_edition(edition.pk) is not None
    assert begin_edition(edition.pk) is None


def test_a_failed_edition_keeps_no_files_and_cannot_be_published(festival, session):
    edition, _sessions = begin_edition(asked(festival).pk)
    keep_file(edition, form=PrintForm.BOOKLET, order=PrintOrder.DAY, content=b"x", pages=1, progress=10)

    fail_edition(edition, problem="The press stopped.")

    assert not PrintedFile.objects.exists()
    with pytest.raises(Conflict):
        publish_edition(edition, by=an_editor())


def test_a_press_that_breaks_says_so_and_lets_the_next_edition_begin(festival, session, monkeypatch):
    monkeypatch.setattr(making, "FILES", (("nonsense", PrintOrder.DAY),))
    edition = asked(festival)

    with pytest.raises(ValueError, match="nonsense"):
        making.print_edition(edition.pk)

    edition.refresh_from_db()
    assert edition.state == EditionState.FAILED
    assert edition.problem
    assert asked(festival).number == 2


def test_letters_without_a_font_are_told_to_the_editor(festival, session):
    make_session(make_event(festival, title="Reading \U000130b8 \U0001f600", slug="signs"), day=1)
    edition = asked(festival)

    making.print_edition(edition.pk)

    edition.refresh_from_db()
    assert edition.state == EditionState.READY
    assert "\U000130b8" in edition.problem
    assert "\U0001f600" not in edition.problem


def test_publishing_is_logged_and_done_once(festival, session):
    edition, _sessions = begin_edition(asked(festival).pk)
    finish_edition(edition)
    edition.refresh_from_db()

    first = publish_edition(edition, by=an_editor())
    again = publish_edition(edition, by=an_editor())

    assert first.published_at == again.published_at
    assert PageLogEntry.objects.filter(action="learning_events.publish_edition").count() == 1


def test_what_people_hold_in_their_hands_is_not_thrown_away(festival, session):
    edition, _sessions = begin_edition(asked(festival).pk)
    finish_edition(edition)
    publish_edition(edition, by=an_editor())

    with pytest.raises(Conflict):
        discard_edition(edition, by=an_editor())


def test_an_edition_thrown_away_while_it_is_made_takes_no_more_files(festival, session):
    edition, _sessions = begin_edition(asked(festival).pk)
    discard_edition(edition, by=an_editor())

    with pytest.raises(Missing):
        keep_file(edition, form=PrintForm.EASY, order=PrintOrder.DAY, content=b"x", pages=1, progress=10)
