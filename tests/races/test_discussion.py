"""Races around discussions and the outbox on PostgreSQL, each with a negative control that shows the race."""

import threading
from contextlib import contextmanager
from functools import partial

from django.core import mail as outbox
from django.db import connection

from participation.domain import comment as talk
from participation.domain import mail as mails
from participation.domain.comment import edit_comment, limit_commenting, post_comment
from participation.domain.follow import follow
from participation.domain.moderation import hide_comment
from participation.domain.notification import notify, notify_followers
from participation.domain.organisation import remove_person
from participation.domain.participant import TooManyTries
from participation.enums import OrganisationRole
from participation.foundation.errors import Conflict, NotAllowed
from participation.models import Comment, Follow, Notification, OrganisationPerson, OutgoingMail
from tests.factories import DiscussionFactory, OrganisationFactory, ParticipantFactory
from tests.races.conftest import at_once

KIND = "participation.answer"


@contextmanager
def without_constraint(model, name: str):
    """Take a unique constraint away; put it back when the rows that break it are gone."""
    constraint = next(found for found in model._meta.constraints if found.name == name)
    with connection.schema_editor() as schema:
        schema.remove_constraint(model, constraint)
    try:
        yield
    finally:
        model.objects.all().delete()
        with connection.schema_editor() as schema:
            schema.add_constraint(model, constraint)


def follow_eight_times(discussion, person) -> list:
    return at_once([partial(follow, discussion, participant=person)] * 8)


def test_v1_eight_follows_at_once_are_one():
    discussion, person = DiscussionFactory(), ParticipantFactory()

    assert follow_eight_times(discussion, person) == [None] * 8
    assert Follow.objects.count() == 1


def test_v1_without_the_constraint_they_are_eight():
    discussion, person = DiscussionFactory(), ParticipantFactory()

    with without_constraint(Follow, "one_follow_per_person"):
        follow_eight_times(discussion, person)
        assert Follow.objects.count() == 8


def test_the_same_event_told_by_eight_at_once_is_one_notice_and_one_mail():
    discussion = DiscussionFactory()
    people = ParticipantFactory.create_batch(5)
    Follow.objects.bulk_create(Follow(discussion=discussion, participant=person) for person in people)
    words = {"kind": KIND, "title": "News", "path": "/", "dedupe_key": "news-1"}

    answers = at_once([partial(notify_followers, discussion, **words)] * 8)

    assert all(isinstance(answer, int) for answer in answers)
    assert Notification.objects.count() == OutgoingMail.objects.count() == 5


def waiting_mails(count: int) -> None:
    for number, person in enumerate(ParticipantFactory.create_batch(count)):
        notify(person, kind=KIND, title=f"News {number}", path="/", dedupe_key="news-1")


def run_workers(monkeypatch, count: int, *, mails_each: int) -> int:
    """Let workers look for due mails at the same moment, and then send; return how many left."""
    waiting_mails(mails_each)
    meeting = threading.Barrier(count)
    look = mails.due_mails

    def look_together(now):
        found = list(look(now))
        if found:
            meeting.wait(20)
        return found

    monkeypatch.setattr(mails, "due_mails", look_together)
    outbox.outbox.clear()
    at_once([partial(mails.send_outgoing_mail, limit=mails_each)] * count, workers=count)
    return len(outbox.outbox)


def test_two_workers_send_each_mail_once(monkeypatch, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}

    assert run_workers(monkeypatch, 2, mails_each=20) == 20
    assert set(OutgoingMail.objects.values_list("attempts", flat=True)) == {1}


def test_workers_that_claim_nothing_send_each_mail_twice(monkeypatch, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr(
        mails,
        "_claim",
        lambda pk, _planned: OutgoingMail.objects.select_related("user", "notification").get(pk=pk),
    )

    assert run_workers(monkeypatch, 2, mails_each=20) > 20


def hide_while_its_author_edits(monkeypatch):
    """The author has passed every check when the moderator hides; return both answers and the comment."""
    author, moderator = ParticipantFactory(), ParticipantFactory(user__is_superuser=True)
    comment = Comment.objects.create(discussion=DiscussionFactory(), author=author, text="Before")
    checked, hidden = threading.Event(), threading.Event()
    clock = talk.database_now

    def after_the_checks():
        if threading.current_thread().name == "author":
            checked.set()
            hidden.wait(1)
        return clock()

    monkeypatch.setattr(talk, "database_now", after_the_checks)

    def edit():
        threading.current_thread().name = "author"
        return edit_comment(comment, author=author, text="After")

    def hide():
        checked.wait(20)
        answer = hide_comment(comment, by=moderator.user, reason="Insults a neighbour.")
        hidden.set()
        return answer

    answers = at_once([edit, hide])
    comment.refresh_from_db()
    return answers, comment


def test_f29_hiding_waits_for_an_edit_that_has_begun_and_wins(monkeypatch):
    (edited, hidden), comment = hide_while_its_author_edits(monkeypatch)

    assert edited.text == "After"
    assert (hidden.text, hidden.state) == ("After", "hidden")
    assert (comment.text, comment.state) == ("After", "hidden")


def test_f29_without_the_row_lock_the_moderator_judges_words_that_are_gone(monkeypatch):
    monkeypatch.setattr(
        talk,
        "locked_comment",
        lambda comment, **_where: Comment.objects.select_related("discussion").get(pk=comment.pk),
    )

    (_edited, hidden), comment = hide_while_its_author_edits(monkeypatch)

    assert hidden.text == "Before"
    assert comment.text == "After"


def test_of_twenty_comments_at_once_ten_pass_the_limit():
    discussion, person = DiscussionFactory(), ParticipantFactory()

    def write(number):
        limit_commenting(person)
        return post_comment(discussion, author=person, text=f"No. {number}")

    answers = at_once([partial(write, number) for number in range(20)])

    assert sum(isinstance(answer, TooManyTries) for answer in answers) == 10
    assert Comment.objects.count() == 10


def test_two_managers_who_remove_each_other_leave_one():
    organisation = OrganisationFactory()
    first, second = ParticipantFactory.create_batch(2)
    for person in (first, second):
        OrganisationPerson.objects.create(
            organisation=organisation, participant=person, role=OrganisationRole.MANAGER
        )

    answers = at_once(
        [
            partial(remove_person, organisation, participant=second, by=first.user),
            partial(remove_person, organisation, participant=first, by=second.user),
        ]
    )

    assert organisation.roles.count() == 1
    assert sum(answer is None for answer in answers) == 1
    assert sum(isinstance(answer, (Conflict, NotAllowed)) for answer in answers) == 1
