"""Who takes part."""

from django.utils.module_loading import import_string

from participation.foundation.modules import modules_named
from participation.foundation.own_things import OwnThing
from participation.models import Participant


def participant_of(user) -> Participant | None:
    """Return the person behind `user`, with the neighbourhood; None for strangers and who has no public name yet."""
    if not user.is_authenticated:
        return None
    return Participant.objects.select_related("neighbourhood", "register_entry").filter(user=user).first()


def participant_by_address(email: str) -> Participant | None:
    """Return the active person with exactly this e-mail address: for staff at the desk only."""
    return (
        Participant.objects.select_related("user", "neighbourhood")
        .filter(user__email=email.strip().lower(), user__is_active=True)
        .first()
    )


def own_things(participant: Participant) -> list[tuple[str, list[OwnThing]]]:
    """Return what each app's `own_things.py` lists for this person, as (heading, things), empty lists left out."""
    found = [(str(module.HEADING), module.things(participant)) for module in modules_named("own_things")]
    return [(heading, things) for heading, things in found if things]


def verifiers(paths) -> dict:
    """Return the verifiers of the setting PARTICIPATION_VERIFIERS by their name, in the order of the setting."""
    return {verifier.name: verifier for verifier in (import_string(path)() for path in paths)}
