"""The festival in figures, as everybody sees it."""

import csv
import io

import pytest
from wagtail.models import PageViewRestriction

from learning_events.report_files import REPORT_COLUMNS
from tests.learning_events.festivals import FIRST_DAY, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def festival(db):
    return make_festival()


@pytest.fixture
def before(festival):
    day = FIRST_DAY.replace(year=2025)
    before = make_festival(slug="before", title="Festival before", starts_on=day, ends_on=day)
    make_session(make_event(before, title="Old"), seats=8)
    return before


def test_report_shows_this_festival_and_the_one_before(client, festival, before):
    make_session(make_event(festival), seats=20)

    page = client.get(festival.url_of("report"))

    words = page.content.decode()
    assert page.context["report"].total.seats == 20
    assert page.context["before"].total.seats == 8
    assert "Festival before" in words
    assert "1 events with 1 sessions" in words


def test_nothing_to_compare_with_is_a_choice(client, festival, before):
    make_session(make_event(festival))

    page = client.get(festival.url_of("report"), {"with": "none"})

    assert page.context["before"] is None


def test_festival_without_events_says_so(client, festival):
    assert "There are no figures yet" in client.get(festival.url_of("report")).content.decode()


def test_P4_festival_behind_a_sign_in_is_not_compared_with(client, festival, before):
    make_session(make_event(festival))
    PageViewRestriction.objects.create(page=before, restriction_type=PageViewRestriction.LOGIN)

    for query in ({}, {"with": before.pk}):
        page = client.get(festival.url_of("report"), query)
        assert page.context["before"] is None
        assert "Festival before" not in page.content.decode()


def test_P4_report_of_a_festival_behind_a_sign_in_asks_for_it(client, festival):
    PageViewRestriction.objects.create(page=festival, restriction_type=PageViewRestriction.LOGIN)

    for name in ("report", "report_file"):
        assert client.get(festival.url_of(name)).status_code == 302


def test_figures_as_a_table(client, festival, before):
    make_session(make_event(festival), seats=20)

    answer = client.get(festival.url_of("report_file"))

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert tuple(rows[0]) == REPORT_COLUMNS
    assert (rows[0]["table"], rows[0]["seats"], rows[0]["seats_before"]) == ("festival", "20", "8")
    assert [row["name"] for row in rows if row["table"] == "kind"] == ["Workshop"]


def test_X16_titles_are_no_formulas(client, festival):
    festival.title = "=1+1"
    festival.save()
    make_session(make_event(festival))

    answer = client.get(festival.url_of("report_file"), {"with": "none"}).content.decode("utf-8-sig")

    assert "festival,'=1+1," in answer


@pytest.mark.parametrize("nonsense", ["abc", "9" * 40, "-1", "\x00", ""])
def test_D4_nonsense_to_compare_with_is_ignored(client, festival, before, nonsense):
    make_session(make_event(festival))

    assert client.get(festival.url_of("report"), {"with": nonsense}).context["before"].festival == before
