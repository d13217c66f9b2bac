"""What waits for moderators of the map."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mapping.queries.report import count_open_reports
from mapping.queries.submission import count_waiting
from mapping.rules import may_moderate_places
from participation.foundation.moderation_queues import OtherQueue


def queues(user) -> list[OtherQueue]:
    """Return reported errors and registrations of places, for who may decide about them."""
    if not may_moderate_places(user):
        return []
    return [
        OtherQueue(_("Reported errors of places"), count_open_reports(), reverse("mapping_place_reports")),
        OtherQueue(
            _("Registrations of places"), count_waiting(), reverse("mapping_registrations") + "?state=waiting"
        ),
    ]
