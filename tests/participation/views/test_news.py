"""What is new: for everybody on a page and as a feed, and following it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participation.domain.announcement import withdraw_announcement
from participation.foundation.follow_targets import all_sources
from participation.models import FollowTarget, Subscription
from tests.factories import DiscussionFactory, NeighbourhoodFactory, OrganisationFactory, TopicFactory
from tests.participation.following import CIRCLE, follow, tell_news

pytestmark = pytest.mark.django_db

NEWS, FEED = "/news/", "/news/feed.atom"
CHOICES = "/notices/mails/"


@pytest.fixture
def harbour():
    return NeighbourhoodFactory(name="Old Harbour")


@pytest.fixture
def hill():
    return NeighbourhoodFactory(name="Lantern Hill")


def read(client, address, **query) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", [NEWS, FEED])
def test_everybody_reads_what_is_new_by_what_it_is_about(client, harbour, hill, address):
    repairing = TopicFactory()
    tell_news(1, where=harbour)
    tell_news(2, where=hill)
    tell_news(3, targets=[("neighbourhood", harbour.pk), ("topic", repairing.pk)])

    everything = read(client, address)
    of_harbour = read(client, address, neighbourhood=harbour.pk)
    of_both = read(client, address, neighbourhood=harbour.pk, topic=repairing.pk)

    assert everything.index("News 3") < everything.index("News 2") < everything.index("News 1")
    assert [number for number in (1, 2, 3) if f"News {number}" in of_harbour] == [1, 3]
    assert [number for number in (1, 2, 3) if f"News {number}" in of_both] == [3]


def test_the_feed_is_an_atom_feed_with_whole_addresses(client, harbour):
    tell_news(1, where=harbour, title="Bread & “salt” <b>")

    response = client.get(FEED, {"neighbourhood": harbour.pk})
    feed = response.content.decode()

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "<title>What is new: Old Harbour</title>" in feed
    assert '<link href="http://testserver/places/1/" rel="alternate"' in feed
    assert "Bread &amp; “salt” &lt;b&gt;" in feed


def test_who_has_the_feed_gets_it_again_only_when_it_changed(client, harbour):
    news = tell_news(1, where=harbour)
    tag = client.get(FEED)["ETag"]
    assert client.get(FEED, headers={"if-none-match": tag}).status_code == 304

    tell_news(1, where=harbour, title="Better words")
    changed = client.get(FEED, headers={"if-none-match": tag})
    assert "Better words" in changed.content.decode()

    withdraw_announcement(news.dedupe_key)
    assert "Better words" not in client.get(FEED, headers={"if-none-match": changed["ETag"]}).content.decode()


def test_p15_nothing_private_is_in_the_page_or_the_feed(client, harbour, resident, monkeypatch):
    monkeypatch.setitem(all_sources(), "circle", CIRCLE)
    circle = OrganisationFactory(name="Canary circle")
    circle.roles.create(participant=resident.participant, role="member")
    closed = ("circle", circle.pk)
    here = ("neighbourhood", harbour.pk)
    tell_news(1, title="Canary inside", inside=closed, targets=[closed, here])
    tell_news(2, title="Canary draft", discussion=DiscussionFactory(is_public=False), targets=[here])
    # Public news may be about something closed: its name stays unsaid.
    tell_news(3, targets=[closed, here])

    for who in (None, resident):
        if who:
            client.force_login(who)
        for address in (NEWS, FEED):
            text = read(client, address) + read(client, address, neighbourhood=harbour.pk)
            assert "News 3" in text
            assert "Canary" not in text
        assert client.get(FEED, {"circle": circle.pk}).status_code == 404

    circle.is_trusted = True
    circle.save()
    assert "Canary inside" in read(client, NEWS)
    assert "Canary inside" in read(client, FEED, circle=circle.pk)


@pytest.mark.parametrize("address", [NEWS, FEED])
def test_the_news_take_the_same_number_of_queries_for_1_and_20(client, harbour, address):
    client.get(address)
    counts = []
    for number in range(1, 21):
        tell_news(number, where=harbour)
        if number in (1, 20):
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            counts.append(len(captured))

    assert counts[0] == counts[1] <= 14


def test_a_thing_is_followed_and_no_more(client, citizen, harbour):
    client.force_login(citizen)
    address = reverse("participation:follow_thing", args=["neighbourhood", harbour.pk])
    assert address in read(client, NEWS, neighbourhood=harbour.pk)

    answer = client.post(address)
    client.post(address)

    assert answer["Location"] == f"/news/?neighbourhood={harbour.pk}"
    assert citizen.participant.subscriptions.get().target.key == str(harbour.pk)
    assert "Stop following" in read(client, NEWS, neighbourhood=harbour.pk)

    client.post(reverse("participation:unfollow_thing", args=["neighbourhood", harbour.pk]))
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("thing", ["neighbourhood/999999", "neighbourhood/abc", "unicorn/1", "topic/%00"])
def test_what_is_not_there_cannot_be_followed(client, citizen, thing):
    client.force_login(citizen)

    assert client.post(f"/news/follow/{thing}/").status_code == 404
    assert not FollowTarget.objects.exists()


def chosen(**changes):
    return {"wants_mail": "on", "digests": "on", "rhythm": "daily", "hour": "7", "weekday": "0", **changes}


def test_one_page_keeps_all_choices_and_takes_them_back(client, citizen, harbour, hill):
    follow([citizen.participant], "neighbourhood", hill.pk)
    client.force_login(citizen)

    client.post(
        CHOICES,
        chosen(
            follow_neighbourhood=[harbour.pk],
            rhythm="weekly",
            weekday="3",
            hour="18",
            quiet_from="22",
            quiet_until="6",
            zone="Asia/Kathmandu",
            **{"rhythm_mapping.new_place": "at_once", "rhythm_participation.comment": "never"},
        ),
    )

    plan = citizen.participant.mail_plan
    assert (plan.rhythm, plan.weekday, plan.hour, plan.zone) == ("weekly", 3, 18, "Asia/Kathmandu")
    assert (plan.quiet_from, plan.quiet_until) == (22, 6)
    followed = citizen.participant.subscriptions.values_list("target__key", flat=True)
    assert list(followed) == [str(harbour.pk)]
    assert dict(citizen.participant.kind_choices.values_list("kind", "rhythm")) == {
        "mapping.new_place": "at_once"
    }
    assert citizen.participant.unsubscriptions.filter(kind="participation.comment").exists()
    page = read(client, CHOICES)
    assert "Undo my last change" in page

    client.post(reverse("participation:mail_choices_undo"))

    plan.refresh_from_db()
    assert (plan.rhythm, plan.quiet_from) == ("daily", None)
    assert list(followed.all()) == [str(hill.pk)]
    assert not citizen.participant.kind_choices.exists()
    assert not citizen.participant.unsubscriptions.exists()
    assert "Undo my last change" not in read(client, CHOICES)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"quiet_from": "22"}, "Please choose both ends of the quiet hours"),
        ({"quiet_from": "6", "quiet_until": "8"}, "This hour lies in your quiet hours"),
        ({"hour": "24"}, "Select a valid choice"),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"rhythm_mapping.new_place": "hourly"}, "Select a valid choice"),
        ({"follow_neighbourhood": "999999"}, "Select a valid choice"),
    ],
)
def test_a_wrong_choice_is_told_and_changes_nothing(client, citizen, harbour, wrong, words):
    client.force_login(citizen)

    page = client.post(CHOICES, chosen(**wrong)).content.decode()

    assert words in page
    assert not hasattr(type(citizen.participant).objects.get(pk=citizen.participant.pk), "mail_plan")
    assert not Subscription.objects.exists()


def test_surroundings_are_followed_stopped_and_brought_back(client, citizen, harbour):
    client.force_login(citizen)
    address = reverse("participation:surroundings")

    nothing = client.post(address, {"name": "Around my flat", "radius_m": "500"}).content.decode()
    assert "Please choose a neighbourhood, or set a point of your own." in nothing
    client.post(address, {"name": "Around the harbour", "radius_m": "2000", "neighbourhood": harbour.pk})
    client.post(
        address,
        {
            "name": "Around my flat",
            "radius_m": "500",
            "neighbourhood": harbour.pk,
            "point_latitude": "53.55",
            "point_longitude": "9.99",
        },
    )

    west = harbour.outline["coordinates"][0][0][0]
    rows = citizen.participant.subscriptions.order_by("pk")
    assert [(row.name, float(row.latitude), float(row.longitude), row.radius_m) for row in rows] == [
        ("Around the harbour", 50.5, west + 0.5, 2000),
        ("Around my flat", 53.55, 9.99, 500),
    ]

    client.post(reverse("participation:surroundings_stop", args=[rows[1].pk]))
    assert [row.name for row in rows.all()] == ["Around the harbour"]
    client.post(reverse("participation:mail_choices_undo"))
    assert [row.name for row in rows.all()] == ["Around the harbour", "Around my flat"]


def test_p11_nobody_stops_the_surroundings_of_somebody_else(client, citizen, resident, harbour):
    client.force_login(citizen)
    address = reverse("participation:surroundings")
    client.post(address, {"name": "Here", "radius_m": "2000", "neighbourhood": harbour.pk})
    own = Subscription.objects.get()

    client.force_login(resident)

    assert client.post(reverse("participation:surroundings_stop", args=[own.pk])).status_code == 404
    assert Subscription.objects.exists()
