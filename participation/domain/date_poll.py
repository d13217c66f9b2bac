"""Finding a date: possible dates are offered, people say when they can, and one becomes a meeting."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.domain.meeting.planning import MeetingFacts, plan_meeting
from participation.domain.notification import notify_many
from participation.domain.rights import person_of, refuse_unless_keeper, refuse_unless_taking_part
from participation.enums import DateAnswerChoice
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing
from participation.foundation.text import clean_line
from participation.foundation.zones import city_zone
from participation.models import Committee, DateAnswer, DateOption, DatePoll, Meeting
from participation.queries.attendance import people_of

FEWEST, MOST = 2, 20


def ask_for_dates(
    committee: Committee,
    *,
    by,
    title: str,
    options: Sequence[tuple[dt.datetime, dt.datetime]],
    closes_on: dt.date,
    zone: str = "",
) -> DatePoll:
    """Offer 2 to 20 dates, as (begin, end), aware; the committee's people are asked when they can.

    Raises NotAllowed, Missing, or Invalid (fields "title", "options", "closes_on").
    """
    refuse_unless_keeper(committee, by)
    title = clean_line(title)
    options = sorted(set(options))
    now = database_now()
    if not title:
        raise Invalid(_("Please say what the date is for."), field="title")
    if not FEWEST <= len({begin for begin, _end in options}) == len(options) <= MOST:
        raise Invalid(
            _("Please offer %(fewest)d to %(most)d different dates.") % {"fewest": FEWEST, "most": MOST},
            field="options",
        )
    if any(end <= begin for begin, end in options):
        raise Invalid(_("The end must lie after the begin."), field="options")
    if options[0][0] <= now:
        raise Invalid(_("All dates must lie in the future."), field="options")
    if not now.date() <= closes_on <= options[-1][0].date():
        raise Invalid(
            _("People need a day to answer by: today or later, and not after the last of the dates."),
            field="closes_on",
        )
    with transaction.atomic():
        poll = DatePoll.objects.create(
            committee=committee,
            title=title[:160],
            zone=zone or city_zone(),
            closes_on=closes_on,
            asked_by=person_of(by),
        )
        DateOption.objects.bulk_create(
            [DateOption(poll=poll, starts_at=begin, ends_at=end) for begin, end in options]
        )
        record("participation.date_poll.ask", poll, by=by, options=len(options))
        notify_many(
            people_of(committee, now.date()),
            kind="participation.meeting",
            title=_("When can you come? %(title)s") % {"title": title},
            text=committee.title,
            path=committee.url_of("date_poll", poll.pk),
            dedupe_key=f"date-poll-{poll.pk}",
        )
    return poll


def answer_dates(poll: DatePoll, *, by, choices: Mapping[int, str]) -> None:
    """Say when somebody can come: option -> "yes", "maybe" or "no"; what is not named stays as it was.

    Raises Conflict when the search is over, Invalid for an option or answer that there is not.
    """
    refuse_unless_taking_part(poll.committee, by)
    person = person_of(by)
    with transaction.atomic():
        poll = _locked(poll)
        if poll.closed_at is not None:
            raise Conflict(_("The date is found already. Nothing more can be answered."))
        known = set(poll.options.values_list("pk", flat=True))
        if not set(choices) <= known or not set(choices.values()) <= set(DateAnswerChoice.values):
            raise Invalid(
                _("Please choose yes, if need be, or no for the dates that are offered."), field="choices"
            )
        for option, choice in choices.items():
            DateAnswer.objects.update_or_create(
                option_id=option, participant=person, defaults={"choice": choice}
            )


def settle_date(poll: DatePoll, option: DateOption, *, by, facts: MeetingFacts | None = None) -> Meeting:
    """End the search with one of its dates, and plan the meeting; `facts` say more of it than title and time.

    Raises Missing for an option of another search, Conflict when the date is found already.
    """
    refuse_unless_keeper(poll.committee, by)
    with transaction.atomic():
        poll = _locked(poll)
        if poll.closed_at is not None:
            raise Conflict(_("The date is found already."))
        if option.poll_id != poll.pk:
            raise Missing
        begin, end = option.starts_at, option.ends_at
        facts = facts or MeetingFacts(title=poll.title, starts_at=begin, ends_at=end, zone=poll.zone)
        meeting = plan_meeting(
            poll.committee, by=by, facts=replace(facts, starts_at=begin, ends_at=end, zone=poll.zone)
        )
        poll.meeting, poll.closed_at = meeting, database_now()
        poll.save(update_fields=["meeting", "closed_at"])
        record("participation.date_poll.settle", poll, by=by, meeting=meeting.pk)
    return meeting


def _locked(poll: DatePoll) -> DatePoll:
    found = (
        DatePoll.objects.select_for_update(of=("self",))
        .select_related("committee")
        .filter(pk=poll.pk)
        .first()
    )
    if found is None:
        raise Missing
    return found
