"""Rooms of places on the map and how many people they hold, as editors know it; clashes are told by it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from participation.foundation.text import validate_plain_line


class Room(models.Model):
    """One room of a place, or the whole place where the name is empty."""

    place = models.ForeignKey(
        "mapping.LearningPlace",
        on_delete=models.CASCADE,
        related_name="rooms",
        verbose_name=_("place on the map"),
    )
    name = models.CharField(
        _("room"),
        max_length=80,
        blank=True,
        validators=[validate_plain_line],
        help_text=_("As organisers write it with their sessions. Empty: the whole place."),
    )
    people = models.PositiveIntegerField(
        _("people it holds"), validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )

    class Meta:
        ordering = ["place__name", "name", "pk"]
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.UniqueConstraint(
                "place",
                Lower("name"),
                name="room_is_listed_once",
                violation_error_message=_(
                    "This room of the place is listed already. Please change that entry."
                ),
            ),
            models.CheckConstraint(condition=models.Q(people__gte=1), name="room_holds_somebody"),
        ]

    def __str__(self):
        return f"{self.place}, {self.name}" if self.name else str(self.place)
