"""Live rooms: one of a meeting, who is in it, what happened in it, and what came of it."""

import secrets

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.enums import RoomAccess, RoomState, StatementCheck, WallView
from participation.foundation.text import validate_plain_line

# Without letters and digits that people mix up when they read them from a wall.
CODE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 6


def new_code() -> str:
    """Return a short code that people type from the wall; it says nothing and lets nobody in who may not read the room."""
    return "".join(secrets.choice(CODE_SIGNS) for _each in range(CODE_LENGTH))


class Room(models.Model):
    """A meeting's live room.

    `version` rises with everything that changes what people see, inside the transaction that changes it, and numbers the
    events without gaps. Single votes do not touch this row: thousands of people would wait for it.
    """

    meeting = models.OneToOneField("participation.Meeting", on_delete=models.CASCADE, related_name="room")
    code = models.CharField(_("short code"), max_length=8, unique=True, default=new_code, editable=False)
    prompt = models.CharField(
        _("what people think about"),
        max_length=200,
        validators=[validate_plain_line],
        help_text=_("One question, for example: How shall we use the old depot?"),
    )
    state = models.CharField(_("state"), max_length=10, choices=RoomState.choices, default=RoomState.DRAFT)
    access = models.CharField(
        _("who may act"), max_length=10, choices=RoomAccess.choices, default=RoomAccess.SIGNED_IN
    )
    check_statements = models.CharField(
        _("statements"), max_length=8, choices=StatementCheck.choices, default=StatementCheck.BEFORE
    )
    groups_from = models.PositiveSmallIntegerField(
        _("show opinion groups from so many people"),
        default=30,
        validators=[MinValueValidator(15), MaxValueValidator(1000)],
        help_text=_(
            "Below that, a picture of groups would tell more about single people than about opinions."
        ),
    )
    wall = models.CharField(
        _("on the big screen"), max_length=12, choices=WallView.choices, default=WallView.WELCOME
    )
    version = models.PositiveBigIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RoomState.CLOSED, closed_at__isnull=False)
                | (~Q(state=RoomState.CLOSED) & Q(closed_at=None)),
                name="room_closed_with_moment",
            )
        ]

    def __str__(self):
        return self.prompt


class RoomPerson(models.Model):
    """Somebody in a room: a participant, or a guest whom only the browser's session knows."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="people")
    participant = models.ForeignKey(
        "participation.Participant",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="rooms",
    )
    name = models.CharField(_("name"), max_length=80, validators=[validate_plain_line])
    is_guest = models.BooleanField(_("guest"), default=False)
    is_muted = models.BooleanField(_("muted"), default=False)
    came_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("person in a room")
        verbose_name_plural = _("people in rooms")
        constraints = [
            models.UniqueConstraint(
                fields=["room", "participant"],
                condition=Q(participant__isnull=False),
                name="one_place_per_room_and_person",
            )
        ]

    def __str__(self):
        return self.name


class RoomEvent(models.Model):
    """What happened in a room, numbered by the room's version; rows are only ever added."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="events")
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=30)
    person = models.ForeignKey(
        RoomPerson, null=True, blank=True, on_delete=models.SET_NULL, related_name="events"
    )
    facts = models.JSONField(default=dict)
    happened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["seq"]
        verbose_name = _("event in a room")
        verbose_name_plural = _("events in rooms")
        constraints = [models.UniqueConstraint(fields=["room", "seq"], name="one_event_per_version")]

    def __str__(self):
        return f"{self.seq}: {self.kind}"


class OpinionPicture(models.Model):
    """The opinion groups of a room as last computed (`domain.room.opinion`).

    `content` is what everybody may see, empty while too few have voted. `lots` say how likely each statement is drawn next.
    `memory` lets the next process go on where the last one stopped; it names people and leaves this table for nobody.
    """

    room = models.OneToOneField(Room, on_delete=models.CASCADE, related_name="picture")
    content = models.JSONField(default=dict)
    lots = models.JSONField(default=dict)
    memory = models.JSONField(null=True)
    computed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("opinion picture")
        verbose_name_plural = _("opinion pictures")

    def __str__(self):
        return str(self.room)


class RoomReport(models.Model):
    """What a room was when it closed; it does not change afterwards."""

    room = models.OneToOneField(Room, on_delete=models.CASCADE, related_name="report")
    content = models.JSONField()
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("report of a room")
        verbose_name_plural = _("reports of rooms")

    def __str__(self):
        return str(self.room)
