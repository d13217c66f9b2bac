"""Telling people: a notice in the site and, for who wants it, a mail, in the transaction of what happened.

Words are given as translatable (lazy) text: they are written in the site's language, not in that of whoever caused them.
"""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation

from participation.domain.mail import send_after_commit
from participation.enums import Rhythm
from participation.foundation.clock import database_now
from participation.foundation.errors import Missing
from participation.foundation.notices import kind_named
from participation.foundation.text import clean_line, clean_text
from participation.models import Discussion, Meeting, Notification, OutgoingMail, Participant
from participation.queries.delivery import TIMES, times_in, with_rhythm
from participation.queries.notification import notices_of, with_mail_wishes
from participation.rules import discussion_is_of_private_committee

BATCH = 500


def notify(
    participant: Participant,
    *,
    kind: str,
    title,
    text="",
    path: str,
    dedupe_key: str,
    discussion: Discussion | None = None,
    meeting: Meeting | None = None,
) -> bool:
    """Tell one person something, once per `dedupe_key` (at most 120 characters); return whether it was new.

    `kind` is declared in an app's `notices.py` (LookupError otherwise), `path` starts with one slash. `discussion` is the
    source that the person may unsubscribe from; should it stop being public, a waiting mail is dropped. A discussion that
    is not public already is left out, so that its author can still be told. The mail carries `meeting` for calendars.
    """
    source = discussion if discussion is not None and discussion.is_public else None
    people = Participant.objects.filter(pk=participant.pk)
    words = notice_words(title, text, path, dedupe_key)
    return bool(_tell(people, kind=kind, words=words, discussion=source, meeting=meeting))


def notify_many(
    participants: QuerySet[Participant],
    *,
    kind: str,
    title,
    text="",
    path: str,
    dedupe_key: str,
    meeting: Meeting | None = None,
) -> int:
    """Tell many people the same thing, with a constant number of queries for every 500; return how many it was new to."""
    words = notice_words(title, text, path, dedupe_key)
    return _tell(participants, kind=kind, words=words, discussion=None, meeting=meeting)


def notify_followers(
    discussion: Discussion,
    *,
    kind: str,
    title,
    text="",
    path: str,
    dedupe_key: str,
    except_for: Participant | None = None,
) -> int:
    """Tell all who follow a public discussion, except the person who caused it; return how many it was new to.

    Of a private committee's discussion only those hear who are inside.
    """
    if not discussion.is_public:
        return 0
    people = Participant.objects.filter(follows__discussion=discussion)
    if discussion_is_of_private_committee(None, discussion):
        people = people.filter(committee_accesses__committee=discussion.committee_id)
    if except_for is not None:
        people = people.exclude(pk=except_for.pk)
    return _tell(people, kind=kind, words=notice_words(title, text, path, dedupe_key), discussion=discussion)


def notice_words(title, text, path: str, dedupe_key: str) -> dict[str, str]:
    """Return the columns of a notice, written in the site's language; raises ValueError for a path off this site."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        raise ValueError(f"A notice leads to a path of this site, not to {path!r}.")
    if not dedupe_key or len(dedupe_key) > 120:
        raise ValueError("A notice needs a dedupe_key of at most 120 characters.")
    with translation.override(settings.LANGUAGE_CODE):
        title, text = str(title), str(text)
    return {
        "title": clean_line(title)[:255],
        "text": clean_text(text),
        "path": path,
        "dedupe_key": dedupe_key,
    }


def _tell(
    people: QuerySet[Participant],
    *,
    kind: str,
    words: dict[str, str],
    discussion: Discussion | None,
    meeting: Meeting | None = None,
) -> int:
    with transaction.atomic():
        rows = recipients(people, kind=kind, dedupe_key=words["dedupe_key"], discussion=discussion)
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            write_notices(batch, kind=kind, words=words, discussion=discussion, meeting=meeting)
    if rows:
        send_after_commit()
    return len(rows)


def recipients(
    people: QuerySet[Participant], *, kind: str, dedupe_key: str, discussion: Discussion | None = None
) -> list[dict[str, Any]]:
    """Return who of `people` has an open account and was not told yet, with how they want to be told, in one query."""
    told = Notification.objects.filter(participant=OuterRef("pk"), dedupe_key=dedupe_key)
    people = people.filter(~Exists(told), user__is_active=True).order_by("pk")
    wishes = with_mail_wishes(people, kind=kind, discussion_id=discussion.pk if discussion else None)
    times = [f"mail_plan__{name}" for name in TIMES]
    return list(with_rhythm(wishes, kind=kind).values("pk", "user_id", "gets_mail", "rhythm", *times))


def write_notices(
    batch: list[dict[str, Any]],
    *,
    kind: str,
    words: dict[str, str],
    discussion: Discussion | None,
    because: dict[int, dict[str, Any]] | None = None,
    meeting: Meeting | None = None,
) -> None:
    """Insert the notices of one batch and the mails that do not wait for a digest, inside the caller's transaction.

    `batch` comes from `recipients`; `because` has further columns of a notice by the number of its person. What another
    process has inserted meanwhile stays as it is.
    """
    declared, now = kind_named(kind), database_now()
    notices, mails = [], {}
    for row in batch:
        due_at = None
        if declared.by_mail and row["gets_mail"]:
            times = times_in(row)
            if declared.can_wait and row["rhythm"] != Rhythm.AT_ONCE:
                due_at = times.next_digest(now, weekly=row["rhythm"] == Rhythm.WEEKLY)
            else:
                mails[row["pk"]] = (row["user_id"], times.not_before(now) if declared.can_wait else now)
        more = (because or {}).get(row["pk"], {})
        notices.append(
            Notification(
                participant_id=row["pk"],
                kind=kind,
                discussion=discussion,
                digest_due_at=due_at,
                **words,
                **more,
            )
        )
    Notification.objects.bulk_create(notices, ignore_conflicts=True)
    if not mails:
        return
    written = Notification.objects.filter(participant__in=mails, dedupe_key=words["dedupe_key"])
    OutgoingMail.objects.bulk_create(
        [
            OutgoingMail(
                user_id=mails[person][0],
                notification_id=notice,
                meeting=meeting,
                kind=kind,
                subject=words["title"],
                dedupe_key=f"notice:{person}:{words['dedupe_key']}",
                next_attempt_at=mails[person][1],
            )
            for notice, person in written.values_list("pk", "participant_id")
        ],
        ignore_conflicts=True,
    )


def take_back(discussion: Discussion, *, dedupe_key: str) -> None:
    """Remove the notices of something that is not to be seen any more, with their mails that still wait."""
    Notification.objects.filter(discussion=discussion, dedupe_key=dedupe_key).delete()


def mark_read(participant: Participant, notice_id: int) -> None:
    """Mark one notice of this person as read; raises Missing for anybody else's."""
    if not notices_of(participant).filter(pk=notice_id).exists():
        raise Missing
    participant.notifications.filter(pk=notice_id, read_at=None).update(read_at=timezone.now())


def mark_all_read(participant: Participant) -> int:
    """Mark all notices of this person as read; return how many were unread."""
    return participant.notifications.filter(read_at=None).update(read_at=timezone.now())
