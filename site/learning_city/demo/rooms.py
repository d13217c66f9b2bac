"""Puts two live rooms into the demo city: tonight's, with people in the middle of it, and one that is closed."""

import datetime as dt
import random
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from learning_city.demo.content.rooms import RoomText, earlier, tonight
from participation.domain.room import add_seed, close_room, open_room, prepare_room, show_on_wall, tell_votes
from participation.domain.room.opinion import observe
from participation.enums import MeetingState, RoomAccess, RoomState, StatementState, WallView
from participation.models import (
    Committee,
    Meeting,
    Room,
    RoomPerson,
    RoomReport,
    Statement,
    StatementVote,
)

PEOPLE = 84
# How many of ten belong to each camp.
CAMPS = (0, 0, 0, 0, 1, 1, 1, 2, 2, 2)


class RoomBuilder:
    """Opens rooms and fills them; many votes are written at once, as the same rows that single ones leave."""

    def __init__(self, committee: Committee, *, by, users: dict[str, object], say: Callable[[str], None]):
        self.committee = committee
        self.by = by
        self.users = users
        self.say = say

    def build(self) -> None:
        """Build both rooms, if the committee has meetings for them."""
        self.say("  two live rooms with statements, votes and opinion groups")
        coming = (
            Meeting.objects.filter(committee=self.committee, state=MeetingState.ANNOUNCED)
            .order_by("starts_at")
            .first()
        )
        held = Meeting.objects.filter(committee=self.committee, state=MeetingState.ENDED).first()
        for meeting, text, make in ((coming, tonight(), self._tonight), (held, earlier(), self._earlier)):
            if meeting is not None:
                meeting.committee = self.committee
                make(meeting, text)

    def _tonight(self, meeting: Meeting, text: RoomText) -> None:
        room = prepare_room(meeting, by=self.by, prompt=text.prompt, access=RoomAccess.GUESTS)
        for saying in text.sayings:
            if saying.is_seed:
                add_seed(room, by=self.by, text=saying.text)
        open_room(room, by=self.by)
        self._fill(room, text, seed=7)
        show_on_wall(room, WallView.GROUPS, by=self.by)

    def _earlier(self, meeting: Meeting, text: RoomText) -> None:
        # A meeting that is over takes no new room, so this one is written down as it would have been left.
        room = Room.objects.create(
            meeting=meeting,
            prompt=text.prompt,
            state=RoomState.OPEN,
            access=RoomAccess.GUESTS,
            opened_at=meeting.starts_at,
        )
        self._fill(room, text, seed=11)
        report = close_room(room, by=self.by)
        closed_at = meeting.starts_at + dt.timedelta(minutes=100)
        Room.objects.filter(pk=room.pk).update(closed_at=closed_at)
        RoomReport.objects.filter(pk=report.pk).update(written_at=closed_at)

    def _fill(self, room: Room, text: RoomText, *, seed: int) -> None:
        """People of three camps who have answered most of what there is; nothing here is left to chance."""
        chance = random.Random(seed)
        with transaction.atomic():
            people = RoomPerson.objects.bulk_create(self._people(room))
            authors = [person for person in people if person.participant_id]
            Statement.objects.bulk_create(
                [
                    *(
                        Statement(
                            room=room,
                            author=None if saying.is_seed else authors[number % len(authors)],
                            text=saying.text,
                            state=StatementState.SHOWN,
                            is_seed=saying.is_seed,
                        )
                        for number, saying in enumerate(text.sayings)
                        if not room.statements.filter(text=saying.text).exists()
                    ),
                    *(
                        Statement(room=room, author=authors[-1 - number % len(authors)], text=words)
                        for number, words in enumerate(text.waiting)
                    ),
                ]
            )
            statements = {each.text: each for each in room.statements.all()}
            StatementVote.objects.bulk_create(
                StatementVote(
                    room=room,
                    statement=statements[saying.text],
                    person=person,
                    choice=_choice(chance, saying.agree[CAMPS[number % len(CAMPS)]]),
                    changed_at=timezone.now(),
                )
                for number, person in enumerate(people)
                for saying in text.sayings
                if chance.random() < 0.86
            )
        tell_votes(room.pk)
        observe(room.pk)

    def _people(self, room: Room) -> list[RoomPerson]:
        """Those with an account, and guests; who looks at the demo as somebody has answered nothing yet."""
        quiet = {self.by.pk, *(user.pk for user in self.users.values() if user.has_usable_password())}
        known = [user.participant for user in self.users.values() if user.pk not in quiet][: PEOPLE // 2]
        own = [RoomPerson(room=room, participant=each, name=each.display_name) for each in known]
        guests = [
            RoomPerson(room=room, name=f"Guest {number}", is_guest=True)
            for number in range(1, PEOPLE - len(own) + 1)
        ]
        return own + guests


def _choice(chance: random.Random, agree: int) -> int:
    """Agree as often as the camp does; of the others one in five passes."""
    if chance.random() * 100 < agree:
        return 1
    return 0 if chance.random() < 0.2 else -1
