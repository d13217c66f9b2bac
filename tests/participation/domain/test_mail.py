"""Mails leave after the commit, once, only to who may still get them, and are tried again when the server fails."""

import datetime as dt
import smtplib

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from participation.domain import mail as mails
from participation.domain.mail import queue_mail, send_outgoing_mail, try_again
from participation.domain.notification import notify, notify_followers
from participation.domain.unsubscription import unsubscribe
from participation.foundation.errors import Conflict, NotAllowed
from participation.models import Follow, OutgoingMail, Participant
from tests.factories import DiscussionFactory, ParticipantFactory

pytestmark = pytest.mark.django_db

KIND = "participation.answer"


class BrokenServer(EmailBackend):
    """A mail server that refuses everything, and counts how often it was asked."""

    asked = 0

    def send_messages(self, messages):
        type(self).asked += 1
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed\r\nby <the server>")


class DyingWorker(EmailBackend):
    """The process is killed while it talks to the mail server."""

    def send_messages(self, messages):
        raise SystemExit


class PickyServer(EmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, messages):
        if messages[0].to == ["broken@example.org"]:
            raise smtplib.SMTPRecipientsRefused({"broken@example.org": (550, b"no such user")})
        return super().send_messages(messages)


def using(settings, backend):
    settings.EMAIL_BACKEND = f"{backend.__module__}.{backend.__qualname__}"
    backend.asked = 0


@pytest.fixture
def discussion():
    return DiscussionFactory(title="Repair café", path="/budget/1/")


def tell(person, **changes):
    words = {
        "kind": KIND,
        "title": "News",
        "text": "Read it.",
        "path": "/budget/1/",
        "dedupe_key": "news-1",
        **changes,
    }
    return notify(person, **words)


def later(**stretch):
    """Let so much time pass for all mails that wait."""
    for mail in OutgoingMail.objects.exclude(next_attempt_at=None):
        mail.next_attempt_at -= dt.timedelta(**stretch)
        mail.save()


def test_a_mail_leaves_after_the_commit(citizen, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell(citizen.participant)
        assert outbox.outbox == []

    assert [message.to for message in outbox.outbox] == [[citizen.email]]
    sent = OutgoingMail.objects.get()
    assert (sent.attempts, sent.sent_at is not None, sent.next_attempt_at) == (1, True, None)


def test_nothing_is_sent_of_what_was_rolled_back(citizen, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        tell(citizen.participant)
        transaction.set_rollback(True)

    assert not OutgoingMail.objects.exists()
    assert send_outgoing_mail().sent == 0


def test_a_crash_between_commit_and_sending_loses_nothing_and_doubles_nothing(citizen):
    tell(citizen.participant)  # committed, and the process ends before it asked for a run

    assert [send_outgoing_mail().sent for _run in range(2)] == [1, 0]
    assert len(outbox.outbox) == 1


def test_f17_a_worker_that_dies_in_the_middle_only_delays_the_mail(citizen, settings):
    tell(citizen.participant)
    normal = settings.EMAIL_BACKEND
    using(settings, DyingWorker)
    with pytest.raises(SystemExit):
        send_outgoing_mail()

    settings.EMAIL_BACKEND = normal
    assert send_outgoing_mail().sent == 0  # still claimed by the dead worker
    later(minutes=10)
    assert [send_outgoing_mail().sent for _run in range(2)] == [1, 0]


def test_two_workers_never_send_the_same_mail(citizen):
    tell(citizen.participant)
    waiting = OutgoingMail.objects.get()

    first = mails._claim(waiting.pk, waiting.next_attempt_at)
    second = mails._claim(waiting.pk, waiting.next_attempt_at)

    assert first == waiting
    assert second is None


def test_f16_a_failing_server_is_asked_again_ever_more_rarely_and_then_a_person_is(
    citizen, administrator, moderator, settings
):
    tell(citizen.participant)
    normal = settings.EMAIL_BACKEND
    using(settings, BrokenServer)

    waits = []
    for _try in range(mails.MAX_TRIES):
        before = timezone.now()
        assert send_outgoing_mail().failed == 1
        row = OutgoingMail.objects.get()
        waits.append(row.next_attempt_at and round((row.next_attempt_at - before).total_seconds() / 60))
        later(days=2)

    assert waits == [1, 5, 30, 120, 360, 720, 1440, None]
    assert BrokenServer.asked == 8
    assert (row.dropped_because, row.sent_at) == ("too many tries", None)
    assert row.last_error == "SMTPServerDisconnected: Connection unexpectedly closed by <the server>"
    assert send_outgoing_mail().failed == 0

    settings.EMAIL_BACKEND = normal
    with pytest.raises(NotAllowed):
        try_again(row, by=moderator)
    try_again(row, by=administrator)
    assert send_outgoing_mail().sent == 1
    assert len(outbox.outbox) == 1
    with pytest.raises(Conflict):
        try_again(row, by=administrator)


def test_f16_when_the_server_is_down_the_other_mails_keep_their_tries(discussion, settings):
    using(settings, BrokenServer)
    people = ParticipantFactory.create_batch(6)
    Follow.objects.bulk_create([Follow(discussion=discussion, participant=person) for person in people])
    notify_followers(discussion, kind=KIND, title="News", path="/", dedupe_key="news-1")

    assert send_outgoing_mail().failed == 3
    assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [0, 0, 0, 1, 1, 1]


def test_one_bad_address_does_not_hold_up_the_others(discussion, settings):
    using(settings, PickyServer)
    for person in (ParticipantFactory(user__email="broken@example.org"), ParticipantFactory()):
        tell(person)

    run = send_outgoing_mail()

    assert (run.sent, run.failed) == (1, 1)


def make_inactive(person, discussion):
    person.user.is_active = False
    person.user.save()


def make_private(person, discussion):
    discussion.is_public = False
    discussion.save()


def make_quiet(person, discussion):
    unsubscribe(person, kind=KIND)


def make_quiet_about_this(person, discussion):
    unsubscribe(person, kind=KIND, discussion=discussion)


def make_mailless(person, discussion):
    Participant.objects.filter(pk=person.pk).update(wants_mail=False)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (make_inactive, "account closed"),
        (make_private, "not public any more"),
        (make_quiet, "unsubscribed"),
        (make_quiet_about_this, "unsubscribed"),
        (make_mailless, "unsubscribed"),
    ],
)
def test_p16_rights_and_wishes_are_asked_again_when_the_mail_leaves(citizen, discussion, change, reason):
    tell(citizen.participant, discussion=discussion)
    assert OutgoingMail.objects.filter(sent_at=None, dropped_because="").count() == 1

    change(citizen.participant, discussion)

    assert send_outgoing_mail().dropped == 1
    assert OutgoingMail.objects.get().dropped_because == reason
    assert outbox.outbox == []


