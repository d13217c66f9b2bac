"""Holding seats while plenty are free: one conditional statement, so that in a storm of bookings nobody waits long."""

import datetime as dt

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from learning_events.domain.version import raise_programme_version
from learning_events.enums import Booking, RegistrationState, SessionStatus
from learning_events.models import Registration, Session
from learning_events.queries.registration import festival_above, free_for_web

_COUNTS = ("seats", "seats_kept", "taken", "taken_kept", "waiting")


def take_at_once(registration: Registration) -> bool:
    """Hold seats for a new registration; False where one has to look closer, and then nothing was done.

    The counters it asks are true at that moment, for whoever changes seats changes them in the same transaction. The
    session's row is locked by the database alone, without a journey to this process in between.
    """
    session = registration.session
    if session.seats is None or session.event.booking != Booking.SEATS or not free_for_web(session):
        return False
    registration.state = RegistrationState.HELD
    hold = dt.timedelta(minutes=festival_above(session.event).hold_minutes)
    has_room = (_in_one_statement if connection.vendor == "postgresql" else _in_two)(registration, hold)
    if has_room and free_for_web(session) == 0:
        raise_programme_version()
    return has_room


def _in_one_statement(registration: Registration, hold: dt.timedelta) -> bool:
    """PostgreSQL: the UPDATE looks again at the row it waited for, and the INSERT happens only with it."""
    session = registration.session
    fields = [
        field
        for field in Registration._meta.local_concrete_fields
        if not field.primary_key and field.name != "held_until"
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    values = [field.get_db_prep_save(field.pre_save(registration, add=True), connection) for field in fields]
    counts = ", ".join(_COUNTS)
    # Nobody waits for the disk with the row locked: a crash within a second would take back the hold and its count
    # together, and a confirmation, which is written with all care, is never on disk before its hold.
    lazily = "" if connection.in_atomic_block else ", set_config('synchronous_commit', 'off', true)"
    sql = f"""
        WITH seat AS (
            UPDATE {quote(Session._meta.db_table)} SET taken = taken + %s
            WHERE id = %s AND status = %s AND waiting = 0 AND starts_at > clock_timestamp()
                AND taken + %s <= seats - seats_kept + taken_kept
            RETURNING {counts}
        ), made AS (
            INSERT INTO {quote(Registration._meta.db_table)} ({columns}, held_until)
            SELECT {", ".join(["%s"] * len(values))}, clock_timestamp() + make_interval(secs => %s) FROM seat
            RETURNING id, held_until
        )
        SELECT made.id, made.held_until, {counts}{lazily} FROM made, seat
    """  # noqa: S608 - names of our own tables and columns; every value is a parameter
    people = registration.people
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [people, session.pk, SessionStatus.PLANNED.value, people, *values, hold.total_seconds()]
        )
        row = cursor.fetchone()
    if row is None:
        return False
    registration.pk, registration.held_until = row[0], row[1].astimezone(dt.UTC)
    registration._state.adding, registration._state.db = False, connection.alias
    for name, value in zip(_COUNTS, row[2 : 2 + len(_COUNTS)], strict=True):
        setattr(session, name, value)
    return True


def _in_two(registration: Registration, hold: dt.timedelta) -> bool:
    """Elsewhere (SQLite): the same in two statements of one transaction."""
    session, people = registration.session, registration.people
    registration.held_until = timezone.now() + hold
    with transaction.atomic():
        registration.save(force_insert=True)
        has_room = Session.objects.filter(
            pk=session.pk,
            status=SessionStatus.PLANNED,
            starts_at__gt=timezone.now(),
            waiting=0,
            seats__gte=F("taken") + people + F("seats_kept") - F("taken_kept"),
        ).update(taken=F("taken") + people)
        if not has_room:
            transaction.set_rollback(True)
    if has_room:
        session.refresh_from_db(fields=_COUNTS)
    return bool(has_room)
