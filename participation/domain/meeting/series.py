"""Meetings that repeat: a rule of RFC 5545 gives the days, and each day becomes a meeting that can change on its own."""

import datetime as dt
from dataclasses import replace
from itertools import islice

from dateutil.rrule import rrulestr
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.domain.agenda.returning import bring_back
from participation.domain.meeting.planning import MeetingFacts, build_meeting
from participation.domain.rights import refuse_unless_keeper
from participation.foundation.audit import record
from participation.foundation.errors import Invalid
from participation.foundation.zones import city_zone, moment_at
from participation.models import Committee, Meeting, MeetingSeries

MOST = 60
FURTHEST = dt.timedelta(days=731)
_PARTS = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


def plan_series(
    committee: Committee,
    *,
    by,
    facts: MeetingFacts,
    rule: str,
    first_on: dt.date,
    begins: dt.time,
    until_on: dt.date,
) -> list[Meeting]:
    """Plan a meeting on each day of the rule (such as `FREQ=MONTHLY;BYDAY=2TU`) from `first_on` to `until_on`.

    They begin at `begins` on the clock of the facts' zone, summer and winter, and last as long as the facts' meeting does.
    Raises Invalid (fields "rule", "until_on") for what cannot be followed, gives no day, or too many.
    """
    refuse_unless_keeper(committee, by)
    facts = replace(facts, zone=facts.zone or city_zone())
    length = facts.ends_at - facts.starts_at
    days = days_of(rule, first_on=first_on, until_on=until_on)
    closes_before = facts.starts_at - facts.agenda_closes_at if facts.agenda_closes_at else None
    series = MeetingSeries(
        committee=committee,
        rule=rule,
        starts_on=first_on,
        starts_at=begins,
        minutes=max(5, int(length.total_seconds() // 60)),
        zone=facts.zone,
        until_on=until_on,
    )
    meetings = []
    for day in days:
        start = moment_at(day, begins, facts.zone)
        closes_at = start - closes_before if closes_before is not None else None
        own = replace(facts, starts_at=start, ends_at=start + length, agenda_closes_at=closes_at)
        meetings.append(build_meeting(committee, own))
    with transaction.atomic():
        series.save(force_insert=True)
        for meeting in meetings:
            meeting.series = series
            meeting.save(force_insert=True)
        record("participation.meeting.plan_series", meetings[0], by=by, meetings=len(meetings), rule=rule)
        bring_back(committee)
    return meetings


def days_of(rule: str, *, first_on: dt.date, until_on: dt.date) -> list[dt.date]:
    """Return the days of a rule, both ends included; raises Invalid (fields "rule", "until_on")."""
    if until_on < first_on:
        raise Invalid(_("The last day must lie after the first."), field="until_on")
    if until_on - first_on > FURTHEST:
        raise Invalid(_("Please plan at most two years ahead."), field="until_on")
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";") if part)
    if parts.get("FREQ") not in _FREQUENCIES or not set(parts) <= _PARTS or parts.get("INTERVAL") == "0":
        raise Invalid(_("Meetings can repeat by days, weeks, months or years only."), field="rule")
    start = dt.datetime.combine(first_on, dt.time())
    try:
        # An end within the rule also ends the search of a rule that never falls on any day.
        dates = rrulestr(f"{rule.upper()};UNTIL={until_on:%Y%m%d}", dtstart=start)
        days = [moment.date() for moment in islice(dates, MOST + 1)]
    except (ValueError, TypeError, OverflowError):
        raise Invalid(
            _("This repetition cannot be read. It looks like FREQ=WEEKLY;BYDAY=MO."), field="rule"
        ) from None
    if not days:
        raise Invalid(
            _("This repetition gives no day at all. Please check its days and its end."), field="rule"
        )
    if len(days) > MOST:
        raise Invalid(
            _("This gives more than %(most)d meetings. Please choose an earlier last day.") % {"most": MOST},
            field="until_on",
        )
    return days
