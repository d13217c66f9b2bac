"""Meetings of committees: when, where, for whom; who comes; and the search for a date."""

import uuid

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participation.enums import (
    AttendanceState,
    DateAnswerChoice,
    MeetingForm,
    MeetingState,
    RegistrationState,
)
from participation.foundation.text import validate_plain_line
from participation.foundation.zones import city_zone, validate_zone


def new_uid() -> str:
    """Return a name that no other calendar entry in the world has (RFC 7986, section 5.3)."""
    return str(uuid.uuid4())


class MeetingSeries(models.Model):
    """A rule that repeats meetings (RFC 5545 RRULE); each date is a meeting of its own, so exceptions are changes of one."""

    committee = models.ForeignKey("participation.Committee", on_delete=models.CASCADE, related_name="series")
    rule = models.CharField(_("rule"), max_length=300)
    starts_on = models.DateField(_("first day"))
    starts_at = models.TimeField(_("begin"))
    minutes = models.PositiveIntegerField(_("length in minutes"), validators=[MinValueValidator(5)])
    zone = models.CharField(_("time zone"), max_length=60, default=city_zone, validators=[validate_zone])
    until_on = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("series of meetings")
        verbose_name_plural = _("series of meetings")

    def __str__(self):
        return self.rule


class Meeting(models.Model):
    """One meeting. `starts_at` and `ends_at` are in UTC, `zone` says on whose clock people read them.

    `sequence` rises with each change that invited calendars must learn (RFC 5545, section 3.8.7.4). `place_key` names a place
    that an upper app knows (`foundation.venues`); name, address and point are kept here as they were announced.
    """

    committee = models.ForeignKey(
        "participation.Committee", on_delete=models.CASCADE, related_name="meetings"
    )
    series = models.ForeignKey(
        MeetingSeries, null=True, blank=True, on_delete=models.SET_NULL, related_name="meetings"
    )
    uid = models.CharField(max_length=64, unique=True, default=new_uid, editable=False)
    title = models.CharField(_("title"), max_length=160, validators=[validate_plain_line])
    text = models.TextField(_("what it is about"), blank=True, max_length=5000)
    form = models.CharField(
        _("how people meet"), max_length=10, choices=MeetingForm.choices, default=MeetingForm.IN_PERSON
    )
    state = models.CharField(
        _("state"), max_length=10, choices=MeetingState.choices, default=MeetingState.DRAFT
    )
    starts_at = models.DateTimeField(_("begin"))
    ends_at = models.DateTimeField(_("end"))
    zone = models.CharField(_("time zone"), max_length=60, default=city_zone, validators=[validate_zone])
    venue_name = models.CharField(_("place"), max_length=160, blank=True, validators=[validate_plain_line])
    venue_address = models.CharField(
        _("address"), max_length=200, blank=True, validators=[validate_plain_line]
    )
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    place_key = models.CharField(max_length=80, blank=True, editable=False)
    online_url = models.URLField(
        _("address of the video call"),
        max_length=300,
        blank=True,
        help_text=_("Shown to the committee's people and to those who registered, from a day before."),
    )
    is_step_free = models.BooleanField(_("step-free"), null=True, blank=True)
    has_hearing_loop = models.BooleanField(_("hearing loop"), null=True, blank=True)
    interpretation = models.CharField(
        _("interpretation"),
        max_length=200,
        blank=True,
        help_text=_("Spoken and signed languages into which somebody interprets."),
    )
    access_note = models.CharField(
        _("help with taking part"),
        max_length=300,
        blank=True,
        help_text=_("For example: children are looked after; ask us for a lift."),
    )
    takes_registrations = models.BooleanField(_("people register"), default=False)
    capacity = models.PositiveIntegerField(
        _("seats for guests"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    taken = models.PositiveIntegerField(default=0, editable=False)
    agenda_closes_at = models.DateTimeField(_("items can be suggested until"), null=True, blank=True)
    agenda_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    announced_at = models.DateTimeField(null=True, blank=True, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_because = models.CharField(_("reason for cancelling"), max_length=300, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-starts_at", "pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [
            models.Index(fields=["committee", "-starts_at"], name="meetings_of_committee"),
            models.Index(fields=["state", "starts_at"], name="meetings_by_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_begin"),
            models.CheckConstraint(
                condition=Q(capacity=None) | Q(taken__lte=F("capacity")), name="meeting_is_never_overbooked"
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CANCELLED) | ~Q(cancelled_because=""),
                name="meeting_cancelled_with_reason",
            ),
            models.UniqueConstraint(
                fields=["series", "starts_at"],
                condition=Q(series__isnull=False),
                name="one_meeting_per_date_of_a_series",
            ),
        ]

    def __str__(self):
        return self.title


class MeetingRegistration(models.Model):
    """Somebody who said they will come; guests take seats, the committee's own members do not."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="registrations")
    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="meeting_registrations"
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=RegistrationState.choices,
        default=RegistrationState.CONFIRMED,
    )
    comes_online = models.BooleanField(_("takes part online"), default=False)
    needs = models.CharField(_("what would help me to take part"), max_length=300, blank=True)
    takes_seat = models.BooleanField(default=True, editable=False)
    registered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["registered_at", "pk"]
        verbose_name = _("registration for a meeting")
        verbose_name_plural = _("registrations for meetings")
        indexes = [models.Index(fields=["meeting", "state", "registered_at"], name="line_of_meeting")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "participant"], name="one_registration_per_person_and_meeting"
            )
        ]

    def __str__(self):
        return f"{self.participant} → {self.meeting}"


class DatePoll(models.Model):
    """A search for a date; once decided it leads to the meeting that came of it."""

    committee = models.ForeignKey(
        "participation.Committee", on_delete=models.CASCADE, related_name="date_polls"
    )
    title = models.CharField(_("title"), max_length=160, validators=[validate_plain_line])
    zone = models.CharField(_("time zone"), max_length=60, default=city_zone, validators=[validate_zone])
    closes_on = models.DateField(_("answer by"))
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    meeting = models.OneToOneField(
        Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="date_poll"
    )
    asked_by = models.ForeignKey(
        "participation.Participant", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("search for a date")
        verbose_name_plural = _("searches for a date")

    def __str__(self):
        return self.title


class DateOption(models.Model):
    """One date that is possible."""

    poll = models.ForeignKey(DatePoll, on_delete=models.CASCADE, related_name="options")
    starts_at = models.DateTimeField(_("begin"))
    ends_at = models.DateTimeField(_("end"))

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("possible date")
        verbose_name_plural = _("possible dates")
        constraints = [
            models.UniqueConstraint(fields=["poll", "starts_at"], name="one_option_per_date"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="option_ends_after_begin"),
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class DateAnswer(models.Model):
    """Whether one person can come at one date."""

    option = models.ForeignKey(DateOption, on_delete=models.CASCADE, related_name="answers")
    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="date_answers"
    )
    choice = models.CharField(_("answer"), max_length=5, choices=DateAnswerChoice.choices)

    class Meta:
        verbose_name = _("answer to a date")
        verbose_name_plural = _("answers to dates")
        constraints = [
            models.UniqueConstraint(fields=["option", "participant"], name="one_answer_per_person_and_date")
        ]

    def __str__(self):
        return f"{self.participant}: {self.choice}"


class Attendance(models.Model):
    """Who was at a meeting: a member with a vote (`membership`), or a guest by name."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(
        "participation.Membership", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    participant = models.ForeignKey(
        "participation.Participant",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="attendances",
    )
    name = models.CharField(_("name"), max_length=80, validators=[validate_plain_line])
    state = models.CharField(
        _("attendance"), max_length=8, choices=AttendanceState.choices, default=AttendanceState.ABSENT
    )
    arrived_at = models.DateTimeField(_("came"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"],
                condition=Q(membership__isnull=False),
                name="one_attendance_per_member_and_meeting",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(arrived_at=None) | Q(left_at__gte=F("arrived_at")),
                name="attendance_leaves_after_coming",
            ),
        ]

    def __str__(self):
        return self.name
