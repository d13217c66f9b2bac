"""Builds the budgets of the demo city: proposed, reviewed, voted on, counted and followed up by the domain functions.

Domain functions go by the database's clock, so a budget's past is lived through with its phases laid around today, one after
the other; at the end the phases get their real dates, and what happened gets the date on which it would have happened.
"""

import datetime as dt
import random
import uuid
from collections.abc import Callable
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from budgeting import link_secret
from budgeting.domain.ballot import cast_ballot
from budgeting.domain.box import freeze, seal
from budgeting.domain.count import count_box
from budgeting.domain.milestone import plan_milestone, reach_milestone
from budgeting.domain.project import finish_project, post_update
from budgeting.domain.proposal import ProposalContent, save_draft, submit_proposal
from budgeting.domain.publish import publish_result
from budgeting.domain.review import decide
from budgeting.domain.support import give_support
from budgeting.enums import Channel, PhaseKind, ReviewOutcome
from budgeting.models import (
    Area,
    Ballot,
    BallotBox,
    BallotLine,
    Count,
    ElectionFile,
    ParticipatoryBudget,
    Phase,
    Project,
    ProjectUpdate,
    Proposal,
    Review,
    RollEntry,
)
from budgeting.queries.box import FrozenArea, frozen_areas
from learning_city.demo import content
from learning_city.demo.content.facts import Budget
from learning_city.demo.pictures import library_image, uploaded
from participation.domain.comment import post_comment
from participation.domain.follow import follow
from participation.domain.moderation import keep_comment
from participation.domain.picture import PictureChanges, new_picture
from participation.models import Comment, Neighbourhood, Notification, RegisterEntry

# Days from today at which each phase opens; the last figure is the end of the last phase.
CALENDARS = {
    "2024-youth": (-930, -890, -850, -829, -820, -455),
    "2025": (-480, -420, -372, -351, -344, 21),
    "2026": (-135, -84, -9, 12, 19, 384),
    "2027": (-17, 25, 85, 106, 113, 478),
}
MOTIFS = {"2024-youth": "robot", "2025": "books", "2026": "bus", "2027": "garden"}
BATCH = 2000


# Key of the register, id of the neighbourhood, day of voting.
Voter = tuple[str, int, dt.date]


