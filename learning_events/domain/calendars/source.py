"""A calendar on its way in: given, looked at, brought in, kept up to date, stopped."""

import datetime as dt
import gzip
import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from learning_events.calendar.events import Reading
from learning_events.calendar.reading import Unreadable, read_events
from learning_events.domain import fetching
from learning_events.domain.calendars.carrying import carry_out, is_whole
from learning_events.domain.calendars.facts import Vocabulary
from learning_events.domain.calendars.plan import Plan, event_of, plan_of
from learning_events.domain.calendars.words import refusal_words
from learning_events.domain.event import send_event
from learning_events.enums import RunState, SourceState
from learning_events.models import CalendarSource, EventKind, Festival, ImportedEvent, SourceRun
from learning_events.queries.deadline import today_at
from learning_events.rules import may_keep_calendar, may_run_festival
from participation.domain.limits import spend_attempt
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed, Refused
from participation.foundation.text import clean_line
from participation.models import Organisation
from participation.rules import may_act_for

logger = logging.getLogger(__name__)

MAX_BYTES = 10_000_000
MOST_SOURCES = 20
MOST_LINES = 500
# How often a calendar is asked, and how long one that fails is left alone: 1, 2, 4 … hours, a day at most.
EVERY = dt.timedelta(hours=1)
LONGEST_WAIT = dt.timedelta(days=1)
KEPT_RUNS = 30

Fetch = Callable[..., fetching.Fetched]


@dataclass(frozen=True, slots=True)
class Given:
    """A calendar as somebody gives it: either an address or the content of a file."""

    title: str = ""
    address: str = ""
    content: bytes | None = None
    file_name: str = ""
    any_day: bool = False
    kind: EventKind | None = None
    organisation: Organisation | None = None


def add_source(
    festival: Festival, given: Given, *, by, fetch: Fetch | None = None
) -> tuple[CalendarSource, SourceRun]:
    """Take a calendar and look at it; nothing is brought in before `bring_in`.

    Raises NotAllowed, Conflict (too many) or Invalid with the field "address" or "file" and words about what is wrong.
    """
    person = getattr(by, "participant", None)
    if person is None and not may_run_festival(by):
        raise NotAllowed(_("Please say first what to call you."))
    _refuse_foreign(given.organisation, by)
    if (
        not may_run_festival(by)
        and CalendarSource.objects.filter(festival=festival, participant=person).count() >= MOST_SOURCES
    ):
        raise Conflict(
            _("You have given %(most)s calendars already. Please stop one first.") % {"most": MOST_SOURCES}
        )
    if not given.address and given.content is None:
        raise Invalid(_("Please give the address of a calendar, or choose a file."), field="address")
    source = CalendarSource(
        festival=festival,
        organisation=given.organisation,
        participant=person,
        title=_title(given),
        address="" if given.content is not None else given.address.strip(),
        file_name=clean_line(given.file_name)[:200],
        any_day=given.any_day,
        kind=given.kind,
    )
    if len(source.address) > 1000:
        raise Invalid(_("This address is too long."), field="address")
    content = given.content if given.content is not None else _fetched(source, by, fetch)
    reading = _read(source, content)
    with transaction.atomic():
        source.format, source.fetched_at = reading.source_format, database_now()
        _keep(source, content)
        source.save()
        run = _note(source, RunState.PREVIEW, plan_of(source, reading, _vocabulary(source)))
        record("learning_events.give_calendar", festival, by=by, source=source.pk, title=source.title)
    return source, run


def look_again(
    source: CalendarSource, *, by, given: Given | None = None, fetch: Fetch | None = None
) -> SourceRun:
    """Read a calendar (or the next file of it) and say what bringing it in would do. Raises like `add_source`."""
    _refuse_stranger(source, by)
    if source.address:
        content = _fetched(source, by, fetch, is_new=True)
    elif given is not None and given.content is not None:
        content, source.file_name = given.content, clean_line(given.file_name)[:200]
    elif source.content is not None:
        content = gzip.decompress(source.content)
    else:
        raise Invalid(_("Please choose the file once more."), field="file")
    reading = _read(source, content)
    with transaction.atomic():
        source.format, source.fetched_at, source.state = (
            reading.source_format,
            database_now(),
            SourceState.PREVIEW,
        )
        source.next_at = None
        _keep(source, content)
        source.save()
        return _note(source, RunState.PREVIEW, plan_of(source, reading, _vocabulary(source)))


