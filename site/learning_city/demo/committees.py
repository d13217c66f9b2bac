"""Builds the demo city's committees by the domain functions."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from learning_city.demo.content.committees import CommitteeText, SeatText, committees
from learning_city.home.models import HomePage
from participation.domain.access import set_access
from participation.domain.joining import ask_to_join
from participation.domain.membership import add_seat, declare_interest, seat_person
from participation.enums import AccessLevel, TermEnd
from participation.models import Committee, CommitteesPage, Membership, Neighbourhood, SharedResource

TITLE = "Committees"
INTRO = (
    "<p>Neighbourhood committees, youth council and study circles: who meets, what they decide, and where a seat waits for "
    "you.</p>"
)


class CommitteeBuilder:
    """Puts the page of committees and all that stand on it into the city."""

    def __init__(
        self,
        *,
        home: HomePage,
        neighbourhoods: dict[str, Neighbourhood],
        users: dict[str, object],
        say: Callable[[str], None],
    ):
        self.home = home
        self.neighbourhoods = neighbourhoods
        self.users = users
        self.say = say
        self.committees: dict[str, Committee] = {}
        self.today = timezone.localdate()
        # Who may lead every committee: the demo's administrator, as a city would set one up.
        self.by = users["admin"]

    def build(self) -> None:
        """Build everything; one transaction for each committee."""
        self.say(f"  committees: {len(committees())} with their seats")
        with transaction.atomic():
            self.home.refresh_from_db()
            self.page = self.home.add_child(
                instance=CommitteesPage(title=TITLE, slug="committees", intro=INTRO, show_in_menus=True)
            )
        for text in committees():
            with transaction.atomic():
                self.committees[text.slug] = self._committee(text)

    def coming_block(self) -> dict:
        """Return what a block of the next meetings takes."""
        return {"heading": "Sit in: the next meetings", "page": self.page, "number": 3}

    def _committee(self, text: CommitteeText) -> Committee:
        committee = self.page.add_child(
            instance=Committee(
                title=text.title,
                slug=text.slug,
                kind=text.kind,
                privacy=text.privacy,
                summary=text.summary,
                purpose="".join(f"<p>{escape(part)}</p>" for part in text.purpose.split("\n\n")),
                topic=text.topic,
                meets=text.meets,
                neighbourhood=self.neighbourhoods.get(text.neighbourhood),
                parent_committee=self.committees.get(text.part_of),
                quorum_percent=text.quorum,
                takes_join_requests=text.privacy != "private",
            )
        )
        seats = [self._seat(committee, seat) for seat in text.seats]
        for slug, since, until, because in text.former:
            self._former(committee, slug, since, until, because)
        for slug in text.takes_part:
            set_access(
                committee,
                participant=self.users[slug].participant,
                level=AccessLevel.TAKE_PART,
                by=self.by,
            )
        for slug, why, number in text.asks:
            ask_to_join(
                committee,
                participant=self.users[slug].participant,
                why=why,
                seat=seats[number] if number is not None else None,
            )
        for title, note in text.resources:
            SharedResource.objects.create(committee=committee, title=title, note=note)
        return committee

    def _seat(self, committee: Committee, text: SeatText):
        seat = add_seat(committee, role=text.role, title=text.title, by=self.by)
        if text.person:
            ends = self.today + dt.timedelta(days=text.ends_in_days) if text.ends_in_days else None
            membership = seat_person(
                seat,
                participant=self.users[text.person].participant,
                from_on=self.today - dt.timedelta(days=text.since_days),
                until_on=ends,
                by=self.by,
            )
            if text.interest:
                declare_interest(membership, text=text.interest, by=self.by)
        return seat

    def _former(self, committee: Committee, slug: str, since: int, until: int, because: str) -> None:
        """A term that is over, in the seat of the first member whose own began later."""
        seat = next(
            seat
            for seat in committee.seats.all()
            if not Membership.objects.filter(
                seat=seat, from_on__lte=self.today - dt.timedelta(days=until)
            ).exists()
        )
        membership = seat_person(
            seat,
            participant=self.users[slug].participant,
            from_on=self.today - dt.timedelta(days=since),
            until_on=self.today - dt.timedelta(days=until),
            by=self.by,
        )
        Membership.objects.filter(pk=membership.pk).update(ended_because=TermEnd(because))
