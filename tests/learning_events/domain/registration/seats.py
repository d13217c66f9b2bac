"""People who book, as the tests of seats need them. The festival begins on 12 September 2026; it is 1 September there."""

import datetime as dt
from typing import Any

from django.core import mail

from learning_events.domain import registration as domain
from learning_events.models import Registration, Session
from participation.domain.mail import send_outgoing_mail
from participation.models import OutgoingMail

NOW = dt.datetime(2026, 9, 1, 10, 0, tzinfo=dt.UTC)


def named(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "email": f"{name.lower()}@example.org", **more}


def book(session: Session, name: str, people: int = 1, **more: Any) -> Registration:
    return domain.confirm_registration(domain.hold_seats(session, people), facts=named(name, **more))


def wait(session: Session, name: str, people: int = 1, **more: Any) -> Registration:
    return domain.join_waiting_list(session, people=people, facts=named(name, **more))


def state_of(registration: Registration) -> str:
    return Registration.objects.get(pk=registration.pk).state


def counts(session: Session) -> tuple[int, int]:
    """Return (taken, waiting) as everybody reads them, after checking that they are what the rows say."""
    session = Session.objects.get(pk=session.pk)
    rows = Registration.objects.filter(session=session)
    taken = sum(
        row.people for row in rows if row.state in ("held", "confirmed", "offered") and not row.absent_at
    )
    assert session.taken == taken
    assert session.waiting == sum(row.people for row in rows if row.state == "waiting")
    return session.taken, session.waiting


def subjects() -> list[str]:
    """Return (to whom, about what) of every mail in the outbox, oldest first."""
    return [
        f"{row.address.split('@')[0]}: {row.subject.split(':')[0]}"
        for row in OutgoingMail.objects.order_by("pk")
    ]


def sent_mails() -> list:
    send_outgoing_mail()
    return mail.outbox
