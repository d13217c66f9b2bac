"""What stands on the sheets."""

import pytest

from learning_events.domain.session import cancel_session
from learning_events.enums import PrintForm, PrintOrder
from learning_events.models import EventKind
from learning_events.printing.sheets import booklet, poster
from learning_events.queries.printing import sessions_to_print
from mapping.enums import Cost, PlaceStatus, Stated
from tests import factories
from tests.learning_events.festivals import an_editor, make_event, make_festival, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def festival():
    return make_festival(contact_phone="030 123456")


def sheet(festival, *, order=PrintOrder.DAY, form=PrintForm.BOOKLET):
    return booklet(festival, list(sessions_to_print(festival)), order=order, form=form, edition="1")


def shape(data):
    return [(group["title"], [entry["title"] for entry in group["entries"]]) for group in data["groups"]]


def test_days_follow_each_other_and_events_stand_in_the_order_of_their_begin(festival):
    make_session(make_event(festival, title="Late"), hour=20)
    make_session(make_event(festival, title="Early"), hour=9)
    make_session(make_event(festival, title="Next day"), day=1, hour=8)

    assert shape(sheet(festival)) == [
        ("Saturday 12 September", ["Early", "Late"]),
        ("Sunday 13 September", ["Next day"]),
    ]


def test_an_event_is_told_in_full_once_and_later_leads_there(festival):
    event = make_event(festival)
    make_session(event, hour=9)
    make_session(event, hour=12)
    make_session(event, day=1)

    first, second = (group["entries"] for group in sheet(festival)["groups"])

    assert [len(first), len(second)] == [1, 1]
    assert [len(first[0]["times"]), first[0]["is_again"], second[0]["is_again"]] == [2, False, True]
    assert [bool(first[0]["qr"]), bool(second[0]["qr"])] == [True, False]


def test_neighbourhoods_come_by_name_then_elsewhere_then_online(festival):
    def at(name):
        area = factories.NeighbourhoodFactory(name=name)
        return factories.PlaceFactory(status=PlaceStatus.PUBLISHED, neighbourhood=area)

    make_session(make_event(festival, title="B", place=at("Westend")))
    make_session(make_event(festival, title="A", place=at("Altona")))
    make_session(make_event(festival, title="C"))
    make_session(make_event(festival, title="D", attendance="online"))

    assert shape(sheet(festival, order=PrintOrder.NEIGHBOURHOOD)) == [
        ("Altona", ["A"]),
        ("Westend", ["B"]),
        ("Elsewhere", ["C"]),
        ("Online", ["D"]),
    ]


def test_facts_are_told_in_words(festival):
    event = make_event(
        festival,
        cost=Cost.FREE,
        age_from=6,
        age_to=12,
        languages="en",
        step_free=Stated.YES,
        quiet_space=Stated.PARTLY,
    )
    make_session(event)

    (entry,) = sheet(festival)["groups"][0]["entries"]

    assert entry["facts"] == ["Free of charge", "age 6 to 12", "English"]
    assert entry["badges"] == ["no steps", "quiet space: partly"]


def test_what_is_not_stated_is_not_claimed(festival):
    make_session(make_event(festival))

    (entry,) = sheet(festival)["groups"][0]["entries"]

    assert (entry["facts"], entry["badges"], entry["booking"]) == ([], [], "")


def test_a_cancelled_session_is_printed_as_cancelled(festival):
    session = make_session(make_event(festival))
    cancel_session(session, reason="Rain.", by=an_editor())

    (entry,) = sheet(festival)["groups"][0]["entries"]

    assert entry["times"][0]["is_cancelled"]


def test_only_kinds_that_happen_are_explained(festival):
    EventKind.objects.create(name="Sleeping", slug="sleeping")
    make_session(make_event(festival))

    assert [kind["kind"] for kind in sheet(festival)["kinds"]] == ["Workshop"]


def test_people_without_e_mail_read_the_telephone_number(festival):
    make_session(make_event(festival))

    assert any("030 123456" in told for told in sheet(festival)["how"])


def test_the_easy_list_says_one_fact_on_each_line(festival):
    make_session(make_event(festival, cost=Cost.FREE))

    (entry,) = sheet(festival, form=PrintForm.EASY)["groups"][0]["entries"]

    assert entry["lines"] == [
        ["When?", "Saturday 12 September\nfrom 18:00 to 20:00"],
        ["Where?", "Old bakery"],
        ["What?", "Bake a loaf that rises."],
        ["Cost?", "Free of charge"],
        ["Register?", "No. Just come."],
    ]


def test_times_stand_on_the_sessions_own_clock(festival):
    make_session(make_event(festival), hour=18, zone="Asia/Kathmandu")

    (entry,) = sheet(festival)["groups"][0]["entries"]

    assert entry["times"][0]["time"] == "18:00–20:00"


def test_a_poster_shows_four_times_and_counts_the_rest(festival):
    event = make_event(festival)
    sessions = [make_session(event, day=day) for day in range(6)]

    data = poster(festival, event, sessions)

    assert len(data["entry"]["times"]) == 4
    assert data["more_times"] == "and 2 more times"
    assert data["entry"]["shown"].endswith(f"/festival/e/{event.pk}")


def test_thirty_events_cost_as_many_queries_as_one(festival, django_assert_max_num_queries):
    area = factories.NeighbourhoodFactory()
    organisation = factories.OrganisationFactory()
    for number in range(30):
        place = factories.PlaceFactory(status=PlaceStatus.PUBLISHED, neighbourhood=area)
        event = make_event(festival, title=f"Event {number}", place=place, organisation=organisation)
        make_session(event, day=number % 9)
    sheet(festival)

    with django_assert_max_num_queries(4):
        sheet(festival, order=PrintOrder.NEIGHBOURHOOD)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"booking": "open"}, "No. Just come."),
        ({"booking": "seats"}, "Yes. Call us: 030 123456. Or use the page on the web."),
        ({"booking": "elsewhere", "contact_phone": "040 99"}, "Yes. Call the organiser: 040 99."),
    ],
)
def test_the_easy_list_names_no_code_it_does_not_show(festival, fields, said):
    make_session(make_event(festival, **fields))

    data = sheet(festival, form=PrintForm.EASY)

    assert dict(data["groups"][0]["entries"][0]["lines"])["Register?"] == said
    assert not any("code" in told for told in data["how"])