def preview(source: CalendarSource) -> Plan:
    """Return what bringing in would do with what was read last. Raises Conflict where that is brought in already."""
    if source.content is None:
        raise Conflict(_("There is nothing to bring in. Please look at the calendar again."))
    content = gzip.decompress(source.content)
    return plan_of(source, _read(source, content), _vocabulary(source))


def bring_in(source: CalendarSource, *, by, cancels_many: bool = False) -> SourceRun:
    """Bring in what was looked at: new entries as drafts, changes, cancellations. From now on an address is kept up to date.

    `cancels_many` says that it is right that most entries are gone. Raises NotAllowed, Missing or Conflict.
    """
    _refuse_stranger(source, by)
    if source.content is None:
        raise Conflict(_("There is nothing to bring in. Please look at the calendar again."))
    # Reading takes longest and needs no lock.
    sha256, reading = source.content_sha256, _read(source, gzip.decompress(source.content))
    with transaction.atomic():
        source = _held(source)
        if source.content is None or source.content_sha256 != sha256:
            raise Conflict(_("Somebody has brought this calendar in, or read it anew, meanwhile."))
        return _carry(source, reading, by=by, cancels_many=cancels_many)


def sync_source(source: CalendarSource, *, by=None, fetch: Fetch | None = None) -> SourceRun | None:
    """Ask the address again and bring in what has changed; None where nothing has.

    What goes wrong is kept as the source's trouble and changes nothing else; the next try waits longer each time.
    Without `by`, its organiser acts. Raises NotAllowed or Conflict for one that is stopped or has no address.
    """
    if by is not None:
        _refuse_stranger(source, by)
    if not source.address or source.state not in (SourceState.ACTIVE, SourceState.TROUBLE):
        raise Conflict(_("Only calendars at an address that were brought in are kept up to date."))
    actor = by or getattr(source.participant, "user", None)
    try:
        if actor is None or not actor.is_active:
            raise Missing(_("Nobody looks after this calendar any more."))
        answer = _ask(source, by, fetch, etag=source.etag, last_modified=source.last_modified)
        content = answer.content
        is_same = content is None or hashlib.sha256(content).hexdigest() == source.content_sha256
        if content is None or is_same:
            _rest(source)
            return None
        reading = _read(source, content)
        with transaction.atomic():
            source = _held(source)
            if source.state == SourceState.STOPPED:
                return None
            source.etag, source.last_modified = answer.etag, answer.last_modified
            _keep(source, content)
            return _carry(source, reading, by=actor, cancels_many=False)
    except Refused as refusal:
        return _fail(source, str(refusal.message))


def calendars_due() -> QuerySet[CalendarSource]:
    """Return the calendars whose time to be asked again has come, the longest waiting first."""
    return CalendarSource.objects.filter(next_at__lte=database_now()).order_by("next_at")


def sync_due(*, most: int = 50, fetch: Fetch | None = None) -> dict[str, int]:
    """Ask the calendars that are due; several processes may do so at once. Return how many changed, failed and are as before."""
    counts = {"changed": 0, "failed": 0, "unchanged": 0}
    for pk in list(calendars_due().values_list("pk", flat=True)[:most]):
        # Who moves its time on first, asks.
        now = database_now()
        if not CalendarSource.objects.filter(pk=pk, next_at__lte=now).update(next_at=now + EVERY):
            continue
        source = CalendarSource.objects.select_related("festival", "participant__user", "organisation").get(
            pk=pk
        )
        try:
            run = sync_source(source, fetch=fetch)
        except Exception:
            # One calendar that finds a mistake of ours must not keep the others from being asked.
            logger.exception("The calendar %s could not be brought in.", pk)
            run = _fail(source, str(_("Something went wrong here, not with you. We look at it.")))
        if run is None:
            counts["unchanged"] += 1
        else:
            counts["failed" if run.state == RunState.REFUSED else "changed"] += 1
    return counts


