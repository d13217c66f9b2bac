"""When people want their mails, and the digests made for them."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.enums import Rhythm, Weekday

DEFAULT_HOUR = 7


class MailPlan(models.Model):
    """When one person wants mails that can wait; who has none gets a digest every day at seven on the site's clock."""

    participant = models.OneToOneField(
        "participation.Participant", on_delete=models.CASCADE, primary_key=True, related_name="mail_plan"
    )
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.DAILY)
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices, default=Weekday.MONDAY)
    hour = models.PositiveSmallIntegerField(default=DEFAULT_HOUR, validators=[MaxValueValidator(23)])
    zone = models.CharField(_("time zone"), max_length=60, blank=True, help_text=_("Empty: the site's own."))
    quiet_from = models.PositiveSmallIntegerField(null=True, blank=True)
    quiet_until = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("times of mails")
        verbose_name_plural = _("times of mails")
        constraints = [
            models.CheckConstraint(
                condition=Q(hour__lte=23, weekday__lte=6)
                & (Q(quiet_from=None, quiet_until=None) | Q(quiet_from__lte=23, quiet_until__lte=23)),
                name="mail_plan_has_hours_of_a_day",
            )
        ]

    def __str__(self):
        return f"{self.participant_id}: {self.get_rhythm_display()}"


class KindChoice(models.Model):
    """A kind of notice that one person wants in another rhythm than the rest."""

    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="kind_choices"
    )
    kind = models.CharField(max_length=60)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)

    class Meta:
        verbose_name = _("rhythm of a kind of notice")
        verbose_name_plural = _("rhythms of kinds of notices")
        constraints = [
            models.UniqueConstraint(fields=["participant", "kind"], name="one_rhythm_per_person_and_kind")
        ]

    def __str__(self):
        return f"{self.kind}: {self.rhythm}"


class Digest(models.Model):
    """The notices gathered for one person in one mail: one a day at most. `run` names the batch that made it."""

    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="digests"
    )
    day = models.DateField()
    run = models.CharField(max_length=32, db_index=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [
            models.UniqueConstraint(fields=["participant", "day"], name="one_digest_per_person_and_day")
        ]

    def __str__(self):
        return f"{self.participant_id}: {self.day}"
