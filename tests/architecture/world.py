"""A small city for tests that go through all addresses: one of each thing, in each state that decides who may see it."""

import datetime as dt
import io
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from learning_city.accounts.roles import ensure_roles
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
    Workflow,
)

from budgeting.domain.ballot import cast_ballot, save_draft
from budgeting.domain.box import freeze, seal
from budgeting.domain.count import count_box
from budgeting.domain.publish import publish_result
from budgeting.enums import PhaseKind, ProposalStatus
from budgeting.models import Milestone, ParticipatoryBudget, Proposal
from participation.domain.comment import post_comment
from participation.domain.follow import follow
from participation.domain.notification import notify
from participation.enums import OrganisationRole
from participation.models import Comment, Discussion, Organisation, OrganisationPerson, Participant
from tests import factories
from tests.budgeting.voting import end_voting

STRANGER = "stranger"
GROUPS = {
    "chair": "Committee chairs",
    "moderator": "Comment moderators",
    "officer": "Budget officers",
    "editor": "City editors",
}
ROLES = (STRANGER, "citizen", "resident", *GROUPS, "administrator")


@contextmanager
def undone():
    """Whatever happens to the database inside is taken back at the end."""
    block = transaction.atomic()
    block._from_testcase = (
        True  # as Django's own tests do, so that a durable block inside believes to be the outermost
    )
    with block:
        yield
        transaction.set_rollback(True)


@dataclass
class World:
    """What was built; `people` by role, `author` has written what is not the roles' own."""

    people: dict[str, Participant] = field(default_factory=dict)
    author: Participant | None = None
    things: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["things"][name]
        except KeyError:
            raise AttributeError(name) from None

    def client(self, role: str) -> Client:
        """Return a browser in which this role is signed in."""
        client = Client(raise_request_exception=False)
        if role != STRANGER:
            client.force_login(self.people[role].user)
        return client


def build_world() -> World:
    """Build it by the domain functions where there are some."""
    ensure_roles()
    world = World(things={})
    world.author = factories.VerifiedParticipantFactory(
        display_name="Anna Author", user__email="anna@example.org"
    )
    for role in ROLES[1:]:
        make = factories.VerifiedParticipantFactory if role == "resident" else factories.ParticipantFactory
        is_staff = role in GROUPS or role == "administrator"
        person = make(
            display_name=role.title(),
            user__email=f"{role}@example.org",
            user__is_staff=is_staff,
            user__is_superuser=role == "administrator",
        )
        if role in GROUPS:
            person.user.groups.add(Group.objects.get(name=GROUPS[role]))
        world.people[role] = person
    _build_call(world)
    _build_voting(world)
    _build_published(world)
    _build_rest(world)
    return world


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
    PageViewRestriction.objects.create(page=members, restriction_type=PageViewRestriction.LOGIN)
    inside = factories.AreaFactory(budget=members)
    world.things |= {"members": members, "inside": _proposal(inside, world.author, ProposalStatus.SUBMITTED)}
    world.things["comment"] = post_comment(
        world.shown.discussion, author=world.author, text="A first comment."
    )
    world.things["hidden_comment"] = Comment.objects.create(
        discussion=world.hidden.discussion, author=world.author, text="Under a hidden thing."
    )
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
    world.things["file"] = world.published_box.files.order_by("pk").first()


def _build_rest(world: World) -> None:
    """An organisation of the author, a notice, a picture, and what only Wagtail's admin shows."""
    organisation = Organisation.objects.create(name="Menders", slug="menders")
    OrganisationPerson.objects.create(
        organisation=organisation, participant=world.author, role=OrganisationRole.MANAGER
    )
    notify(
        world.author,
        kind="budgeting.result",
        title="A notice",
        text="For one person.",
        path="/",
        dedupe_key="world",
        discussion=world.shown.discussion,
    )
    content = io.BytesIO()
    Picture.new("RGB", (8, 8), "white").save(content, "PNG")
    locked = Collection.get_first_root_node().add_child(name="Locked")
    CollectionViewRestriction.objects.create(
        collection=locked, restriction_type=CollectionViewRestriction.LOGIN
    )
    for name, collection in (("document", None), ("locked_document", locked)):
        world.things[name] = get_document_model().objects.create(
            title=name,
            file=ContentFile(b"text", name=f"{name}.txt"),
            **({"collection": collection} if collection else {}),
        )
    image = get_image_model().objects.create(
        title="White", file=ContentFile(content.getvalue(), name="white.png"), width=8, height=8
    )
    world.things |= {
        "organisation": organisation,
        "notice": world.author.notifications.order_by("pk").last(),
        "image": image,
        "site": Site.objects.get(is_default_site=True),
        "locale": Locale.objects.get(language_code="en"),
        "root": Page.objects.get(depth=1),
        "workflow": Workflow.objects.first(),
        "group": Group.objects.get(name="Comment moderators"),
        "neighbourhood": world.author.neighbourhood,
    }
