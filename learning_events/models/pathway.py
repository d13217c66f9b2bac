"""Learning pathways: sets of events, places and badges that belong together, and how far people are; and their own notes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from learning_events.enums import StepWay
from participation.foundation.text import validate_plain_line


class Pathway(ClusterableModel):
    """Steps that lead somewhere, in an order or free, with a badge at the end or without one."""

    title = models.CharField(_("title"), max_length=120, validators=[validate_plain_line])
    slug = models.SlugField(_("short name in addresses"), max_length=120, unique=True)
    summary = models.CharField(_("in one sentence"), max_length=200)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    is_ordered = models.BooleanField(_("the steps have to be taken in this order"), default=False)
    trusts_word = models.BooleanField(
        _("people may say themselves that they were at a place"),
        default=True,
        help_text=_("Otherwise only the code at the place counts."),
    )
    achievement = models.ForeignKey(
        "learning_events.Achievement",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pathways",
        verbose_name=_("badge for all steps"),
    )
    is_public = models.BooleanField(_("shown to everybody"), default=True)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("learning pathway")
        verbose_name_plural = _("learning pathways")

    def __str__(self):
        return self.title


class PathwayStep(Orderable):
    """One step: an event to take part in, a place to visit, or a badge to earn."""

    pathway = ParentalKey(Pathway, on_delete=models.CASCADE, related_name="steps")
    event = models.ForeignKey(
        "learning_events.EventPage",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="pathway_steps",
        verbose_name=_("event"),
    )
    place = models.ForeignKey(
        "mapping.LearningPlace",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="pathway_steps",
        verbose_name=_("place"),
    )
    achievement = models.ForeignKey(
        "learning_events.Achievement",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="pathway_steps",
        verbose_name=_("badge"),
    )
    note = models.CharField(_("what to do there"), max_length=200, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=False, place__isnull=True, achievement__isnull=True)
                | Q(event__isnull=True, place__isnull=False, achievement__isnull=True)
                | Q(event__isnull=True, place__isnull=True, achievement__isnull=False),
                name="step_is_one_thing",
            )
        ]

    def __str__(self):
        return str(self.event or self.place or self.achievement)

    def clean(self):
        from django.core.exceptions import ValidationError

        super().clean()
        if sum(bool(each) for each in (self.event_id, self.place_id, self.achievement_id)) != 1:
            raise ValidationError(_("Please choose one thing for each step: an event, a place or a badge."))


class StepDone(models.Model):
    """A step that somebody has taken."""

    step = models.ForeignKey(PathwayStep, on_delete=models.CASCADE, related_name="done")
    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="steps_done"
    )
    way = models.CharField(_("how"), max_length=10, choices=StepWay.choices)
    done_at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["done_at", "pk"]
        verbose_name = _("step done")
        verbose_name_plural = _("steps done")
        constraints = [models.UniqueConstraint(fields=["step", "participant"], name="step_done_once")]

    def __str__(self):
        return f"{self.step} {self.done_at:%Y-%m-%d}"


class LearningNote(models.Model):
    """What somebody writes down about their own learning; nobody else ever sees it."""

    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="learning_notes"
    )
    learned_on = models.DateField(_("day"))
    text = models.TextField(_("note"), max_length=2000)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-learned_on", "-pk"]
        verbose_name = _("learning note")
        verbose_name_plural = _("learning notes")
        indexes = [models.Index(fields=["participant", "-learned_on"], name="notes_of_person")]

    def __str__(self):
        return self.text[:40]
