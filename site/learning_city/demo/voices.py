"""Lets the demo city's committees speak about the budget, plan a study circle's evenings, and count who takes part."""

import datetime as dt
import random
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from budgeting.domain.committee import adopt_project, comment_on_proposal, rank_proposals, sponsor_proposal
from budgeting.enums import Stance, VoiceKind
from budgeting.models import (
    Area,
    CommitteeRanking,
    CommitteeVoice,
    ParticipatoryBudget,
    Project,
    Proposal,
    RankedProposal,
    Review,
)
from budgeting.queries.project import FUNDED
from learning_city.demo.content import everyone
from participation.domain.circle import plan_sessions
from participation.domain.figures import give_figures
from participation.domain.meeting import announce_meeting
from participation.enums import Gender
from participation.models import Committee, Decision

COMMITTEE, CIRCLE, COUNCIL = "tramsheds", "electronics-circle", "learning-council"
# In the order of the committee; (stance, words) of its opinion in the review of the budget that is voted on.
OPINIONS: tuple[tuple[str, str], ...] = (
    (
        Stance.FOR,
        "This is what we asked for at the spring assembly. The hall is free on those evenings; we asked.",
    ),
    (Stance.FOR, "We know the people, and the children who wait for it. Please begin before the holidays."),
    (
        Stance.CONDITIONS,
        "A good idea, if it is translated into the six languages of the market hall from the start.",
    ),
    (Stance.CONDITIONS, "We would like it more if it were half as large and came twice."),
)
TOPICS = (
    "What electricity wants",
    "The first blinking light",
    "Soldering without burning",
    "Reading a circuit diagram",
    "A radio from twelve parts",
    "Finding the fault",
    "Bring something broken",
    "What we repaired, shown to everybody",
)
BANDS = ((18, "6-17"), (30, "18-29"), (65, "30-64"), (200, "65+"))


class VoiceBuilder:
    """Adds what committees do with budgets, and what people say of themselves."""

    def __init__(
        self,
        committees: dict[str, Committee],
        budgets: dict[str, ParticipatoryBudget],
        *,
        users,
        by,
        say: Callable[[str], None],
    ):
        self.committees = committees
        self.budgets = budgets
        self.users = users
        self.by = by
        self.say = say

    def build(self) -> None:
        self.say("  what committees say about the budgets, a study circle's plan, and who takes part")
        with transaction.atomic():
            self._past_opinions()
            self._present_support()
            self._adopt()
            self._plan()
            self._count_people()

    def _area(self, budget: str, committee: Committee) -> Area:
        return Area.objects.get(budget=self.budgets[budget], neighbourhood=committee.neighbourhood_id)

    def _past_opinions(self) -> None:
        """What the committee said in the review that is over: its rows are written as they would have been left."""
        committee = self.committees[COMMITTEE]
        area = self._area("2026", committee)
        given_at = Review.objects.filter(proposal__area=area).order_by("decided_at").values_list(
            "decided_at", flat=True
        )[0] - dt.timedelta(days=6)
        decision = (
            Decision.objects.filter(
                committee=committee, title__startswith="Learning Budget", decided_on__lte=given_at
            )
            .order_by("-decided_on")
            .first()
        )
        facts = {"given_by": self.users["chair"].participant, "given_at": given_at, "decision": decision}
        ranking = CommitteeRanking.objects.create(
            committee=committee,
            area=area,
            decision=decision,
            changed_by=facts["given_by"],
            changed_at=given_at,
        )
        proposals = Proposal.objects.filter(area=area).order_by("pk")
        for place, (proposal, (stance, words)) in enumerate(zip(proposals, OPINIONS, strict=False), start=1):
            voice = {"committee": committee, "proposal": proposal, **facts}
            CommitteeVoice.objects.create(kind=VoiceKind.OPINION, stance=stance, text=words, **voice)
            if place <= 2:
                CommitteeVoice.objects.create(kind=VoiceKind.SPONSOR, **voice)
            RankedProposal.objects.create(ranking=ranking, proposal=proposal, position=place)

    def _present_support(self) -> None:
        committee = self.committees[COMMITTEE]
        area = self._area("2027", committee)
        (proposal,) = Proposal.objects.filter(area=area)[:1]
        sponsor_proposal(
            committee,
            proposal,
            by=self.users["chair"],
            text="Four Saturdays at a real stall teach more than a term of exercises. The dealers of the market hall are in.",
        )
        comment_on_proposal(
            committee,
            proposal,
            by=self.users["chair"],
            text="Please keep two of the eight classes for children who came to the city this year.",
        )
        rank_proposals(committee, area, by=self.users["chair"], proposals=[proposal])

    def _adopt(self) -> None:
        council = self.committees[COUNCIL]
        projects = Project.objects.filter(budget=self.budgets["2025"], area__neighbourhood=None)
        for project in projects.filter(status__in=FUNDED[:2]).order_by("pk")[:2]:
            adopt_project(council, project, by=self.by)

    def _plan(self) -> None:
        meetings = plan_sessions(
            self.committees[CIRCLE],
            by=self.by,
            topics=TOPICS,
            first_on=timezone.localdate() - dt.timedelta(days=timezone.localdate().weekday() - 10),
            begins=dt.time(18, 30),
            length=dt.timedelta(hours=2),
            venue_name="The Wheel House",
            venue_address="Mill Lane 2",
        )
        for meeting in meetings[:6]:
            announce_meeting(meeting, by=self.by)

    def _count_people(self) -> None:
        dice = random.Random("figures")
        year = timezone.localdate().year
        for slug, person in everyone().items():
            if dice.random() < 0.1:
                continue
            age = year - person.birth_year
            give_figures(
                self.users[slug].participant,
                age_band=next(band for below, band in BANDS if age < below),
                gender=dice.choice((Gender.WOMAN, Gender.WOMAN, Gender.MAN)) if dice.random() < 0.9 else "",
                with_neighbourhood=dice.random() < 0.9,
            )
