"""Words that must not be seen of places that are not on the map, and of who looks after them."""

from django.contrib.auth.models import AnonymousUser

from mapping.domain.submission import start_submission
from mapping.domain.version import changing_the_map
from mapping.enums import PlaceStatus, SubmissionState
from mapping.models import (
    LearningPlace,
    PlaceReport,
    PlaceSubmission,
    Scout,
    Stewardship,
    StewardshipRequest,
)
from tests.architecture.canaries.canary import Canary, kept, page
from tests.architecture.world import World
from tests.factories import ParticipantFactory


def plant(world: World) -> dict[str, Canary]:
    """Put words to look for into what the map knows of people, and into places that are not on it."""
    with changing_the_map(all_of_it=True):
        LearningPlace.objects.filter(pk=world.draft_place.pk).update(
            name="Canary draft place", street="Canary Lane 3", latitude="53.123457", longitude="9.987651"
        )
        LearningPlace.objects.filter(pk=world.hidden_place.pk).update(
            name="Canary hidden place", phone="040 271 8281", status_reason="Canary hidden because"
        )
    person = ParticipantFactory(display_name="Canary Neighbour")
    scout = Scout.objects.create(participant=person, neighbourhood=world.neighbourhood)
    steward = Stewardship.objects.create(place=world.place, participant=person)
    address = Stewardship.objects.create(place=world.place, email="canary-steward@example.org")
    facts = {"name": "Canary waiting place", "category": world.kind_of_place}
    sent = start_submission(facts=facts, by=AnonymousUser())
    LearningPlace.objects.filter(pk=sent.place_id).update(status=PlaceStatus.PENDING)
    PlaceSubmission.objects.filter(pk=sent.pk).update(
        email="canary-registrant@example.org",
        state=SubmissionState.WAITING,
        message="Canary to the moderators",
        reason="Canary because of",
    )
    report = PlaceReport.objects.create(
        place=world.kept_place, kind="other", text="Canary report", email="canary-reporter@example.org"
    )
    request = StewardshipRequest.objects.get(place=world.kept_place)
    StewardshipRequest.objects.filter(pk=request.pk).update(message="Canary asks", answer="Canary answers")
    draft, hidden = world.draft_place, world.hidden_place
    return {
        "name of a draft place": Canary("Canary draft place", kept(draft, "name")),
        "street of a draft place": Canary("Canary Lane 3", kept(draft, "street")),
        "point of a draft place": Canary("53.123457", kept(draft, "latitude")),
        "hidden place": Canary("Canary hidden place", kept(hidden, "name")),
        "telephone of a hidden place": Canary("040 271 8281", kept(hidden, "phone")),
        "why a place is hidden": Canary("Canary hidden because", kept(hidden, "status_reason")),
        "who scouts or looks after": Canary(
            "Canary Neighbour",
            lambda _w: f"{scout.participant.display_name} {steward.participant.display_name}",
        ),
        "address of a steward": Canary("canary-steward@example.org", kept(address, "email")),
        "place that waits": Canary("Canary waiting place", kept(sent.place, "name")),
        "key of a registration": Canary(sent.key, kept(sent, "key")),
        "address of who registers": Canary("canary-registrant@example.org", kept(sent, "email")),
        "message to moderators": Canary("Canary to the moderators", kept(sent, "message")),
        "why a place was refused": Canary("Canary because of", kept(sent, "reason")),
        "words of a report": Canary("Canary report", page(lambda w: w.map.url_of("own_reports"))),
        "address of who reports": Canary("canary-reporter@example.org", kept(report, "email")),
        "request to look after": Canary("Canary asks", kept(request, "message")),
        "answer to the request": Canary("Canary answers", kept(request, "answer")),
    }