def stop_source(source: CalendarSource, *, by) -> None:
    """Ask the calendar no more; its events stay."""
    _refuse_stranger(source, by)
    with transaction.atomic():
        source = _held(source)
        source.state, source.next_at, source.content, source.trouble = SourceState.STOPPED, None, None, ""
        source.save()
        record("learning_events.stop_calendar", source.festival, by=by, source=source.pk, title=source.title)


def throw_away(source: CalendarSource, *, by) -> None:
    """Forget a calendar that has brought nothing in. Raises Conflict for one that has: it is stopped instead."""
    _refuse_stranger(source, by)
    with transaction.atomic():
        source = _held(source)
        if source.events.exists():
            raise Conflict(_("Events came from this calendar. Please stop it instead."))
        source.delete()


def may_keep_source(user, source: CalendarSource) -> bool:
    """Say whether somebody gave this calendar, acts for its organisation or runs the festival."""
    return may_keep_calendar(user, source)


def _refuse_stranger(source: CalendarSource, by) -> None:
    if not may_keep_source(by, source):
        raise NotAllowed(_("Only those who gave this calendar may do this."))


def _refuse_foreign(organisation: Organisation | None, by) -> None:
    if organisation is not None and not (may_act_for(by, organisation) or may_run_festival(by)):
        raise NotAllowed(_("You do not act for this organisation."))


def _held(source: CalendarSource) -> CalendarSource:
    found = CalendarSource.objects.select_for_update(of=("self",)).filter(pk=source.pk)
    held = found.select_related("festival", "organisation", "participant", "kind").first()
    if held is None:
        raise Missing
    return held


def _title(given: Given) -> str:
    host = ""
    if not given.title and given.address:
        try:
            host = urlsplit(given.address).hostname or ""
        except ValueError:
            host = ""
    return clean_line(given.title or given.file_name or host)[:120] or str(_("Calendar"))


def _ask(source: CalendarSource, by, fetch: Fetch | None, **known: Any) -> fetching.Fetched:
    # Whoever gives addresses makes our server ask them: not too often.
    if by is not None and not spend_attempt(
        "calendar", getattr(by, "pk", ""), limit=60, per=dt.timedelta(hours=1)
    ):
        raise Conflict(
            _("You have looked at many calendars within the hour. Please go on later."), field="address"
        )
    return (fetch or fetching.fetch)(source.address, **known)


def _fetched(source: CalendarSource, by, fetch: Fetch | None, *, is_new: bool = False) -> bytes:
    try:
        answer = _ask(source, by, fetch)
    except fetching.NotFetched as refusal:
        raise Invalid(refusal.message, field="address", code=refusal.code) from None
    source.etag, source.last_modified = answer.etag, answer.last_modified
    if answer.content is None:
        raise Invalid(_("The server gives no calendar."), field="address")
    return answer.content


