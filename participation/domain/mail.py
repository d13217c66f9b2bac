"""The outbox: mails are written beside their cause, sent after the commit, and tried again until they are through.

A worker claims a mail by moving its next attempt into the future with a conditional update, so that two workers never
send the same one, and a worker that dies in the middle only delays it. Whether the mail may still go to this person is
asked again at that moment.
"""

import datetime as dt
import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from email.mime.text import MIMEText
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from participation.calendars import invitation_of
from participation.domain import unsubscription
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, NotAllowed
from participation.foundation.letters import paragraphs_of
from participation.foundation.notices import kind_named
from participation.foundation.text import clean_line, clean_text
from participation.models import Digest, OutgoingMail, Participant
from participation.queries.delivery import DIGEST, digest_items, wants_digests
from participation.queries.mail import due_mails
from participation.queries.notification import notices_of, with_mail_wishes
from participation.rules import may_read_committee, may_read_discussion, may_try_mail_again

logger = logging.getLogger(__name__)

# How long to wait after the first, second, ... failure; after the last try the mail waits for a person.
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
MAX_TRIES = len(WAITS) + 1
# Longer than the slowest conversation with a mail server, so that a claimed mail is not claimed twice.
LEASE = dt.timedelta(minutes=10)
BATCH = 100
FAILURES_THAT_MEAN_THE_SERVER_IS_DOWN = 3

ACCOUNT_CLOSED = "account closed"
NOT_PUBLIC = "not public any more"
UNSUBSCRIBED = "unsubscribed"
TOO_MANY_TRIES = "too many tries"
NOTHING_LEFT = "nothing left to tell"
# A digest names so many things and counts the others.
MOST_ITEMS = 60


@dataclass
class MailRun:
    """What one run of the outbox did, in numbers of mails."""

    sent: int = 0
    dropped: int = 0
    failed: int = 0

    def __str__(self) -> str:
        return f"{self.sent} sent, {self.dropped} dropped, {self.failed} failed"


def queue_mail(user: AbstractBaseUser, *, kind: str, subject: str, text: str, dedupe_key: str) -> None:
    """Write one mail that is no notice (a receipt somebody asked for) into the outbox of this transaction.

    `kind` is declared in a `notices.py`; a second mail with the same `dedupe_key` to the same user is not written. The
    text is erased as soon as the mail is sent, dropped or given up.
    """
    _queue(user_id=user.pk, kind=kind, subject=subject, text=text, dedupe_key=f"mail:{user.pk}:{dedupe_key}")


def queue_mail_to_address(address: str, *, kind: str, subject: str, text: str, dedupe_key: str) -> None:
    """Like `queue_mail`, to somebody without an account; the address is erased together with the text.

    `dedupe_key` (at most 120 characters) must be random or belong to one thing, for it says nothing of the address.
    """
    _queue(address=address, kind=kind, subject=subject, text=text, dedupe_key=f"address:{dedupe_key}")


@dataclass(frozen=True)
class Letter:
    """One mail to an address, for `queue_mails_to_addresses`."""

    address: str
    subject: str
    text: str
    dedupe_key: str


def queue_mails_to_addresses(letters: Iterable[Letter], *, kind: str) -> None:
    """Like `queue_mail_to_address` for many at once, in one statement for every 500."""
    kind_named(kind)
    now = database_now()
    mails = [
        _waiting_mail(
            now,
            kind=kind,
            address=letter.address,
            subject=letter.subject,
            text=letter.text,
            dedupe_key=f"address:{letter.dedupe_key}",
        )
        for letter in letters
    ]
    if mails:
        OutgoingMail.objects.bulk_create(mails, ignore_conflicts=True, batch_size=500)
        send_after_commit()


def _queue(*, kind: str, **values) -> None:
    kind_named(kind)
    mail = _waiting_mail(database_now(), kind=kind, **values)
    OutgoingMail.objects.bulk_create([mail], ignore_conflicts=True)
    send_after_commit()


def _waiting_mail(now: dt.datetime, *, subject: str, text: str, **values) -> OutgoingMail:
    return OutgoingMail(
        subject=clean_line(str(subject))[:255], text=clean_text(str(text)), next_attempt_at=now, **values
    )


def send_after_commit() -> None:
    """Ask for a run of the outbox once this transaction is committed; if asking fails, the next run finds the mail."""
    transaction.on_commit(_ask_for_a_run, robust=True)


