"""What the map holds about a person. Places themselves are about spaces, not people."""

from django.utils.translation import gettext_lazy as _

from mapping.domain.submission import erase_unpublished_places_of
from mapping.models import PlaceImport, PlaceReport, PlaceSubmission, StewardshipRequest
from participation.foundation.personal_data import Held, OnErasure


def _erase_registrations(user) -> None:
    erase_unpublished_places_of(user)
    PlaceSubmission.objects.filter(decided_by=user).update(decided_by=None)
    PlaceReport.objects.filter(decided_by=user).update(decided_by=None)
    StewardshipRequest.objects.filter(decided_by=user).update(decided_by=None)


def _forget_reporter(user) -> None:
    PlaceReport.objects.filter(participant__user=user).update(participant=None, email="")


HELD = (
    Held(
        "mapping.Stewardship",
        _("Learning places you look after."),
        OnErasure.ERASE,
        _("The place stays on the map without you."),
        of="participant__user",
        columns=("place__name", "since_at"),
    ),
    Held(
        "mapping.StewardshipRequest",
        _("Learning places you asked to look after for an organisation."),
        OnErasure.ERASE,
        _("If it was granted, the organisation goes on looking after the place."),
        of="participant__user",
        columns=(
            "place__name",
            "organisation__name",
            "message",
            "state",
            "answer",
            "created_at",
            "decided_at",
        ),
    ),
    Held(
        "mapping.PlaceSubmission",
        _("Learning places you registered."),
        OnErasure.ERASE,
        _(
            "A place on the map stays there; that it was you who registered it is forgotten. What is not on the map yet is "
            "deleted."
        ),
        of="participant__user",
        columns=("place__name", "state", "message", "reason", "created_at", "submitted_at", "decided_at"),
        erase=_erase_registrations,
    ),
    Held(
        "mapping.PlaceReport",
        _("Errors on the map that you reported."),
        OnErasure.ANONYMISE,
        _("What is wrong on the map must still be mended; your name and address are removed."),
        of="participant__user",
        columns=("place__name", "kind", "text", "email", "state", "answer", "created_at", "decided_at"),
        erase=_forget_reporter,
    ),
    Held(
        "mapping.Scout",
        _("Neighbourhoods in which you look after the truth of the map."),
        OnErasure.ERASE,
        _("Being a scout is a person's own decision."),
        of="participant__user",
        columns=("neighbourhood__name", "since_at"),
    ),
    Held(
        "mapping.Verification",
        _("Questions whether a place is still correct, and your answers."),
        OnErasure.ERASE,
        _("When a place was last confirmed is kept at the place, without saying by whom."),
        of="participant__user",
        columns=("place__name", "asked_at", "answer", "answered_at"),
    ),
    Held(
        "mapping.PlaceImport",
        _("Files of places you brought in as staff."),
        OnErasure.ANONYMISE,
        _("Where places come from is kept; who brought them in is forgotten."),
        of=lambda user: PlaceImport.objects.filter(created_by=user),
        columns=("file_name", "created_at", "added", "changed"),
    ),
)