def _read(source: CalendarSource, content: bytes) -> Reading:
    if len(content) > MAX_BYTES:
        raise Invalid(
            _("The file is larger than %(limit)d MB. Export a shorter time, or split it.")
            % {"limit": MAX_BYTES // 1_000_000},
            field="file",
        )
    festival = source.festival
    since = min(festival.starts_on, today_at(festival)) if source.any_day else festival.starts_on
    try:
        return read_events(content, source.file_name, zone=ZoneInfo(festival.zone), since=since)
    except Unreadable as error:
        raise Invalid(
            refusal_words(error), field="address" if source.address else "file", code=error.code
        ) from None


def _keep(source: CalendarSource, content: bytes) -> None:
    source.content = gzip.compress(content, 6, mtime=0)
    source.content_sha256 = hashlib.sha256(content).hexdigest()


def _vocabulary(source: CalendarSource) -> Vocabulary:
    return Vocabulary(source.festival, source.kind)


def _carry(source: CalendarSource, reading: Reading, *, by, cancels_many: bool) -> SourceRun:
    _refuse_foreign(source.organisation, by)
    vocabulary = _vocabulary(source)
    plan = plan_of(source, reading, vocabulary)
    carry_out(plan, source, vocabulary, by=by, cancels_many=cancels_many)
    now = database_now()
    source.state, source.failures, source.trouble = SourceState.ACTIVE, 0, ""
    source.format, source.fetched_at = reading.source_format, now
    if plan.lines:
        source.changed_at = now
    source.next_at = now + EVERY if source.address else None
    if is_whole(plan):
        source.content = None
    else:
        # What was refused is tried again: the server shall send the same content once more.
        source.etag = source.last_modified = source.content_sha256 = ""
        source.content = None if not plan.is_suspicious else source.content
        if source.content is not None:
            source.content_sha256 = hashlib.sha256(gzip.decompress(source.content)).hexdigest()
    source.save()
    counts = {name: number for name, number in plan.counts().items() if number}
    record("learning_events.bring_in_calendar", source.festival, by=by, source=source.pk, **counts)
    return _note(source, RunState.DONE, plan)


def _note(source: CalendarSource, state: RunState, plan: Plan) -> SourceRun:
    run = SourceRun.objects.create(
        source=source,
        state=state,
        counts={**plan.counts(), "problems": len(plan.reading.problems)},
        problems=[
            {
                "code": problem.code,
                "params": {
                    name: value if isinstance(value, int) else str(value)
                    for name, value in problem.params.items()
                },
                "line": problem.line,
                "unit": problem.unit,
            }
            for problem in plan.reading.problems[:MOST_LINES]
        ],
        differences=[line.as_json() for line in plan.lines[:MOST_LINES]],
    )
    _forget_old(source)
    return run


def _forget_old(source: CalendarSource) -> None:
    kept = source.runs.order_by("-pk").values_list("pk", flat=True)[:KEPT_RUNS]
    source.runs.exclude(pk__in=list(kept)).delete()


def _rest(source: CalendarSource) -> None:
    now = database_now()
    CalendarSource.objects.filter(pk=source.pk).exclude(state=SourceState.STOPPED).update(
        state=SourceState.ACTIVE, failures=0, trouble="", fetched_at=now, next_at=now + EVERY
    )


def _fail(source: CalendarSource, words: str) -> SourceRun:
    now = database_now()
    failures = source.failures + 1
    wait = min(EVERY * 2 ** min(failures - 1, 10), LONGEST_WAIT)
    CalendarSource.objects.filter(pk=source.pk).exclude(state=SourceState.STOPPED).update(
        state=SourceState.TROUBLE, failures=failures, trouble=words[:500], fetched_at=now, next_at=now + wait
    )
    last = source.runs.first()
    if last is not None and last.state == RunState.REFUSED and last.words == words[:500]:
        return last
    run = SourceRun.objects.create(source=source, state=RunState.REFUSED, words=words[:500])
    _forget_old(source)
    return run


def hand_in_drafts(source: CalendarSource, drafts: Iterable[ImportedEvent], *, by) -> tuple[int, int]:
    """Hand in those of the drafts that are complete; return how many, and how many still miss something."""
    _refuse_stranger(source, by)
    sent = missing = 0
    for draft in drafts:
        try:
            send_event(event_of(draft), by=by)
            sent += 1
        except Invalid:
            missing += 1
    return sent, missing


def forget_keeper(user) -> None:
    """Forget whose calendars these are, and ask them no more: an address may name a person. Their events stay."""
    CalendarSource.objects.filter(participant__user=user).update(
        participant=None, state=SourceState.STOPPED, next_at=None, content=None, trouble=""
    )
