"""What happens reaches who follows it, once, and only who may read it at that moment (P16, F17)."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from participation.domain import announcement as domain
from participation.domain.following import follow_surroundings, follow_thing
from participation.domain.mail import send_outgoing_mail
from participation.enums import AccessLevel, Privacy
from participation.foundation.errors import Missing
from participation.foundation.follow_targets import all_sources
from participation.models import (
    Announcement,
    Committee,
    CommitteeAccess,
    KindChoice,
    MailPlan,
    Notification,
    OutgoingMail,
    Subscription,
)
from participation.queries.announcement import public_announcements, readable_things
from participation.queries.notification import notices_of
from tests.factories import (
    DiscussionFactory,
    NeighbourhoodFactory,
    OrganisationFactory,
    ParticipantFactory,
    TopicFactory,
    make_budget,
)
from tests.participation.following import CIRCLE, KIND, follow, tell_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour():
    return NeighbourhoodFactory(name="Old Harbour")


@pytest.fixture
def circle(monkeypatch):
    """An organisation whose news only its own people read, as a private committee's."""
    monkeypatch.setitem(all_sources(), "circle", CIRCLE)
    return OrganisationFactory(name="Closed circle")


def told():
    return sorted(Notification.objects.values_list("participant__display_name", "title", "source"))


def test_who_follows_the_neighbourhood_or_the_topic_hears_of_it_once(harbour, citizen, resident, stranger):
    repairing, other = TopicFactory(name="Repairing"), TopicFactory()
    follow([citizen.participant, resident.participant], "neighbourhood", harbour.pk)
    follow([citizen.participant], "topic", repairing.pk)
    follow([ParticipantFactory()], "topic", other.pk)

    tell_news(targets=[("neighbourhood", harbour.pk), ("topic", repairing.pk)])

    assert domain.tell_followers() == 2
    assert told() == [
        ("Carla Citizen", "News 1", "Old Harbour"),
        ("Rosa Resident", "News 1", "Old Harbour"),
    ]
    assert domain.tell_followers() == 0


@pytest.mark.parametrize(
    ("point", "is_told"),
    [
        (("53.551000", "9.990000"), True),
        # 1,000 m to the north is 0.008993 degrees.
        (("53.558980", "9.990000"), True),
        (("53.559010", "9.990000"), False),
        # Inside the box, outside the circle.
        (("53.557000", "10.002000"), False),
        (("-53.551000", "9.990000"), False),
        (None, False),
    ],
)
def test_a_circle_around_a_point_is_round(citizen, point, is_told):
    follow_surroundings(
        participant=citizen.participant, name="Around my flat", point=("53.55", "9.99"), radius_m=1000
    )

    tell_news(point=point)

    assert domain.tell_followers() == is_told
    assert told() == ([("Carla Citizen", "News 1", "Around my flat")] if is_told else [])


def test_who_caused_it_and_closed_accounts_are_not_told(harbour, citizen, resident):
    gone = ParticipantFactory(user__is_active=False)
    follow([citizen.participant, resident.participant, gone], "neighbourhood", harbour.pk)

    tell_news(where=harbour, caused_by=citizen.participant)
    domain.tell_followers()

    assert told() == [("Rosa Resident", "News 1", "Old Harbour")]


def test_announcing_again_keeps_the_words_up_and_tells_nobody_twice(harbour, citizen, resident):
    follow([citizen.participant], "neighbourhood", harbour.pk)
    first = tell_news(where=harbour)
    domain.tell_followers()
    follow([resident.participant], "neighbourhood", harbour.pk)

    again = tell_news(where=harbour, title="Better words")

    assert again == first
    assert domain.tell_followers() == 0
    assert list(public_announcements().values_list("title", flat=True)) == ["Better words"]
    assert tell_news(2, where=harbour, only_if_known=True) is None
    assert Announcement.objects.count() == 1


def test_unknown_kinds_and_things_are_mistakes_of_the_programmer(harbour):
    with pytest.raises(LookupError, match=r"nobody\.knows"):
        tell_news(kind="nobody.knows")
    with pytest.raises(LookupError, match="unicorn"):
        tell_news(targets=[("unicorn", 1)])
    assert not Announcement.objects.exists()


def withdrawn(news):
    domain.withdraw_announcement(news.dedupe_key)


def hidden(news):
    type(news.discussion).objects.filter(pk=news.discussion_id).update(is_public=False)


def behind_a_sign_in(news):
    PageViewRestriction.objects.create(page=news.page, restriction_type=PageViewRestriction.LOGIN)


def unpublished(news):
    news.page.unpublish()


@pytest.mark.parametrize("happens", [withdrawn, hidden, behind_a_sign_in, unpublished])
def test_p16_what_is_out_of_sight_is_told_to_nobody_any_more(
    harbour, citizen, resident, happens, django_capture_on_commit_callbacks, mailoutbox
):
    """Before it is told, after it is told, and when its mail leaves."""
    MailPlan.objects.create(participant=citizen.participant, rhythm="at_once")
    follow([citizen.participant], "neighbourhood", harbour.pk)
    budget = make_budget()
    news = tell_news(where=harbour, discussion=DiscussionFactory(), page=budget)
    domain.tell_followers()
    assert notices_of(citizen.participant).count() == OutgoingMail.objects.count() == 1
    late = tell_news(2, where=harbour, discussion=news.discussion, page=budget)

    happens(news)
    if happens is withdrawn:
        happens(late)
    domain.tell_followers()
    send_outgoing_mail()

    assert not notices_of(citizen.participant).exists()
    assert not public_announcements().exists()
    assert OutgoingMail.objects.get().dropped_because == "not public any more"
    assert mailoutbox == []


