"""Gives the demo city's committees two years of meetings, and plans the next ones by the domain functions.

What is over was not held through the site, so its rows are written as they would have been left; nobody is told of it.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from learning_city.demo.content.meetings import Matter, Rhythm, rhythms
from participation.domain.agenda.items import add_item, publish_agenda
from participation.domain.meeting.planning import MeetingFacts, announce_meeting, plan_meeting
from participation.enums import (
    ActionState,
    AgendaItemKind,
    AttendanceState,
    MeetingState,
    MinutesState,
)
from participation.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Committee,
    Decision,
    Meeting,
    Membership,
    Minutes,
)

YEARS = 2
MATTERS_A_MEETING = 3
LENGTH = dt.timedelta(hours=2)


class MeetingBuilder:
    """Writes down what committees did, and plans what comes."""

    def __init__(self, committees: dict[str, Committee], *, by, say: Callable[[str], None]):
        self.committees = committees
        self.by = by
        self.say = say
        self.zone = ZoneInfo(settings.TIME_ZONE)
        self.today = timezone.localdate()

    def build(self) -> None:
        """Build everything; one transaction for each committee."""
        self.say("  two years of meetings, minutes and decisions, and the next agendas")
        for rhythm in rhythms():
            committee = self.committees[rhythm.committee]
            with transaction.atomic():
                self._history(committee, rhythm)
                self._coming(committee, rhythm)

    def _history(self, committee: Committee, rhythm: Rhythm) -> None:
        members = list(committee.memberships.on(self.today).with_vote().order_by("seat__position"))
        matters = cycle(rhythm.matters)
        days = range(YEARS * 365 // rhythm.every_days * rhythm.every_days, 0, -rhythm.every_days)
        numbers: dict[int, int] = {}
        meetings = Meeting.objects.bulk_create(
            self._past_meeting(committee, rhythm, self.today - dt.timedelta(days=ago)) for ago in days
        )
        for at, meeting in enumerate(meetings):
            is_last = at == len(meetings) - 1
            self._held(meeting, members, list(islice(matters, MATTERS_A_MEETING)), numbers, is_last=is_last)

    def _past_meeting(self, committee: Committee, rhythm: Rhythm, day: dt.date) -> Meeting:
        begins = dt.datetime.combine(day, dt.time(rhythm.hour), self.zone)
        return Meeting(
            committee=committee,
            title=rhythm.title,
            state=MeetingState.ENDED,
            starts_at=begins,
            ends_at=begins + LENGTH,
            opened_at=begins,
            closed_at=begins + LENGTH,
            announced_at=begins - dt.timedelta(days=14),
            agenda_published_at=begins - dt.timedelta(days=7),
            venue_name=rhythm.venue,
            venue_address=rhythm.address,
            is_step_free=True,
        )

    def _held(
        self,
        meeting: Meeting,
        members: list[Membership],
        matters: list[Matter],
        numbers: dict[int, int],
        *,
        is_last: bool,
    ) -> None:
        """Attendance, items, decisions, actions and minutes of one meeting; of the last one the minutes are checked only."""
        day = meeting.starts_at.astimezone(self.zone).date()
        Attendance.objects.bulk_create(
            Attendance(
                meeting=meeting,
                membership=member,
                participant=member.participant,
                name=member.name,
                # Each stays away once in a while, and never all at once.
                state=AttendanceState.EXCUSED
                if (day.toordinal() // 7 + at) % 9 == 0
                else AttendanceState.PRESENT,
                arrived_at=meeting.starts_at,
            )
            for at, member in enumerate(members)
        )
        items = AgendaItem.objects.bulk_create(
            AgendaItem(
                meeting=meeting,
                position=position,
                title=matter.title,
                kind=AgendaItemKind.DECISION if matter.decision else AgendaItemKind.DISCUSSION,
                minutes=30,
                notes=matter.notes,
                opened_at=meeting.starts_at + dt.timedelta(minutes=30 * position),
                closed_at=meeting.starts_at + dt.timedelta(minutes=30 * (position + 1)),
            )
            for position, matter in enumerate(matters)
        )
        told: list[tuple[Matter, str]] = []
        for item, matter in zip(items, matters, strict=True):
            number = ""
            if matter.decision:
                numbers[day.year] = numbers.get(day.year, 0) + 1
                number = f"{day.year}-{numbers[day.year]}"
                Decision.objects.create(
                    committee=meeting.committee,
                    meeting=meeting,
                    item=item,
                    number=number,
                    title=matter.title,
                    text=matter.decision,
                    decided_on=day,
                )
            told.append((matter, number))
            if matter.action:
                self._action(meeting, item, matter, members, day, is_open=is_last)
        Minutes.objects.create(
            meeting=meeting,
            body="".join(self._told(told, members)),
            state=MinutesState.CHECKED if is_last else MinutesState.PUBLISHED,
            live=not is_last,
            published_at=None if is_last else meeting.ends_at + dt.timedelta(days=28),
        )

    def _action(self, meeting, item, matter: Matter, members, day: dt.date, *, is_open: bool) -> None:
        member = members[min(matter.seat, len(members) - 1)]
        due_on = day + dt.timedelta(days=21)
        ActionItem.objects.create(
            committee=meeting.committee,
            meeting=meeting,
            item=item,
            text=matter.action,
            participant=member.participant,
            who=member.name,
            due_on=due_on,
            state=ActionState.OPEN if is_open else ActionState.DONE,
            report="" if is_open else "Done.",
            closed_on=None if is_open else due_on,
        )

    def _told(self, told: list[tuple[Matter, str]], members: list[Membership]) -> Iterator[str]:
        yield f"<h3>Who was there</h3><p>{escape(', '.join(member.name for member in members))}</p>"
        for position, (matter, number) in enumerate(told, start=1):
            yield f"<h3>{position}. {escape(matter.title)}</h3><p>{escape(matter.notes)}</p>"
            if matter.decision:
                yield f"<p><b>Decision {number}:</b> {escape(matter.decision)}</p>"
            if matter.action:
                yield f"<p><b>To do:</b> {escape(matter.action)}</p>"

    def _coming(self, committee: Committee, rhythm: Rhythm) -> None:
        """Tonight's meeting of one committee, and the next one of each of the others."""
        day = self.today if rhythm.is_today else self.today + dt.timedelta(days=rhythm.every_days // 3)
        begins = dt.datetime.combine(day, dt.time(rhythm.hour), self.zone)
        now = timezone.now()
        if begins < now + dt.timedelta(hours=1):
            begins = (now + dt.timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
        meeting = plan_meeting(
            committee,
            by=self.by,
            facts=MeetingFacts(
                title=rhythm.title,
                starts_at=begins,
                ends_at=begins + LENGTH,
                venue_name=rhythm.venue,
                venue_address=rhythm.address,
                is_step_free=True,
                access_note="Children are looked after next door.",
                takes_registrations=True,
                capacity=30,
            ),
        )
        announce_meeting(meeting, by=self.by)
        for title in rhythm.coming:
            add_item(meeting, by=self.by, title=title, kind=AgendaItemKind.DISCUSSION, minutes=20)
        publish_agenda(meeting, by=self.by)
