"""Notices reach exactly those who may and want to read them, once."""

import pytest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from participation.domain.notification import mark_all_read, mark_read, notify, notify_followers, notify_many
from participation.domain.unsubscription import resubscribe, unsubscribe
from participation.foundation.errors import Missing
from participation.foundation.notices import all_kinds
from participation.models import Follow, Notification, OutgoingMail, Participant
from participation.queries.notification import notices_of, unread_count
from tests.factories import DiscussionFactory, ParticipantFactory
from tests.participation.following import tell_news

pytestmark = pytest.mark.django_db

KIND = "participation.answer"


def tell(person, **changes):
    words = {
        "kind": KIND,
        "title": "News",
        "text": "Read it.",
        "path": "/budget/",
        "dedupe_key": "news-1",
        **changes,
    }
    return notify(person, **words)


@pytest.fixture
def discussion():
    return DiscussionFactory(title="Repair café", path="/budget/1/")


def followers(discussion, count):
    people = ParticipantFactory.create_batch(count)
    Follow.objects.bulk_create([Follow(discussion=discussion, participant=person) for person in people])
    return people


def tell_followers(discussion, **changes):
    words = {
        "kind": KIND,
        "title": "News",
        "text": "",
        "path": "/budget/1/",
        "dedupe_key": "news-1",
        **changes,
    }
    return notify_followers(discussion, **words)


def test_a_notice_appears_in_the_site_and_waits_as_mail(citizen):
    assert tell(citizen.participant) is True

    notice = notices_of(citizen.participant).get()
    assert (notice.title, notice.text, notice.path, notice.read_at) == ("News", "Read it.", "/budget/", None)
    assert (notice.mail.user, notice.mail.subject, notice.mail.sent_at) == (citizen, "News", None)


def test_the_same_event_is_told_once(citizen):
    tell(citizen.participant)

    assert tell(citizen.participant, title="Again") is False
    assert Notification.objects.count() == OutgoingMail.objects.count() == 1


def test_an_unknown_kind_is_a_mistake_of_the_programmer(citizen):
    with pytest.raises(LookupError, match=r"nobody\.knows"):
        tell(citizen.participant, kind="nobody.knows")


def test_every_declared_kind_has_words_and_the_name_of_its_app():
    assert all_kinds()[KIND].by_mail
    assert all(name.count(".") == 1 and str(kind.label) for name, kind in all_kinds().items())


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example", "/\\evil.example", ""])
def test_s1_a_notice_leads_only_to_this_site(citizen, path):
    with pytest.raises(ValueError, match="path of this site"):
        tell(citizen.participant, path=path)


def test_x13_a_title_stays_on_one_line(citizen):
    tell(citizen.participant, title="Hello\r\nBcc: everybody@example.org")

    assert OutgoingMail.objects.get().subject == "Hello Bcc: everybody@example.org"


def test_words_are_in_the_language_of_the_site_not_of_who_caused_them(citizen):
    with override("de"):
        tell(citizen.participant, title=_("Yes"))

    assert Notification.objects.get().title == "Yes"


def test_followers_are_told_except_for_who_caused_it(discussion):
    author, *others = followers(discussion, 3)

    assert tell_followers(discussion, except_for=author) == 2
    assert set(Notification.objects.values_list("participant", flat=True)) == {person.pk for person in others}
    assert OutgoingMail.objects.count() == 2


def test_followers_of_a_private_discussion_are_not_told(discussion):
    followers(discussion, 1)
    discussion.is_public = False
    discussion.save()

    assert tell_followers(discussion) == 0
    assert not Notification.objects.exists()


def test_p20_who_has_closed_the_account_is_not_told(discussion, citizen):
    Follow.objects.create(discussion=discussion, participant=citizen.participant)
    citizen.is_active = False
    citizen.save()

    assert tell_followers(discussion) == 0
    assert tell(citizen.participant) is False


def test_who_wants_no_mail_gets_the_notice_alone(discussion):
    never, not_this_kind, not_this_thing, another_kind = followers(discussion, 4)
    Participant.objects.filter(pk=never.pk).update(wants_mail=False)
    unsubscribe(not_this_kind, kind=KIND)
    unsubscribe(not_this_thing, kind=KIND, discussion=discussion)
    unsubscribe(another_kind, kind="participation.moderation")

    assert tell_followers(discussion) == 4
    assert [mail.user for mail in OutgoingMail.objects.all()] == [another_kind.user]


def test_unsubscribing_twice_is_one_row_and_can_be_undone(citizen, discussion):
    for source in (None, discussion):
        unsubscribe(citizen.participant, kind=KIND, discussion=source)
        unsubscribe(citizen.participant, kind=KIND, discussion=source)
    assert citizen.participant.unsubscriptions.count() == 2

    resubscribe(citizen.participant, kind=KIND)

    assert citizen.participant.unsubscriptions.get().discussion == discussion


def test_telling_30_followers_takes_as_many_queries_as_telling_1(discussion, django_assert_max_num_queries):
    counts = []
    for number, more in enumerate((1, 29)):
        followers(discussion, more)
        # Who, notices, their keys, mails, the savepoint around them, and on PostgreSQL the clock.
        with django_assert_max_num_queries(7) as captured:
            tell_followers(discussion, dedupe_key=f"news-{number}")
        counts.append(len(captured))

    assert counts[0] == counts[1]
    assert Notification.objects.count() == 31


def test_many_can_be_told_at_once(discussion):
    people = followers(discussion, 3)

    told = notify_many(
        Participant.objects.filter(pk__in=[person.pk for person in people[:2]]),
        kind=KIND,
        title="Result",
        path="/budget/results/",
        dedupe_key="result-1",
    )

    assert told == 2
    assert Notification.objects.count() == 2


def test_notices_are_marked_read_one_by_one_or_all(citizen):
    for number in range(3):
        tell(citizen.participant, dedupe_key=f"news-{number}")

    mark_read(citizen.participant, notices_of(citizen.participant).first().pk)
    assert unread_count(citizen.participant) == 2

    assert mark_all_read(citizen.participant) == 2
    assert unread_count(citizen.participant) == 0


def test_news_that_was_taken_back_waits_no_more_beside_what_still_waits(citizen):
    news = tell_news()
    tell(citizen.participant, dedupe_key="plain")
    Notification.objects.create(
        participant=citizen.participant,
        kind=KIND,
        title="News",
        path="/",
        dedupe_key="news",
        announcement=news,
    )
    assert unread_count(citizen.participant) == 2

    news.withdrawn_at = timezone.now()
    news.save()

    assert unread_count(citizen.participant) == 1


def test_p11_nobody_marks_the_notices_of_others(citizen, resident):
    tell(citizen.participant)

    with pytest.raises(Missing):
        mark_read(resident.participant, Notification.objects.get().pk)
    assert unread_count(citizen.participant) == 1


def test_p16_a_notice_about_a_thing_no_longer_public_is_not_listed(citizen, discussion):
    tell(citizen.participant, discussion=discussion)
    assert unread_count(citizen.participant) == 1

    discussion.is_public = False
    discussion.save()

    assert unread_count(citizen.participant) == 0
    assert not notices_of(citizen.participant).exists()