def test_p16_news_of_a_closed_circle_reach_its_people_alone(circle, harbour, citizen, resident):
    circle.roles.create(participant=resident.participant, role="member")
    follow([citizen.participant, resident.participant], "circle", circle.pk)
    follow([citizen.participant, resident.participant], "neighbourhood", harbour.pk)

    tell_news(inside=("circle", circle.pk), targets=[("circle", circle.pk), ("neighbourhood", harbour.pk)])
    domain.tell_followers()

    assert [name for name, *_rest in told()] == ["Rosa Resident"]
    assert not public_announcements().exists()
    assert notices_of(resident.participant).count() == 1

    circle.roles.all().delete()
    assert not notices_of(resident.participant).exists()

    circle.is_trusted = True
    circle.save()
    assert public_announcements().count() == notices_of(resident.participant).count() == 1


def test_p16_a_closed_circle_cannot_be_followed_by_who_may_not_read_it(circle, citizen, resident):
    circle.roles.create(participant=resident.participant, role="member")

    follow_thing("circle", str(circle.pk), participant=resident.participant)
    with pytest.raises(Missing):
        follow_thing("circle", str(circle.pk), participant=citizen.participant)

    assert Subscription.objects.get().participant == resident.participant


def test_who_wants_it_at_once_gets_a_mail_at_once(harbour, citizen, resident, clock):
    MailPlan.objects.create(participant=citizen.participant, rhythm="at_once")
    KindChoice.objects.create(participant=resident.participant, kind=KIND, rhythm="at_once")
    MailPlan.objects.create(participant=resident.participant, quiet_from=22, quiet_until=6)
    waits = ParticipantFactory()
    follow([citizen.participant, resident.participant, waits], "neighbourhood", harbour.pk)
    clock.move_to("2026-05-04 23:00+02:00")

    tell_news(where=harbour)
    domain.tell_followers()

    leaves = dict(OutgoingMail.objects.values_list("user__email", "next_attempt_at"))
    assert {email: f"{at:%H:%M}" for email, at in leaves.items()} == {
        citizen.email: "21:00",
        resident.email: "04:00",
    }
    assert waits.notifications.get().digest_due_at.isoformat() == "2026-05-05T05:00:00+00:00"


def test_telling_takes_the_same_number_of_queries_for_3_and_30_followers(harbour):
    counts = []
    for number, size in enumerate((3, 30)):
        follow(ParticipantFactory.create_batch(size), "neighbourhood", harbour.pk)
        tell_news(number, where=harbour)
        with CaptureQueriesContext(connection) as captured:
            assert domain.tell_followers(batches=1) >= size
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 14


def test_f17_a_run_that_breaks_off_goes_on_where_it_was(harbour, monkeypatch):
    monkeypatch.setattr(domain, "BATCH", 4)
    people = ParticipantFactory.create_batch(10)
    follow(people, "neighbourhood", harbour.pk)
    news = tell_news(where=harbour)

    assert domain.tell_followers(batches=1) == 4
    with pytest.raises(ConnectionError), connection.execute_wrapper(_breaks_at("announcement_id")):
        domain.tell_followers()
    news.refresh_from_db()
    assert news.told_up_to == people[3].pk
    assert Notification.objects.count() == 4

    call_command("send_digests")

    assert sorted(Notification.objects.values_list("participant", flat=True)) == [each.pk for each in people]
    news.refresh_from_db()
    assert news.told_at is not None


def _breaks_at(words):
    def broken(execute, sql, params, many, context):
        if sql.startswith("INSERT") and words in sql:
            raise ConnectionError("The network cable was pulled.")
        return execute(sql, params, many, context)

    return broken


def test_p16_a_private_committee_is_followed_and_heard_of_by_its_own_people_alone(citizen, resident):
    committee = Committee(title="Quiet committee", slug="quiet", privacy=Privacy.PRIVATE)
    Site.objects.get(is_default_site=True).root_page.add_child(instance=committee)
    CommitteeAccess.objects.create(
        committee=committee, participant=resident.participant, level=AccessLevel.READ
    )
    thing = ("committee", str(committee.pk))
    follow_thing(*thing, participant=resident.participant)
    with pytest.raises(Missing):
        follow_thing(*thing, participant=citizen.participant)
    follow([citizen.participant], *thing)

    tell_news(targets=[thing], inside=thing, page=committee)
    domain.tell_followers()

    assert told() == [("Rosa Resident", "News 1", "Quiet committee")]
    assert not public_announcements().exists()

    Committee.objects.update(privacy=Privacy.TRANSPARENT)
    assert public_announcements(targets=[thing]).count() == 1
    assert readable_things("committee", None)[thing[1]].path == "/quiet/"
