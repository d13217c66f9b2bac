"""A person's own places, for the profile."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mapping.enums import PlaceStatus, SubmissionState
from mapping.queries.stewardship import places_of
from mapping.queries.submission import page_for_registrations, submissions_of
from participation.foundation.own_things import OwnThing

HEADING = _("My places")
_TONES = {
    SubmissionState.WAITING: "info",
    SubmissionState.RETURNED: "warn",
    SubmissionState.REFUSED: "bad",
    PlaceStatus.PUBLISHED: "good",
    PlaceStatus.HIDDEN: "bad",
}
SHOWN = 50


def things(participant) -> list[OwnThing]:
    """Return what this person registers and looks after; nothing where the site has no map."""
    page = page_for_registrations()
    if page is None:
        return []
    registered = [
        OwnThing(
            submission.place.name,
            page.url_of("registration", submission.key),
            capfirst(submission.get_state_display()),
            _TONES.get(submission.state, "quiet"),
        )
        for submission in submissions_of(participant)[:SHOWN]
    ]
    kept = [
        OwnThing(
            place.name,
            page.url_of("place", place.pk),
            capfirst(place.get_status_display()),
            _TONES.get(place.status, "quiet"),
        )
        for place in places_of(participant)[:SHOWN]
    ]
    return [*registered, *kept]
