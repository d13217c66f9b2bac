"""`manage.py import_events FILE`: all or the readable part, with a dry run."""

import json

import pytest
from django.core.management import CommandError, call_command

from learning_events.models import CalendarSource, EventPage, Session
from tests import factories
from tests.learning_events.calendar.files import event, frab, frab_xml, ics, jsonld, talk, xcri
from tests.learning_events.festivals import make_festival

pytestmark = pytest.mark.django_db
START = "DTSTART;TZID=Europe/Berlin:20260914T180000"
COURSE = (
    "<course><title>Evening bread</title><presentation><start dtf='2026-09-14T18:00:00'>14 September</start>"
    "<end dtf='2026-09-14T20:00:00'/></presentation></course>"
)
TALK = (
    '<event guid="8079583e-8321-506c-95af-fd2903a5f075" id="7"><date>2026-09-14T18:00:00+02:00</date>'
    "<duration>01:30</duration><room>Hall</room><title>Tea and talk</title></event>"
)


@pytest.fixture
def festival(administrator):
    return make_festival()


@pytest.fixture
def run(festival, tmp_path, capsys):
    def command(content: bytes, *options: str, name: str = "events.ics") -> tuple[str, str]:
        path = tmp_path / name
        path.write_bytes(content)
        call_command("import_events", str(path), "--festival", festival.slug, *options)
        said = capsys.readouterr()
        return said.out, said.err

    return command


@pytest.mark.parametrize(
    ("content", "title"),
    [
        (ics(*event(start=START)), "Tea and talk"),
        (jsonld({"startDate": "2026-09-14T18:00:00+02:00"}), "Tea and talk"),
        (frab(talk(date="2026-09-14T18:00:00+02:00")), "Tea and talk"),
        (frab_xml(TALK), "Tea and talk"),
        (xcri(COURSE), "Evening bread"),
    ],
    ids=["iCalendar", "JSON-LD", "frab JSON", "frab XML", "XCRI-CAP"],
)
def test_every_kind_of_programme_is_tried_and_becomes_drafts(run, content, title):
    tried, _err = run(content, "--dry-run")
    assert "Would be brought in: 1 new" in tried
    assert not EventPage.objects.exists()
    assert not CalendarSource.objects.exists()

    out, err = run(content)

    assert "Brought in: 1 new" in out
    assert err == ""
    page = EventPage.objects.get()
    assert (page.title, page.live, page.sessions.count()) == (title, False, 1)


def test_the_readable_part_is_brought_in_and_the_rest_is_listed(run):
    out, err = run(ics(*event(start=START), *event(uid="b", title="Never", start="DTSTART:20269999T000000")))

    assert "1 new" in out
    assert "“20269999T000000” is not a date" in err


def test_whole_means_all_or_nothing(run):
    with pytest.raises(CommandError, match="nothing was brought in"):
        run(ics(*event(start=START), *event(uid="b", start="DTSTART:20269999T000000")), "--whole")

    assert not EventPage.objects.exists()


def test_the_same_file_again_changes_what_has_changed(run):
    run(ics(*event(start=START)))
    out, _err = run(ics(*event(start=START, title="Tea and cake")))

    assert EventPage.objects.get().title == "Tea and cake"
    assert "Title: “Tea and talk” becomes “Tea and cake”." in out


def test_events_are_the_organisation_s(run):
    organisation = factories.OrganisationFactory(slug="club")
    run(ics(*event(start=START)), "--organisation", "club")

    assert EventPage.objects.get().organisation == organisation


def test_any_day_brings_in_what_lies_outside(run):
    content = ics(*event(start="DTSTART:20261224T180000"))
    run(content)
    assert not Session.objects.exists()

    run(content, "--any-day", "--name", "All year")
    assert Session.objects.count() == 1


def test_what_is_no_programme_is_refused_in_words(run):
    with pytest.raises(CommandError, match="no programme that can be read here"):
        run(json.dumps({"a": 1}).encode())


def test_unknown_names_are_wrong_options(run, festival):
    for options in (("--organisation", "nobody"), ("--kind", "nothing"), ("--by", "nobody@example.org")):
        with pytest.raises(CommandError) as refused:
            run(ics(*event(start=START)), *options)
        assert refused.value.returncode == 2


def test_a_file_that_is_not_there(festival):
    with pytest.raises(CommandError, match="could not be opened"):
        call_command("import_events", "/nowhere.ics", "--festival", festival.slug)