def test_p16_a_moderator_may_still_read_what_is_not_public(moderator, discussion):
    tell(moderator.participant, discussion=discussion)
    make_private(moderator.participant, discussion)

    assert send_outgoing_mail().sent == 1


def test_a_mail_has_one_clear_link_and_a_way_out(citizen, discussion, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://city.example.org"
    tell(citizen.participant, discussion=discussion)
    send_outgoing_mail()

    message = outbox.outbox[0]
    html = message.alternatives[0].content
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert message.subject == "News"
    assert "https://city.example.org/budget/1/" in message.body
    assert html.count("<a ") == 2  # the thing, and the way out
    assert stop.startswith("https://city.example.org/notices/unsubscribe/")
    assert stop in message.body
    assert stop in html
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.extra_headers["Message-ID"].endswith("@city.example.org>")


def test_x12_what_strangers_typed_is_no_link_and_no_markup(citizen):
    name = '[Pay](http://evil.example) <a href="https://evil.example">www.evil.example</a>'
    tell(citizen.participant, title=f"{name} wrote", text=f"{name} wrote")
    send_outgoing_mail()

    message = outbox.outbox[0]
    html = message.alternatives[0].content
    for text in (message.subject, message.body, html):
        assert "evil.example" in text
        assert "http://evil" not in text
        assert "https://evil" not in text
        assert "www.evil" not in text
    assert "<a href=&quot;https: //evil.example&quot;&gt;" in html.replace("&lt;a", "<a")
    assert html.count("<a ") == 2


def test_x21_template_code_in_a_name_stays_as_it_was_typed(citizen):
    payload = "{{ 7|add:7 }} {% debug %} %s %(x)s"
    tell(citizen.participant, title=payload, text=payload)
    send_outgoing_mail()

    message = outbox.outbox[0]
    assert message.subject == payload
    assert payload in message.body
    assert payload in message.alternatives[0].content


def test_x13_a_line_break_in_a_stored_title_makes_no_header(citizen):
    tell(citizen.participant)
    citizen.participant.notifications.update(title="News\r\nBcc: all@example.org")
    send_outgoing_mail()

    message = outbox.outbox[0]
    assert message.subject == "News Bcc: all@example.org"
    assert message.message()["Bcc"] is None


def test_a_letter_is_written_once_and_its_text_forgotten_when_sent(citizen):
    for _again in range(2):
        queue_mail(citizen, kind=KIND, subject="Your receipt", text="7KQ4-MZ2P", dedupe_key="receipt-1")
    assert OutgoingMail.objects.get().text == "7KQ4-MZ2P"

    assert send_outgoing_mail().sent == 1

    assert "7KQ4-MZ2P" in outbox.outbox[0].body
    assert "List-Unsubscribe" not in outbox.outbox[0].extra_headers
    assert OutgoingMail.objects.get().text == ""


def test_a_letters_addresses_are_plain_in_its_text_and_links_with_words_beside_it(citizen, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://city.example.org"
    text = "Your seat is kept.\n\nYour registration: https://city.example.org/seat/1/"
    queue_mail(citizen, kind=KIND, subject="Your seat", text=text, dedupe_key="seat-1")
    send_outgoing_mail()

    message = outbox.outbox[0]
    assert text in message.body
    html = message.alternatives[0].content
    assert '<a href="https://city.example.org/seat/1/">Your registration</a>' in html
    assert "&gt;" not in html


def test_the_command_sends_and_says_what_waits(citizen, capsys):
    tell(citizen.participant)

    call_command("send_mail")

    assert capsys.readouterr().out == "1 sent, 0 dropped, 0 failed; 0 waiting.\n"


def test_sending_takes_the_same_number_of_queries_for_each_mail(discussion, django_assert_max_num_queries):
    people = ParticipantFactory.create_batch(10)
    Follow.objects.bulk_create([Follow(discussion=discussion, participant=person) for person in people])
    notify_followers(discussion, kind=KIND, title="News", path="/", dedupe_key="news-1")

    # Two looks for due mails; claim, read, wishes and outcome of each; and on PostgreSQL the clock.
    with django_assert_max_num_queries(4 + 10 * 6):
        assert send_outgoing_mail().sent == 10
