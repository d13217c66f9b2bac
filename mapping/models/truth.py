"""What keeps the map true: questions to those who know a place, their answers, and reports of what is wrong."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mapping.enums import ReportKind, ReportState, VerificationAnswer, VerifiedBy


class Scout(models.Model):
    """A neighbour who is willing to look whether places of a neighbourhood are still as the map says."""

    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="scouting"
    )
    neighbourhood = models.ForeignKey(
        "participation.Neighbourhood", on_delete=models.CASCADE, related_name="scouts"
    )
    since_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("scout")
        verbose_name_plural = _("scouts")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "neighbourhood"], name="one_scout_per_person_and_neighbourhood"
            )
        ]

    def __str__(self):
        return f"{self.participant} – {self.neighbourhood}"


class Verification(models.Model):
    """One question "is this still correct?" to one person, and the answer."""

    place = models.ForeignKey("mapping.LearningPlace", on_delete=models.CASCADE, related_name="verifications")
    asked = models.CharField(max_length=10, choices=VerifiedBy.choices)
    participant = models.ForeignKey(
        "participation.Participant",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="verifications",
    )
    email = models.EmailField(blank=True)
    round = models.PositiveIntegerField(
        help_text=_("Which of the place's rounds of questions this belongs to.")
    )
    asked_at = models.DateTimeField()
    answer = models.CharField(
        max_length=10, choices=VerificationAnswer.choices, default=VerificationAnswer.NONE, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        indexes = [models.Index(fields=["place", "-asked_at"], name="verifications_of_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(participant__isnull=False, email="") | Q(participant__isnull=True) & ~Q(email=""),
                name="verification_asks_somebody",
            ),
            models.UniqueConstraint(
                fields=["place", "round", "participant"],
                condition=Q(participant__isnull=False),
                name="one_question_per_round_and_person",
            ),
            models.UniqueConstraint(
                fields=["place", "round", "email"],
                condition=~Q(email=""),
                name="one_question_per_round_and_address",
            ),
        ]

    def __str__(self):
        return f"{self.place} {self.asked_at:%Y-%m-%d}"


class PlaceReport(models.Model):
    """Somebody says that a place is not as the map says."""

    place = models.ForeignKey("mapping.LearningPlace", on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(_("what is wrong"), max_length=12, choices=ReportKind.choices)
    text = models.TextField(_("in your words"), max_length=1000, blank=True)
    participant = models.ForeignKey(
        "participation.Participant",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="place_reports",
    )
    email = models.EmailField(_("e-mail for an answer"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=ReportState.choices, default=ReportState.OPEN)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("report on a place")
        verbose_name_plural = _("reports on places")
        indexes = [
            models.Index(fields=["state", "created_at"], name="place_reports_by_state"),
            models.Index(fields=["place", "state"], name="place_reports_of_place"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.place}"


class DistinctPlaces(models.Model):
    """Two entries that look like one place and, as a moderator found, are two; `first` is the one with the lower number."""

    first = models.ForeignKey("mapping.LearningPlace", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("mapping.LearningPlace", on_delete=models.CASCADE, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("pair of distinct places")
        verbose_name_plural = _("pairs of distinct places")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_of_distinct_places_noted_once"),
            models.CheckConstraint(condition=Q(first__lt=models.F("second")), name="lower_number_first"),
        ]

    def __str__(self):
        return f"{self.first} – {self.second}"