def _ask_for_a_run() -> None:
    # Tasks lie on a floor above the domain and are looked up by name, so that imports go one way.
    import_string("participation.tasks.send_waiting_mail").enqueue()


def send_outgoing_mail(*, limit: int = 1000) -> MailRun:
    """Send the mails that are due, at most `limit`, and return the numbers.

    Stops early when several mails in a row fail: the mail server is down, and the others keep their tries.
    """
    run = MailRun()
    connection = get_connection()
    in_a_row = 0
    try:
        while limit > 0 and (due := list(due_mails(database_now())[: min(limit, BATCH)])):
            limit -= len(due)
            for pk, planned_at in due:
                mail = _claim(pk, planned_at)
                if mail is None:
                    continue
                failed_before = run.failed
                _deliver(mail, connection, run)
                in_a_row = in_a_row + 1 if run.failed > failed_before else 0
                if in_a_row == FAILURES_THAT_MEAN_THE_SERVER_IS_DOWN:
                    return run
    finally:
        connection.close()
    return run


def _claim(pk: int, planned_at: dt.datetime) -> OutgoingMail | None:
    """Take the mail if nobody else did; None when another worker was quicker."""
    taken = OutgoingMail.objects.filter(
        pk=pk, next_attempt_at=planned_at, sent_at=None, dropped_because=""
    ).update(attempts=F("attempts") + 1, next_attempt_at=database_now() + LEASE)
    if not taken:
        return None
    return (
        OutgoingMail.objects.select_related(
            "user",
            "notification__participant",
            "notification__discussion__committee",
            "digest__participant",
            "meeting__committee",
        )
        .filter(pk=pk)
        .first()
    )


def _deliver(mail: OutgoingMail, connection: BaseEmailBackend, run: MailRun) -> None:
    if reason := _why_not(mail):
        _finish(mail, dropped_because=reason)
        run.dropped += 1
        return
    try:
        with translation.override(settings.LANGUAGE_CODE):
            message = _message(mail)
        message.connection = connection
        message.send()
    except Exception as error:
        # Whatever is wrong with one mail or one server must not keep the other mails from being tried.
        logger.warning("Mail %s was not sent (try %s): %s", mail.pk, mail.attempts, type(error).__name__)
        connection.close()
        run.failed += 1
        _plan_next_try(mail, f"{type(error).__name__}: {error}")
        return
    _finish(mail, sent_at=database_now())
    run.sent += 1


def _why_not(mail: OutgoingMail) -> str:
    """Say why this mail must not go to this person now (P16); empty when it may."""
    if mail.user is None:
        return "" if mail.address else ACCOUNT_CLOSED
    if not mail.user.is_active or not mail.user.email:
        return ACCOUNT_CLOSED
    if mail.digest is not None:
        if not wants_digests(mail.digest.participant_id):
            return UNSUBSCRIBED
        return "" if digest_items(mail.digest).exists() else NOTHING_LEFT
    notice = mail.notification
    if notice is None:
        return ""
    if notice.discussion is not None and not may_read_discussion(mail.user, notice.discussion):
        return NOT_PUBLIC
    if notice.announcement_id and not notices_of(notice.participant).filter(pk=notice.pk).exists():
        return NOT_PUBLIC
    if mail.meeting is not None and not may_read_committee(mail.user, mail.meeting.committee):
        return NOT_PUBLIC
    person = Participant.objects.filter(pk=notice.participant_id)
    wishes = with_mail_wishes(person, kind=notice.kind, discussion_id=notice.discussion_id)
    return "" if wishes.filter(gets_mail=True).exists() else UNSUBSCRIBED


def _finish(mail: OutgoingMail, **outcome) -> None:
    OutgoingMail.objects.filter(pk=mail.pk).update(
        text="", address="", last_error="", next_attempt_at=None, **outcome
    )


def _plan_next_try(mail: OutgoingMail, error: str) -> None:
    error = clean_line(error)[:300]
    row = OutgoingMail.objects.filter(pk=mail.pk)
    if mail.attempts >= MAX_TRIES:
        row.update(
            dropped_because=TOO_MANY_TRIES, last_error=error, next_attempt_at=None, text="", address=""
        )
    else:
        row.update(last_error=error, next_attempt_at=database_now() + WAITS[mail.attempts - 1])


