"""Factories without surprises: each makes one thing and what it cannot do without."""

import datetime as dt
import hashlib

import factory
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.models import Page, Site

from budgeting import models as budgeting
from budgeting.enums import PhaseKind, ProposalStatus
from mapping import models as mapping
from mapping.domain.version import changing_the_map
from mapping.enums import PlaceStatus
from participation import models as participation
from participation.enums import VerificationMethod


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()

    email = factory.Sequence(lambda n: f"person{n}@example.org")


class NeighbourhoodFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = participation.Neighbourhood

    name = factory.Sequence(lambda n: f"Quarter {n}")
    slug = factory.Sequence(lambda n: f"quarter-{n}")
    # Squares side by side, around the world and no further.
    outline = factory.Sequence(
        lambda n: {
            "type": "Polygon",
            "coordinates": [
                [[n % 170, 50], [n % 170 + 1, 50], [n % 170 + 1, 51], [n % 170, 51], [n % 170, 50]]
            ],
        }
    )


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = participation.Participant

    user = factory.SubFactory(UserFactory)
    display_name = factory.Sequence(lambda n: f"Person {n}")


class RegisterEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = participation.RegisterEntry

    person_key = factory.Sequence(lambda n: hashlib.sha256(f"register {n}".encode()).hexdigest())
    neighbourhood = factory.SubFactory(NeighbourhoodFactory)


class VerifiedParticipantFactory(ParticipantFactory):
    register_entry = factory.SubFactory(RegisterEntryFactory)
    neighbourhood = factory.SelfAttribute("register_entry.neighbourhood")
    verified_at = factory.LazyFunction(timezone.now)
    verified_by = VerificationMethod.REGISTER


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = participation.Organisation

    name = factory.Sequence(lambda n: f"Organisation {n}")
    slug = factory.Sequence(lambda n: f"organisation-{n}")


class DiscussionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = participation.Discussion

    title = factory.Sequence(lambda n: f"Thing {n}")
    path = "/"
    is_public = True


def make_budget(
    *, phase: str | None = PhaseKind.SUBMISSION, parent: Page | None = None, slug="budget", **fields
):
    """Return a published budget page without areas whose phases are laid out so that `phase` is the one that runs now."""
    order = list(PhaseKind.values)
    budget = budgeting.ParticipatoryBudget(title=fields.pop("title", "Learning budget"), slug=slug, **fields)
    (parent or Site.objects.get(is_default_site=True).root_page).add_child(instance=budget)
    shift = order.index(phase) if phase else len(order)
    start = timezone.now() - dt.timedelta(days=30 * shift + 10)
    for index, kind in enumerate(order):
        budgeting.Phase.objects.create(
            budget=budget,
            kind=kind,
            opens_at=start + dt.timedelta(days=30 * index),
            closes_at=start + dt.timedelta(days=30 * (index + 1)),
            sort_order=index,
        )
    return budgeting.ParticipatoryBudget.objects.get(pk=budget.pk)


class AreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = budgeting.Area

    budget = factory.LazyFunction(make_budget)
    name = factory.Sequence(lambda n: f"Area {n}")
    amount_cents = 100_000_00


class ProposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = budgeting.Proposal

    area = factory.SubFactory(AreaFactory)
    budget = factory.SelfAttribute("area.budget")
    author = factory.SubFactory(ParticipantFactory)
    discussion = factory.SubFactory(DiscussionFactory)
    title = factory.Sequence(lambda n: f"Learn together {n}")
    summary = "Neighbours teach each other."
    description = "Once a week in the library."
    learning_goal = "To ask and to explain."
    learners = 40
    cost_cents = 10_000_00
    status = ProposalStatus.SUBMITTED
    submitted_at = factory.LazyFunction(timezone.now)


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = budgeting.Project

    area = factory.SubFactory(AreaFactory)
    budget = factory.SelfAttribute("area.budget")
    code = factory.Sequence(lambda n: str(n + 1))
    title = factory.Sequence(lambda n: f"Project {n}")
    cost_cents = 10_000_00


class PlaceCategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = mapping.PlaceCategory

    name = factory.Sequence(lambda n: f"Kind of place {n}")
    slug = factory.Sequence(lambda n: f"kind-{n}")


class AudienceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = mapping.Audience

    name = factory.Sequence(lambda n: f"Audience {n}")
    slug = factory.Sequence(lambda n: f"audience-{n}")


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = mapping.Topic

    name = factory.Sequence(lambda n: f"Topic {n}")
    slug = factory.Sequence(lambda n: f"topic-{n}")


class PlaceFactory(factory.django.DjangoModelFactory):
    """A published place, as a change of the map of its own."""

    class Meta:
        model = mapping.LearningPlace
        skip_postgeneration_save = True

    category = factory.SubFactory(PlaceCategoryFactory)
    name = factory.Sequence(lambda n: f"Place {n:04}")
    latitude = "53.550000"
    longitude = "9.990000"
    status = PlaceStatus.PUBLISHED

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with changing_the_map() as number:
            return super()._create(model_class, *args, map_version=number, **kwargs)


def make_places_page(*, parent: Page | None = None, slug="places", **fields) -> mapping.PlacesPage:
    """Return a published map of learning places."""
    page = mapping.PlacesPage(title=fields.pop("title", "Learning places"), slug=slug, **fields)
    (parent or Site.objects.get(is_default_site=True).root_page).add_child(instance=page)
    return mapping.PlacesPage.objects.get(pk=page.pk)


def make_committee(
    title: str = "Quarter Committee", *, home: Page | None = None, **facts
) -> participation.Committee:
    """Return a published committee below the home page, with nobody in it, as the database has it."""
    if home is None:
        home = Site.objects.get(is_default_site=True).root_page
    committee = home.add_child(
        instance=participation.Committee(
            title=title, slug=facts.pop("slug", title.lower().replace(" ", "-")), **facts
        )
    )
    return participation.Committee.objects.get(pk=committee.pk)


def let_in(
    committee: participation.Committee, person: participation.Participant, level: int
) -> participation.Participant:
    """Give a person access inside a committee; return the person."""
    participation.CommitteeAccess.objects.update_or_create(
        committee=committee, participant=person, defaults={"level": level}
    )
    return person
