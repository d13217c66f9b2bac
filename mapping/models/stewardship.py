"""How a place gets onto the map, and who looks after it from then on."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mapping.enums import RequestState, SubmissionState


class Stewardship(models.Model):
    """A person who looks after a place: a participant, or somebody known by an address for mail alone.

    The people of the place's organisation look after it too, without a row here.
    """

    place = models.ForeignKey("mapping.LearningPlace", on_delete=models.CASCADE, related_name="stewardships")
    participant = models.ForeignKey(
        "participation.Participant",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="stewardships",
    )
    email = models.EmailField(_("e-mail, never shown"), blank=True)
    since_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("steward of a place")
        verbose_name_plural = _("stewards of places")
        constraints = [
            models.CheckConstraint(
                condition=Q(participant__isnull=False, email="") | Q(participant__isnull=True) & ~Q(email=""),
                name="steward_is_participant_or_address",
            ),
            models.UniqueConstraint(
                fields=["place", "participant"],
                condition=Q(participant__isnull=False),
                name="one_stewardship_per_person",
            ),
            models.UniqueConstraint(
                fields=["place", "email"], condition=~Q(email=""), name="one_stewardship_per_address"
            ),
        ]

    def __str__(self):
        return f"{self.place_id}"


class StewardshipRequest(models.Model):
    """Somebody asks that an organisation they act for may look after a place; only moderators read and decide it."""

    place = models.ForeignKey(
        "mapping.LearningPlace", on_delete=models.CASCADE, related_name="stewardship_requests"
    )
    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="stewardship_requests"
    )
    organisation = models.ForeignKey(
        "participation.Organisation", on_delete=models.CASCADE, related_name="stewardship_requests"
    )
    message = models.TextField(_("message to the moderators"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=RequestState.choices, default=RequestState.OPEN
    )
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("request to look after a place")
        verbose_name_plural = _("requests to look after places")
        indexes = [models.Index(fields=["state", "created_at"], name="steward_requests_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "organisation"],
                condition=Q(state=RequestState.OPEN),
                name="one_open_request_per_organisation",
            )
        ]

    def __str__(self):
        return f"{self.organisation}: {self.place}"


class PlaceSubmission(models.Model):
    """One registration of a place: who sends it, how far it is, and what the moderators said.

    `key` is 128 random bits and the only way in for somebody without an account; `email` is erased once it is decided and
    kept from then on in the stewardship.
    """

    place = models.OneToOneField("mapping.LearningPlace", on_delete=models.CASCADE, related_name="submission")
    key = models.CharField(max_length=32, unique=True, editable=False)
    participant = models.ForeignKey(
        "participation.Participant",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="place_submissions",
    )
    email = models.EmailField(_("e-mail, never shown"), blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=SubmissionState.choices, default=SubmissionState.DRAFT
    )
    message = models.TextField(_("message to the moderators"), max_length=1000, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("registration of a place")
        verbose_name_plural = _("registrations of places")
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="place_submissions_by_state"),
            models.Index(fields=["participant", "-created_at"], name="place_submissions_of_person"),
        ]

    def __str__(self):
        return str(self.place)
