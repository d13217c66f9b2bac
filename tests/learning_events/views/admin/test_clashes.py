"""The report of clashes in the admin."""

import pytest

from tests.learning_events.festivals import make_event, make_session

pytestmark = pytest.mark.django_db
PATH = "/admin/festival/clashes/"


@pytest.fixture
def clash(clock, festival):
    clock.move_to("2026-09-01 10:00+00:00")
    one, other = make_event(festival, title="One"), make_event(festival, title="Other")
    make_session(one)
    make_session(other)
    return one, other


def test_both_events_are_a_link_away(client, editor, festival, clash):
    client.force_login(editor)

    page = client.get(PATH).content.decode()

    for event in clash:
        assert f'/admin/festival/events/{event.pk}/"' in page


def test_report_is_filtered(client, editor, festival, clash):
    client.force_login(editor)

    assert client.get(PATH, {"kind": "place", "day": "2026-09-12"}).context["total"] == 1
    assert client.get(PATH, {"kind": "leader"}).context["total"] == 0
    assert client.get(PATH, {"day": "2026-09-13"}).context["total"] == 0


def test_what_is_over_is_left_out_until_asked_for(client, editor, clock, festival, clash):
    clock.move_to("2026-09-13 08:00+00:00")
    make_session(clash[0], day=3)
    make_session(clash[1], day=3)
    client.force_login(editor)

    answer = client.get(PATH)
    everything = client.get("?".join((PATH, answer.context["query_with_past"])))

    assert (answer.context["total"], answer.context["over"]) == (1, 1)
    assert "1 clash is over and left out." in answer.content.decode()
    assert (everything.context["total"], everything.context["over"]) == (2, 0)
    assert client.get(PATH, {"day": "2026-09-12"}).context["total"] == 1


def test_a_clash_is_over_when_both_sessions_no_longer_meet(client, editor, clock, festival, clash):
    clock.move_to("2026-09-12 17:59+00:00")
    client.force_login(editor)
    assert client.get(PATH).context["total"] == 1

    clock.move_to("2026-09-12 18:00+00:00")

    assert client.get(PATH).context["total"] == 0


@pytest.mark.parametrize(
    "query", [{"kind": "x"}, {"day": "soon"}, {"audience": "9" * 40}, {"festival": "x"}, {"p": "x"}]
)
def test_D4_nonsense_is_told_and_filters_nothing(client, editor, festival, clash, query):
    client.force_login(editor)

    answer = client.get(PATH, query)

    assert answer.status_code == 200
    assert answer.context["total"] == 1


def test_city_without_a_festival(client, editor):
    client.force_login(editor)

    assert client.get(PATH).status_code == 200
