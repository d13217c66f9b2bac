"""Sessions: the times at which an event happens, each a row of its own with its own seats; and what repeats them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from learning_events.enums import SessionStatus
from participation.foundation.text import validate_plain_line
from participation.foundation.zones import city_zone, validate_zone


class Recurrence(models.Model):
    """A rule that repeats sessions, as in RFC 5545; the dates it gives are rows, so exceptions are changes of one row.

    `starts_at` is the first date on the zone's own clock (naive), so that 18:00 stays 18:00 over a clock change.
    """

    event = models.ForeignKey(
        "learning_events.EventPage", on_delete=models.CASCADE, related_name="recurrences"
    )
    rule = models.CharField(_("rule"), max_length=500)
    starts_on = models.DateField(_("first day"))
    starts_at = models.TimeField(_("begin"))
    minutes = models.PositiveIntegerField(_("length in minutes"))
    zone = models.CharField(_("time zone"), max_length=60, default=city_zone, validators=[validate_zone])
    until_on = models.DateField(_("last day of the sessions that were made"))

    class Meta:
        verbose_name = _("repetition")
        verbose_name_plural = _("repetitions")

    def __str__(self):
        return self.rule


class Session(models.Model):
    """One time at which an event happens. Every change goes through `learning_events.domain.session`.

    `starts_at` and `ends_at` are in UTC; `zone` says on whose clock people read them. `seats` is None where nobody counts,
    `seats_kept` of them are for people at the door and on the telephone. `taken` counts seats held, offered and confirmed,
    `taken_kept` those of them that were kept, and `waiting` the people on the waiting list; all three are written by
    `domain.registration` alone. The constraint makes overbooking impossible.
    """

    event = models.ForeignKey("learning_events.EventPage", on_delete=models.CASCADE, related_name="sessions")
    uid = models.CharField(max_length=200, unique=True, editable=False)
    starts_at = models.DateTimeField(_("begin"))
    ends_at = models.DateTimeField(_("end"))
    zone = models.CharField(_("time zone"), max_length=60, default=city_zone, validators=[validate_zone])
    is_all_day = models.BooleanField(_("the whole day"), default=False)
    place = models.ForeignKey(
        "mapping.LearningPlace",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sessions",
        verbose_name=_("place, if not that of the event"),
    )
    room = models.CharField(_("room"), max_length=80, blank=True, validators=[validate_plain_line])
    note = models.CharField(_("note"), max_length=300, blank=True)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True)
    seats_kept = models.PositiveIntegerField(
        _("of them for people at the door and on the telephone"), default=0
    )
    taken = models.PositiveIntegerField(default=0, editable=False)
    taken_kept = models.PositiveIntegerField(default=0, editable=False)
    waiting = models.PositiveIntegerField(default=0, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=SessionStatus.choices, default=SessionStatus.PLANNED
    )
    status_reason = models.CharField(_("reason, for everybody to read"), max_length=300, blank=True)
    previous_starts_at = models.DateTimeField(null=True, blank=True, editable=False)
    announced_at = models.DateTimeField(_("told as a late change at"), null=True, blank=True, editable=False)
    recurrence = models.ForeignKey(
        Recurrence, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="sessions"
    )
    is_exception = models.BooleanField(_("changed apart from its series"), default=False, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [
            models.Index(fields=["starts_at", "ends_at"], name="sessions_by_time"),
            models.Index(fields=["event", "starts_at"], name="sessions_of_event"),
            models.Index(fields=["place", "starts_at"], name="sessions_at_place"),
            models.Index(
                fields=["announced_at"], name="sessions_changed_late", condition=Q(announced_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_begin"),
            models.CheckConstraint(
                condition=Q(seats=None) | Q(taken__lte=F("seats")), name="session_is_never_oversold"
            ),
            models.CheckConstraint(
                condition=Q(seats=None) | Q(seats_kept__lte=F("seats")), name="session_keeps_seats_it_has"
            ),
        ]

    def __str__(self):
        return f"{self.event} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def is_cancelled(self) -> bool:
        return self.status == SessionStatus.CANCELLED


class ProgrammeVersion(models.Model):
    """The one row whose number rises with every change of what the public programme shows; feeds are kept by it."""

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("version of the programme")
        verbose_name_plural = _("versions of the programme")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_version_of_the_programme")]

    def __str__(self):
        return str(self.number)