class BudgetBuilder:
    """Builds budgets one by one; `pages` holds those that stand, by key."""

    def __init__(self, *, home, users, organisations, say: Callable[[str], None]):
        self.home = home
        self.users = users
        self.organisations = organisations
        self.say = say
        self.officer = users[content.personas()["officer"].slug]
        self.residents = [users[person.slug] for person in content.people()]
        self.pages: dict[str, ParticipatoryBudget] = {}
        self.proposals: dict[str, Proposal] = {}

    def build(self, key: str) -> None:
        facts = content.budgets()[key]
        self.say(f"  {facts.title}")
        with transaction.atomic():
            page = self._page(facts)
            areas = self._areas(page, facts)
            self._set_running(page, PhaseKind.SUBMISSION)
            self._propose(page, areas, facts)
        if facts.stage != PhaseKind.SUBMISSION:
            with transaction.atomic():
                self._set_running(page, PhaseKind.REVIEW)
                self._review(facts)
            self._set_running(page, PhaseKind.VOTING)
            self._vote(page, facts)
        with transaction.atomic():
            self._set_dates(page, key)
        if facts.stage not in (PhaseKind.SUBMISSION, PhaseKind.VOTING):
            self._finish(page, facts)
        with transaction.atomic():
            self._date_everything(page, facts)
        self.pages[key] = self._fresh(page)

    def _page(self, facts: Budget) -> ParticipatoryBudget:
        page = ParticipatoryBudget(
            title=facts.title,
            slug=facts.slug,
            summary=facts.summary,
            intro=_rich(facts.intro),
            how_it_works=_rich(facts.how_it_works),
            picture=library_image(facts.title, MOTIFS[facts.key], 5),
            contact_email="learning-budget@example.org",
            show_in_menus=facts.key != "2024-youth",
        )
        self.home.refresh_from_db()
        self.home.add_child(instance=page)
        return page

    def _areas(self, page: ParticipatoryBudget, facts: Budget) -> dict[str, Area]:
        return {
            area.slug: Area.objects.create(
                budget=page,
                name=area.name,
                neighbourhood=Neighbourhood.objects.get(slug=area.neighbourhood)
                if area.neighbourhood
                else None,
                amount_cents=area.amount_cents,
                ballot_style=area.ballot,
                max_choices=area.max_choices,
                rule=area.rule,
                sort_order=number,
            )
            for number, area in enumerate(facts.areas)
        }

    def _set_running(self, page: ParticipatoryBudget, kind: str) -> None:
        """Lay the phases around this moment so that `kind` runs now."""
        order = list(PhaseKind.values)
        start = timezone.now() - dt.timedelta(days=10 * order.index(kind) + 5)
        for number, each in enumerate(order):
            opens_at = start + dt.timedelta(days=10 * number)
            times = {"opens_at": opens_at, "closes_at": opens_at + dt.timedelta(days=10)}
            Phase.objects.update_or_create(
                budget_id=page.pk, kind=each, defaults={**times, "sort_order": number}
            )

    def _set_dates(self, page: ParticipatoryBudget, key: str) -> None:
        """Give the phases, and the ballot box where there is one, the dates of the city's calendar."""
        days = CALENDARS[key]
        notes = content.budgets()[key].phase_notes
        for kind, first, last in zip(PhaseKind.values, days[:-1], days[1:], strict=True):
            Phase.objects.filter(budget_id=page.pk, kind=kind).update(
                opens_at=_at(first, 8), closes_at=_at(last, 8), note=notes.get(kind, "")
            )
        voting = Phase.objects.get(budget_id=page.pk, kind=PhaseKind.VOTING)
        BallotBox.objects.filter(budget_id=page.pk).update(
            opens_at=voting.opens_at, closes_at=voting.closes_at
        )

    def _propose(self, page: ParticipatoryBudget, areas: dict[str, Area], facts: Budget) -> None:
        page = self._fresh(page)
        venues = content.venues()
        for each in content.proposals(facts.key):
            venue = venues[each.venue]
            author = self.users[each.author]
            picture = new_picture(uploaded(each.motif, each.seed), each.alt)
            draft = save_draft(
                page,
                author=author,
                content=ProposalContent(
                    title=each.title,
                    summary=each.summary,
                    description=each.description,
                    learning_goal=each.learning_goal,
                    learners=each.learners,
                    area=areas[each.area],
                    organisation=self.organisations.get(each.organisation),
                    address=f"{venue.name}, {venue.address}",
                    place=(_degrees(venue.latitude), _degrees(venue.longitude)),
                    cost_cents=each.cost_cents,
                ),
                pictures=PictureChanges(add=(picture,)),
            )
            proposal = submit_proposal(draft, by=author)
            self.proposals[each.slug] = proposal
            self._support(proposal, each.popularity)
            self._comment(proposal, each.slug)

    def _support(self, proposal: Proposal, popularity: float) -> None:
        dice = random.Random(proposal.title)
        number = min(len(self.residents) - 1, round(popularity * 9 * dice.uniform(0.5, 1.4)) + 1)
        for user in dice.sample(self.residents, number):
            if user.participant.pk != proposal.author_id:
                give_support(proposal, by=user)
        for user in dice.sample(self.residents, 3):
            follow(proposal.discussion, participant=user.participant)

    def _comment(self, proposal: Proposal, slug: str) -> None:
        posted: list[Comment] = []
        for remark in content.comments():
            if remark.proposal != slug:
                continue
            parent = posted[remark.reply_to] if remark.reply_to is not None else None
            author = self.users[remark.author].participant
            comment = post_comment(
                proposal.discussion,
                author=author,
                text=remark.text,
                parent=parent and (parent.parent or parent),
            )
            # Only who is not known yet waits; in this city moderators are quick.
            posted.append(keep_comment(comment, by=self.users["moderator"]))

    def _review(self, facts: Budget) -> None:
        for each in content.proposals(facts.key):
            decide(
                self.proposals[each.slug],
                reviewer=self.officer,
                outcome=ReviewOutcome.NOT_FEASIBLE if each.is_refused else ReviewOutcome.FEASIBLE,
                cost_cents=None if each.is_refused else each.final_cost_cents,
                public_reason=content.reviews()[each.slug],
            )

    def _vote(self, page: ParticipatoryBudget, facts: Budget) -> None:
        box = freeze(self._fresh(page), by=self.officer)
        self._fill(box, facts)
        if facts.stage == PhaseKind.VOTING:
            self._cast_ours(page)

    def _cast_ours(self, page: ParticipatoryBudget) -> None:
        """Let our residents vote the way people do, one by one, in the whole city and at home."""
        dice = random.Random("our residents")
        for user in self.residents[:45]:
            for area in frozen_areas(BallotBox.objects.get(budget_id=page.pk)):
                if area.neighbourhood in (None, user.participant.neighbourhood_id):
                    chosen = choose(list(Project.objects.filter(area_id=area.id)), area, dice)
                    cast_ballot(
                        Area.objects.get(pk=area.id),
                        voter=user.participant,
                        choices=[project.pk for project in chosen],
                        idempotency_key=uuid.uuid4(),
                    )

    def _fill(self, box: BallotBox, facts: Budget) -> None:
        """Fill the box with generated ballots, each of somebody in the register: in the whole city, then at home."""
        accepted = content.on_ballot(facts.key)
        projects = [self.proposals[each.slug].projects.get() for each in accepted]
        city = next(area for area in frozen_areas(box) if area.neighbourhood is None)
        voters = self._voters()
        generated = content.generate_ballots(
            content.ballot_projects(accepted),
            facts.ballots or 2_900,
            facts.ballot_seed or 2026,
            facts.ballot_style,
        )
        dice = random.Random(facts.key)
        days = (box.closes_at - box.opens_at).days
        first = timezone.localdate(box.opens_at)
        people, ballots = [], []
        for home, chosen in generated:
            person = (*voters[home].pop(), first + dt.timedelta(days=dice.randrange(days)))
            people.append(person)
            ballots.append((person, [projects[index] for index in chosen]))
        self._enrol(box, people)
        self._store(box, city, ballots)
        for area in frozen_areas(box):
            if area.neighbourhood is not None:
                local = list(Project.objects.filter(area_id=area.id))
                at_home = [person for person in people if person[1] == area.neighbourhood]
                self._store(box, area, [(person, choose(local, area, dice)) for person in at_home])

    def _enrol(self, box: BallotBox, people: list[Voter]) -> None:
        RollEntry.objects.bulk_create(
            (
                RollEntry(
                    budget_id=box.budget_id,
                    person_key=person_key,
                    neighbourhood_id=neighbourhood,
                    channel=Channel.WEB,
                    voted_on=day,
                )
                for person_key, neighbourhood, day in people
            ),
            batch_size=BATCH,
        )

    def _voters(self) -> list[list[tuple[str, int]]]:
        """Return for each neighbourhood the people of its register who are nobody of ours, in a shuffled order."""
        dice = random.Random("voters")
        voters = []
        for each in content.neighbourhoods():
            entries = RegisterEntry.objects.filter(neighbourhood__slug=each.slug, participant=None)
            people = list(entries.order_by("person_key").values_list("person_key", "neighbourhood_id"))
            dice.shuffle(people)
            voters.append(people)
        return voters

    def _store(self, box: BallotBox, area: FrozenArea, ballots: list[tuple[Voter, list[Project]]]) -> None:
        secret = link_secret.read_secret(box.public_id)
        for start in range(0, len(ballots), BATCH):
            rows, lines = [], []
            for (person_key, _neighbourhood, day), projects in ballots[start : start + BATCH]:
                key = link_secret.link_key(secret, person_key, area.id)
                ballot = Ballot(
                    box=box,
                    area_id=area.id,
                    link_key=key,
                    style=area.ballot_style,
                    channel=Channel.WEB,
                    total_cents=sum(project.cost_cents for project in projects),
                    tracker_digest=link_secret.tracker_digest(link_secret.tracker(secret, key, uuid.uuid4())),
                    cast_on=day,
                )
                rows.append(ballot)
                lines += (
                    BallotLine(ballot=ballot, project=project, position=place)
                    for place, project in enumerate(projects, start=1)
                )
            with transaction.atomic():
                Ballot.objects.bulk_create(rows)
                BallotLine.objects.bulk_create(lines)

    def _finish(self, page: ParticipatoryBudget, facts: Budget) -> None:
        box = seal(BallotBox.objects.get(budget_id=page.pk), by=self.officer)
        box = count_box(box, by=self.officer)
        publish_result(box, by=self.officer)
        with transaction.atomic():
            self._follow_up(facts)

    def _follow_up(self, facts: Budget) -> None:
        start = _at(CALENDARS[facts.key][4], 9)
        own = {each.slug for each in content.proposals(facts.key)}
        for promised in content.milestones():
            project = self._funded(promised.proposal, own)
            if project is not None:
                due_on = (start + dt.timedelta(days=promised.day)).date()
                milestone = plan_milestone(project, by=self.officer, title=promised.title, due_on=due_on)
                if promised.done and due_on <= timezone.localdate():
                    reach_milestone(milestone, by=self.officer, done_on=due_on)
        for news in content.updates():
            project = self._funded(news.proposal, own)
            if project is not None:
                update = post_update(project, by=self.users[news.author], title=news.title, text=news.text)
                told_at = min(start + dt.timedelta(days=news.day), timezone.now())
                ProjectUpdate.objects.filter(pk=update.pk).update(published_at=told_at)
        if facts.stage == "finished":
            for slug in sorted(own):
                project = self._funded(slug, own)
                if project is not None:
                    finish_project(project, by=self.officer)

    def _funded(self, slug: str, own: set[str]) -> Project | None:
        if slug not in own:
            return None
        return (
            self.proposals[slug]
            .projects.filter(results__is_funded=True, results__count__is_official=True)
            .first()
        )

    def _date_everything(self, page: ParticipatoryBudget, facts: Budget) -> None:
        """Give proposals, comments and decisions the dates of their phases; the notices of the past have been read."""
        days = CALENDARS[facts.key]
        call_ends = min(days[1], -1)
        dice = random.Random(f"dates of {facts.key}")
        remarks: dict[str, list[int]] = {}
        for remark in content.comments():
            remarks.setdefault(remark.proposal, []).append(remark.day)
        for each in content.proposals(facts.key):
            proposal = self.proposals[each.slug]
            submitted_at = _at(dice.randint(days[0], call_ends), dice.randint(8, 21), dice.randrange(60))
            Proposal.objects.filter(pk=proposal.pk).update(
                submitted_at=submitted_at, created_at=submitted_at - dt.timedelta(hours=dice.randint(1, 60))
            )
            comments = Comment.objects.filter(discussion_id=proposal.discussion_id).order_by("pk")
            for comment, day in zip(comments, remarks.get(each.slug, []), strict=True):
                said_at = submitted_at + dt.timedelta(days=day, minutes=dice.randrange(600))
                Comment.objects.filter(pk=comment.pk).update(posted_at=min(said_at, timezone.now()))
            decided_at = _at((days[1] + days[2]) // 2 + dice.randint(-8, 8), 11)
            Review.objects.filter(proposal=proposal).update(decided_at=decided_at)
        published_at = _at(days[3] + 2, 12)
        Count.objects.filter(box__budget_id=page.pk).update(counted_at=published_at)
        ElectionFile.objects.filter(box__budget_id=page.pk).update(made_at=published_at)
        BallotBox.objects.filter(budget_id=page.pk).update(frozen_at=_at(days[2], 8))
        BallotBox.objects.filter(budget_id=page.pk, sealed_at__isnull=False).update(
            sealed_at=published_at,
            counted_at=published_at,
            published_at=published_at,
            secret_destroyed_at=published_at,
        )
        if facts.stage not in (PhaseKind.SUBMISSION, PhaseKind.VOTING):
            Notification.objects.filter(read_at=None).update(read_at=timezone.now())

    def _fresh(self, page: ParticipatoryBudget) -> ParticipatoryBudget:
        return ParticipatoryBudget.objects.get(pk=page.pk)


def choose(projects: list[Project], area: FrozenArea, dice: random.Random) -> list[Project]:
    """Return what somebody could put on a ballot of this area: at least one project, within its limits."""
    chosen: list[Project] = []
    for project in dice.sample(projects, len(projects)):
        within = area.money_limit_cents is None or (
            project.cost_cents + sum(each.cost_cents for each in chosen) <= area.money_limit_cents
        )
        if (
            within
            and len(chosen) < (area.max_choices or len(projects))
            and (not chosen or dice.random() < 0.6)
        ):
            chosen.append(project)
    return chosen


def _at(days_from_today: int, hour: int, minute: int = 0) -> dt.datetime:
    """The moment so many days from today at that local time."""
    day = timezone.localdate() + dt.timedelta(days=days_from_today)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def _degrees(value: float) -> Decimal:
    return Decimal(f"{value:.6f}")


def _rich(text: str) -> str:
    return "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
