"""What people with a seat, or without one yet, are told by mail: each thing once, in the transaction in which it happens."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from learning_events.models import Festival, Registration, Session
from learning_events.queries.where import address_of, where_of
from participation.domain.mail import Letter, queue_mails_to_addresses, without_links

KIND = "learning_events.seat"


def confirmed(registration: Registration, festival: Festival) -> None:
    _tell([registration], festival, "confirmed", _("Your seat: %(title)s"))


def waiting(registration: Registration, festival: Festival, *, place: int) -> None:
    _tell([registration], festival, "waiting", _("Waiting list: %(title)s"), place=place)


def in_draw(registration: Registration, festival: Festival) -> None:
    _tell([registration], festival, "in_draw", _("You take part in the draw: %(title)s"))


def drawn(registrations: Iterable[Registration], festival: Festival) -> None:
    _tell(registrations, festival, "drawn", _("The seats are drawn: %(title)s"))


def offered(registration: Registration, festival: Festival) -> None:
    _tell([registration], festival, "offered", _("A seat is free for you: %(title)s"))


def too_large(registration: Registration, festival: Festival, *, free: int) -> None:
    _tell([registration], festival, "too_large", _("Some seats are free: %(title)s"), free=free)


def lapsed(registration: Registration, festival: Festival) -> None:
    _tell([registration], festival, "lapsed", _("The seat went to somebody else: %(title)s"))


def cancelled(registration: Registration, festival: Festival, *, by_staff: bool) -> None:
    _tell(
        [registration],
        festival,
        "cancelled",
        _("Your registration is cancelled: %(title)s"),
        by_staff=by_staff,
    )


def session_cancelled(registrations: Iterable[Registration], festival: Festival, *, number: int) -> None:
    _tell(registrations, festival, "session_cancelled", _("Cancelled: %(title)s"), number=number)


def session_moved(registrations: Iterable[Registration], festival: Festival, *, number: int) -> None:
    _tell(registrations, festival, "session_moved", _("Time or place has changed: %(title)s"), number=number)


def session_restored(registrations: Iterable[Registration], festival: Festival, *, number: int) -> None:
    _tell(
        registrations, festival, "session_restored", _("It takes place after all: %(title)s"), number=number
    )


def line_ended(registrations: Iterable[Registration], festival: Festival) -> None:
    _tell(registrations, festival, "line_ended", _("The waiting list has ended: %(title)s"))


def reminder(registrations: Iterable[Registration], festival: Festival) -> None:
    _tell(registrations, festival, "reminder", _("Do not forget: %(title)s"))


def link_again(registration: Registration, festival: Festival, *, number: str) -> None:
    _tell([registration], festival, "link", _("Your registration: %(title)s"), number=number)


def message(
    registrations: Iterable[Registration], festival: Festival, *, subject: str, words: str, number: str
) -> None:
    """Send the organiser's own words; strangers may have written them, so nothing in them becomes a link (X12)."""
    _tell(
        registrations,
        festival,
        "message",
        without_links(subject).replace("%", "%%") + " – %(title)s",
        number=number,
        words=without_links(words),
    )


def when_of(session: Session) -> str:
    """Return the session's time on its own clock in words, with the name of the zone."""
    zone = ZoneInfo(session.zone)
    with timezone.override(zone):
        return render_to_string("learning_events/parts/when.txt", {"session": session}).strip()


def _tell(
    registrations: Iterable[Registration],
    festival: Festival,
    template: str,
    subject: Any,
    *,
    number: int | str = "",
    **more: Any,
) -> None:
    """Queue one mail for each that has an address; the same `template` and `number` reach nobody twice."""
    base = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    rows = [row for row in registrations if row.email]
    if not rows:
        return
    letters = []
    with translation.override(settings.LANGUAGE_CODE):
        session = rows[0].session
        title = without_links(session.event.title)
        same = {
            "title": title,
            "session": session,
            "when": when_of(session),
            "where": without_links(", ".join(filter(None, (where_of(session), address_of(session))))),
            "festival": festival,
            "offers_end_hours": festival.offers_end_hours,
            "site_name": settings.WAGTAIL_SITE_NAME,
            **more,
        }
        for row in rows:
            until = row.offered_until
            context = {
                **same,
                "registration": row,
                "name": without_links(row.name),
                "until": timezone.localtime(until, ZoneInfo(session.zone)) if until else None,
                "path": f"{base}{festival.url_of('registration', row.key)}",
            }
            letters.append(
                Letter(
                    address=row.email,
                    subject=str(subject) % {"title": title},
                    text=render_to_string(f"learning_events/email/seat_{template}.txt", context),
                    dedupe_key=f"seat-{row.pk}-{template}-{number}",
                )
            )
    queue_mails_to_addresses(letters, kind=KIND)
