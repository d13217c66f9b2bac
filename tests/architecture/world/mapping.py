"""The map of learning places."""

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from mapping.domain.submission import send_submission, start_submission
from mapping.domain.verification import token_of
from mapping.enums import PlaceStatus
from mapping.models import PlaceReport, Stewardship, StewardshipRequest, Verification
from tests import factories
from tests.architecture.world.city import World


def build(world: World) -> None:
    """A map of learning places with a place in each state that decides who may see it."""
    kind = factories.PlaceCategoryFactory(name="Library", slug="library", symbol="book")
    factories.TopicFactory(name="Reading", slug="reading")
    factories.AudienceFactory(name="Families", slug="families")
    place = factories.PlaceFactory(name="Harbour library", category=kind, opening_hours="Mo-Fr 10:00-18:00")
    world.things |= {
        "map": factories.make_places_page(),
        "kind_of_place": kind,
        "place": place,
        "merged_place": factories.PlaceFactory(
            name="Harbor library", category=kind, status=PlaceStatus.MERGED, successor=place
        ),
    }
    for status in (PlaceStatus.DRAFT, PlaceStatus.HIDDEN):
        world.things[f"{status}_place"] = factories.PlaceFactory(
            name=f"A {status} place", category=kind, status=status
        )
    facts = {"category": kind, "summary": "For everybody.", "street": "Quay 3"}
    for name, user in (("own_registration", world.author.user), ("open_registration", AnonymousUser())):
        world.things[name] = start_submission(facts={**facts, "name": f"An {name}"}, by=user)
    waiting = start_submission(facts={**facts, "name": "A waiting room"}, by=world.author.user)
    world.things["waiting_registration"] = send_submission(waiting, by=world.author.user)
    _build_truth(world)


def _build_truth(world: World) -> None:
    """A place with a steward who is asked, and with a report that waits."""
    place = factories.PlaceFactory(name="Mending room", category=world.kind_of_place)
    Stewardship.objects.create(place=place, participant=world.author)
    row = Verification.objects.create(
        place=place, asked="steward", participant=world.author, round=1, asked_at=timezone.now()
    )
    PlaceReport.objects.create(place=place, kind="hours", text="Open until six.")
    StewardshipRequest.objects.create(
        place=place, participant=world.author, organisation=world.organisation, message="We mend there."
    )
    world.things |= {"kept_place": place, "question": token_of(row)}