@transaction.atomic
def try_again(mail: OutgoingMail, *, by) -> None:
    """Put the mail of a notice or a digest that failed too often back into the outbox; raises Conflict for any other."""
    if not may_try_mail_again(by):
        raise NotAllowed(_("Only administrators may try a mail again."))
    given_up = OutgoingMail.objects.filter(
        Q(notification__isnull=False) | Q(digest__isnull=False), dropped_because=TOO_MANY_TRIES
    )
    again = given_up.filter(pk=mail.pk).update(
        attempts=0, dropped_because="", last_error="", next_attempt_at=database_now()
    )
    if not again:
        raise Conflict(_("This mail is not waiting for a new try."))
    record("participation.mail.try_again", mail, by=by)
    send_after_commit()


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    notice = mail.notification
    headers = {"Message-ID": _message_id(mail, base), "Auto-Submitted": "auto-generated"}
    context: dict[str, Any] = {"site_name": settings.WAGTAIL_SITE_NAME, "language": settings.LANGUAGE_CODE}
    if mail.digest is not None:
        token = unsubscription.token_for(mail.digest.participant_id, DIGEST)
        context |= _digest_context(mail.digest, base)
        name = "digest"
    elif notice is None:
        token = ""
        context |= {
            "subject": mail.subject,
            "text": mail.text,
            "paragraphs": paragraphs_of(mail.text, site=base),
        }
        name = "letter"
    else:
        token = unsubscription.token_of(notice)
        context |= {
            "subject": without_links(notice.title),
            "text": without_links(notice.text),
            "link": base + notice.path,
            "kind": str(kind_named(notice.kind).label),
        }
        name = "notice"
    if token:
        stop = _stop_link(base, token)
        context["unsubscribe_link"] = stop
        # RFC 8058: mail programs show a button that posts to this address.
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    text = render_to_string(f"participation/email/{name}.txt", context)
    subject = clean_line(context["subject"])
    message = EmailMultiAlternatives(subject, text, to=[mail.recipient], headers=headers)
    message.attach_alternative(render_to_string(f"participation/email/{name}.html", context), "text/html")
    if mail.meeting is not None:
        calendar, method = invitation_of(mail.meeting, attendee=mail.recipient)
        # As a part of its own kind programs offer it; as bytes of ours its line ends stay what RFC 5545 wants.
        part = MIMEText(calendar.decode(), "calendar", "utf-8")
        part.set_param("method", method)
        part.add_header("Content-Disposition", "attachment", filename="meeting.ics")
        message.attach(part)
    return message


def _stop_link(base: str, token: str) -> str:
    return base + reverse("participation:unsubscribe", args=[token])


def _digest_context(digest: Digest, base: str) -> dict[str, Any]:
    """Return what a digest says: its things grouped by what the person follows, each with one link."""
    items = list(digest_items(digest))
    groups: dict[str, dict[str, Any]] = {}
    for item in items[:MOST_ITEMS]:
        kind = str(kind_named(item.kind).label)
        name = without_links(item.source or (item.discussion.title if item.discussion else kind))
        group = groups.setdefault(name, {"name": name, "items": []})
        group["items"].append(
            {
                "title": without_links(item.title),
                "text": without_links(_shortened(item.text)),
                "link": base + item.path,
            }
        )
    subject = ngettext(
        "%(number)d piece of news from %(site)s", "%(number)d pieces of news from %(site)s", len(items)
    )
    return {
        "subject": subject % {"number": len(items), "site": settings.WAGTAIL_SITE_NAME},
        "groups": list(groups.values()),
        "left_out": max(0, len(items) - MOST_ITEMS),
        "notices_link": base + reverse("participation:notifications"),
        "choices_link": base + reverse("participation:mail_choices"),
    }


def _shortened(text: str) -> str:
    return Truncator(clean_line(text)).chars(240)


def without_links(text: str) -> str:
    """Return `text` so that no mail program makes a link of it: names and titles are what strangers typed (X12)."""
    return text.replace("://", ": //").replace("www.", "www .").replace("WWW.", "WWW .")


def _message_id(mail: OutgoingMail, base: str) -> str:
    # The same for each try, so that a mail server may recognise a second copy after a crash.
    digest = hashlib.sha256(mail.dedupe_key.encode()).hexdigest()[:16]
    return f"<{mail.pk}.{digest}@{urlsplit(base).hostname}>"
