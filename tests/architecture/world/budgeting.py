"""Budgets that take ideas, are voted on, are counted and have published their result."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone
from wagtail.models import PageViewRestriction

from budgeting.domain.ballot import cast_ballot, save_draft
from budgeting.domain.box import freeze, seal
from budgeting.domain.count import count_box
from budgeting.domain.publish import publish_result
from budgeting.enums import PhaseKind, ProposalStatus
from budgeting.models import Milestone, ParticipatoryBudget, Proposal, Rehearsal
from participation.domain.comment import post_comment
from participation.domain.follow import follow
from participation.domain.moderation import appeal_against, hide_comment
from participation.models import Comment, Discussion, Participant
from tests import factories
from tests.architecture.world.city import World
from tests.budgeting.voting import end_voting


def build(world: World) -> None:
    _build_call(world)
    _build_voting(world)
    _build_published(world)


def _proposal(area, author: Participant, status: str, **fields: Any) -> Proposal:
    proposal = factories.ProposalFactory(area=area, author=author, status=status, **fields)
    is_public = proposal.is_public
    Discussion.objects.filter(pk=proposal.discussion_id).update(
        is_public=is_public, path=proposal.budget.url_of("proposal", proposal.pk)
    )
    proposal.discussion.refresh_from_db()
    return proposal


def _build_call(world: World) -> None:
    """A budget that takes proposals: one to read, one draft, one hidden; and a budget page nobody has published."""
    call = factories.make_budget(phase=PhaseKind.SUBMISSION, slug="call", title="Call")
    area = factories.AreaFactory(budget=call, name="Whole city")
    world.things |= {
        "call": call,
        "call_area": area,
        "shown": _proposal(area, world.author, ProposalStatus.SUBMITTED, title="Shown idea"),
        "draft": _proposal(area, world.author, ProposalStatus.DRAFT, title="Draft idea", submitted_at=None),
        "hidden": _proposal(area, world.author, ProposalStatus.HIDDEN, title="Hidden idea"),
        "unpublished": factories.make_budget(slug="unpublished", title="Unpublished", live=False),
    }
    members = factories.make_budget(slug="members", title="Members", phase=PhaseKind.SUBMISSION)
    world.things["page_lock"] = PageViewRestriction.objects.create(
        page=members, restriction_type=PageViewRestriction.LOGIN
    )
    inside = factories.AreaFactory(budget=members)
    world.things |= {"members": members, "inside": _proposal(inside, world.author, ProposalStatus.SUBMITTED)}
    world.things["comment"] = post_comment(
        world.shown.discussion, author=world.author, text="A first comment."
    )
    world.things["hidden_comment"] = Comment.objects.create(
        discussion=world.hidden.discussion, author=world.author, text="Under a hidden thing."
    )
    secret = post_comment(world.shown.discussion, author=world.author, text="A comment that is hidden.")
    hide_comment(secret, by=world.people["moderator"].user, reason="Insults a neighbour.")
    decision = secret.decisions.get()
    world.things |= {
        "secret_comment": secret,
        "moderation_decision": decision,
        "appeal": appeal_against(decision, author=world.author, text="It was a joke."),
    }
    follow(world.shown.discussion, participant=world.author)


def _build_voting(world: World) -> None:
    """A budget that is being voted on."""
    voting = factories.make_budget(phase=PhaseKind.VOTING, slug="voting", title="Voting")
    area = factories.AreaFactory(budget=voting, amount_cents=60_000_00, max_choices=3)
    projects = [factories.ProjectFactory(area=area, title=f"Choice {number}") for number in range(3)]
    world.things |= {
        "voting": voting,
        "voting_area": area,
        "voting_project": projects[0],
        "box": freeze(voting),
    }
    cast_ballot(area, voter=world.author, choices=[projects[0].pk], idempotency_key=uuid.uuid4())
    save_draft(area, voter=world.author, choices=[projects[1].pk])


def _build_published(world: World) -> None:
    """A budget whose result is published, and one that is counted but not published."""
    for slug in ("published", "counted"):
        budget = factories.make_budget(phase=PhaseKind.VOTING, slug=slug, title=slug.title())
        area = factories.AreaFactory(budget=budget, amount_cents=20_000_00)
        proposal = _proposal(area, world.author, ProposalStatus.ACCEPTED, title=f"Idea {slug}")
        project = factories.ProjectFactory(area=area, title=f"Project {slug}", discussion=proposal.discussion)
        project.proposals.add(proposal)
        factories.ProjectFactory(area=area, title=f"Other {slug}", cost_cents=19_000_00)
        box = freeze(budget)
        for _number in range(6):
            voter = factories.VerifiedParticipantFactory()
            cast_ballot(area, voter=voter, choices=[project.pk], idempotency_key=uuid.uuid4())
        administrator = world.people["administrator"].user
        box = count_box(seal(end_voting(box), by=administrator), by=administrator)
        if slug == "published":
            box = publish_result(box, by=administrator)
        now = timezone.now()
        budget.phases.filter(kind=PhaseKind.VOTING).update(
            opens_at=now - dt.timedelta(days=30), closes_at=now - dt.timedelta(seconds=1)
        )
        world.things |= {slug: ParticipatoryBudget.objects.get(pk=budget.pk), f"{slug}_area": area}
        world.things |= {f"{slug}_project": project, f"{slug}_box": box}
    world.things["milestone"] = Milestone.objects.create(
        project=world.published_project, title="Rooms are booked", due_on=dt.date(2027, 3, 1)
    )
    world.things["rehearsal"] = Rehearsal.objects.create(
        area=world.published_area, ballots="few", voters=10, rules=["most-votes"]
    )
    world.things["file"] = world.published_box.files.order_by("pk").first()
