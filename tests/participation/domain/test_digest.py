"""Digests: what can wait, in one mail a day at most, and never what may not be read any more (P16, F16, F17)."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from participation.domain import digest as domain
from participation.domain.announcement import tell_followers, withdraw_announcement
from participation.domain.following import unfollow_thing
from participation.domain.mail import send_outgoing_mail
from participation.domain.notification import notify_followers
from participation.domain.unsubscription import unsubscribe
from participation.models import Digest, Follow, MailPlan, Notification, OutgoingMail
from tests.factories import DiscussionFactory, NeighbourhoodFactory, ParticipantFactory
from tests.participation.following import KIND, follow, tell_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(clock):
    clock.move_to("2026-05-04 12:00+02:00")
    return clock


@pytest.fixture
def harbour(clock):
    return NeighbourhoodFactory(name="Old Harbour")


@pytest.fixture
def carla(citizen, harbour):
    """Carla follows the harbour."""
    follow([citizen.participant], "neighbourhood", harbour.pk)
    return citizen.participant


def news(*numbers, where, **changes):
    for number in numbers:
        tell_news(number, where=where, **changes)
    tell_followers()


def seven_the_next_day(clock):
    clock.move_to("2026-05-05 07:00+02:00")


def test_what_happened_comes_in_one_mail_the_next_morning(carla, harbour, clock, mailoutbox):
    discussion = DiscussionFactory(title="Repair café", path="/budget/1/")
    Follow.objects.create(discussion=discussion, participant=carla)
    news(1, 2, where=harbour)
    words = {
        "kind": "participation.comment",
        "title": "Rosa wrote",
        "path": "/comments/1/",
        "dedupe_key": "c",
    }
    notify_followers(discussion, **words)
    assert domain.make_digests().made == 0

    seven_the_next_day(clock)
    call_command("send_digests")
    send_outgoing_mail()

    (mail,) = mailoutbox
    assert mail.subject == "3 pieces of news from Learning City"
    assert mail.to == [carla.user.email]
    text = mail.body
    assert text.index("== Old Harbour ==") < text.index("News 1") < text.index("News 2")
    assert text.index("== Repair café ==") < text.index("Rosa wrote")
    for path in ("/places/1/", "/places/2/", "/comments/1/"):
        assert text.count(f"http://127.0.0.1:8000{path}\n") == 1
        assert mail.alternatives[0].content.count(f'href="http://127.0.0.1:8000{path}"') == 1
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nothing_is_sent_when_there_is_nothing(carla, clock, mailoutbox):
    seven_the_next_day(clock)

    assert str(domain.make_digests()) == "0 digests made, 0 put off"
    assert not Digest.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_the_weekly_mail_comes_on_its_day(carla, harbour, clock):
    MailPlan.objects.create(participant=carla, rhythm="weekly", weekday=3, hour=18, zone="Asia/Kathmandu")
    news(1, where=harbour)

    clock.move_to("2026-05-07 17:59+05:45")
    assert domain.make_digests().made == 0
    clock.move_to("2026-05-07 18:00+05:45")
    assert domain.make_digests().made == 1


def no_more_followed(carla, _harbour):
    unfollow_thing("neighbourhood", str(_harbour.pk), participant=carla)


def withdrawn(_carla, _harbour):
    withdraw_announcement("news-1")


def read_on_the_site(carla, _harbour):
    carla.notifications.update(read_at=timezone.now())


def kind_not_wanted(carla, _harbour):
    unsubscribe(carla, kind=KIND)


def digests_not_wanted(carla, _harbour):
    unsubscribe(carla, kind="participation.digest")


def account_closed(carla, _harbour):
    type(carla.user).objects.filter(pk=carla.user_id).update(is_active=False)


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (no_more_followed, "nothing left to tell"),
        (withdrawn, "nothing left to tell"),
        (read_on_the_site, "nothing left to tell"),
        (kind_not_wanted, "nothing left to tell"),
        (digests_not_wanted, "unsubscribed"),
        (account_closed, "account closed"),
    ],
)
def test_p16_rights_and_wishes_are_asked_again_when_the_digest_leaves(
    carla, harbour, clock, mailoutbox, happens, reason
):
    news(1, where=harbour)
    seven_the_next_day(clock)
    assert domain.make_digests().made == 1

    happens(carla, harbour)
    send_outgoing_mail()

    assert mailoutbox == []
    assert OutgoingMail.objects.get().dropped_because == reason


def test_p16_only_what_is_still_readable_is_in_it(carla, harbour, clock, mailoutbox):
    news(1, 2, where=harbour)
    seven_the_next_day(clock)
    domain.make_digests()

    withdraw_announcement("news-1")
    send_outgoing_mail()

    (mail,) = mailoutbox
    assert mail.subject == "1 piece of news from Learning City"
    assert "News 1" not in mail.body + mail.alternatives[0].content
    assert "News 2" in mail.body


def test_x12_what_strangers_typed_is_no_link_and_no_markup(carla, harbour, clock, mailoutbox):
    news(
        1, where=harbour, title="[Pay](http://evil.example) <b>now</b>", text="www.evil.example {{ 7|add:7 }}"
    )
    seven_the_next_day(clock)
    domain.make_digests()
    send_outgoing_mail()

    (mail,) = mailoutbox
    page = mail.alternatives[0].content
    assert "http://evil" not in mail.body + page
    assert "www.evil" not in mail.body + page
    assert "&lt;b&gt;now&lt;/b&gt;" in page
    assert "{{ 7|add:7 }}" in page


def test_a_digest_of_very_much_names_the_newest_and_counts_the_others(carla, harbour, clock, mailoutbox):
    news(*range(65), where=harbour)
    seven_the_next_day(clock)
    domain.make_digests()
    send_outgoing_mail()

    (mail,) = mailoutbox
    assert mail.body.count("* News") == 60
    assert "5 more notices are on the site:" in mail.body


def test_what_comes_after_the_digest_of_the_day_waits_for_the_next(carla, harbour, clock):
    news(1, where=harbour)
    seven_the_next_day(clock)
    domain.make_digests()
    news(2, where=harbour)
    # Written by a process that had read the time before seven.
    Notification.objects.filter(dedupe_key="news-2").update(digest_due_at=timezone.now())

    assert str(domain.make_digests()) == "0 digests made, 1 put off"
    assert (
        carla.notifications.get(dedupe_key="news-2").digest_due_at.isoformat() == "2026-05-06T05:00:00+00:00"
    )
    clock.move_to("2026-05-06 07:00+02:00")
    assert domain.make_digests().made == 1


def test_the_database_holds_one_digest_a_day(carla):
    day = timezone.now().date()
    Digest.objects.create(participant=carla, day=day, run="a", made_at=timezone.now())

    with pytest.raises(IntegrityError), transaction.atomic():
        Digest.objects.create(participant=carla, day=day, run="b", made_at=timezone.now())


def test_f17_a_run_that_breaks_off_between_and_in_batches_goes_on(harbour, clock, monkeypatch):
    monkeypatch.setattr(domain, "BATCH", 4)
    people = ParticipantFactory.create_batch(10)
    follow(people, "neighbourhood", harbour.pk)
    news(1, where=harbour)
    seven_the_next_day(clock)

    def broken(execute, sql, params, many, context):
        if sql.startswith("INSERT") and "outgoingmail" in sql:
            raise ConnectionError("The network cable was pulled.")
        return execute(sql, params, many, context)

    assert domain.make_digests(batches=1).made == 4
    with pytest.raises(ConnectionError), connection.execute_wrapper(broken):
        domain.make_digests()
    assert Digest.objects.count() == OutgoingMail.objects.count() == 4

    assert domain.make_digests().made == 6
    assert domain.make_digests().made == 0
    assert sorted(OutgoingMail.objects.values_list("user", flat=True)) == [each.user_id for each in people]
    assert not Notification.objects.filter(digest=None).exists()


def test_f16_a_failing_server_gets_the_same_digest_again(carla, harbour, clock, settings, mailoutbox):
    news(1, where=harbour)
    seven_the_next_day(clock)
    domain.make_digests()
    settings.EMAIL_BACKEND = "tests.participation.domain.test_mail.BrokenServer"
    assert send_outgoing_mail().failed == 1

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.move_to("2026-05-05 07:30+02:00")
    domain.make_digests()
    send_outgoing_mail()
    send_outgoing_mail()

    assert len(mailoutbox) == 1


def test_making_takes_the_same_number_of_queries_for_3_and_30_people(harbour, clock):
    counts = []
    for number, size in enumerate((3, 30)):
        people = ParticipantFactory.create_batch(size)
        follow(people, "neighbourhood", harbour.pk)
        news(number, where=harbour)
        clock.move_to(f"2026-05-{5 + number:02} 07:00+02:00")
        with CaptureQueriesContext(connection) as captured:
            assert domain.make_digests(batches=1).made >= size
        counts.append(len(captured))

    assert counts[0] == counts[1] <= 10
