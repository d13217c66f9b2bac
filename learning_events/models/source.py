"""Calendars that organisers bring along: where they are, what each reading found, and which event came from which entry."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning_events.enums import RunState, SourceState
from participation.foundation.text import validate_plain_line


class CalendarSource(models.Model):
    """A calendar or programme of an organiser, at an address or in a file, that brings its events into a festival.

    `content` is what was read last and not yet brought in, gzip-compressed; `etag` and `last_modified` are what the server
    said of it. Only `learning_events.domain.bringing_in` writes here.
    """

    festival = models.ForeignKey(
        "learning_events.Festival", on_delete=models.CASCADE, related_name="calendar_sources"
    )
    organisation = models.ForeignKey(
        "participation.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="calendar_sources",
    )
    participant = models.ForeignKey(
        "participation.Participant",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="calendar_sources",
    )
    title = models.CharField(_("name"), max_length=120, validators=[validate_plain_line])
    address = models.URLField(_("address of the calendar"), max_length=1000, blank=True)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    kind = models.ForeignKey(
        "learning_events.EventKind",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("kind of event, where the calendar does not say"),
    )
    any_day = models.BooleanField(
        _("also what lies outside of the festival's days"),
        default=False,
        help_text=_("For courses that run all year."),
    )
    format = models.CharField(_("kind of calendar"), max_length=30, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=SourceState.choices, default=SourceState.PREVIEW
    )
    content = models.BinaryField(null=True, editable=False)
    content_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    etag = models.CharField(max_length=300, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    fetched_at = models.DateTimeField(_("last looked at"), null=True, blank=True)
    changed_at = models.DateTimeField(_("last changed"), null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    trouble = models.CharField(_("what went wrong last"), max_length=500, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("calendar brought along")
        verbose_name_plural = _("calendars brought along")
        indexes = [
            models.Index(fields=["next_at"], name="calendars_due", condition=Q(next_at__isnull=False)),
        ]

    def __str__(self):
        return self.title

    @property
    def is_stopped(self) -> bool:
        return self.state == SourceState.STOPPED


class SourceRun(models.Model):
    """One reading of a source: what it would do or has done, in counts, problems and differences."""

    source = models.ForeignKey(CalendarSource, on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(_("state"), max_length=10, choices=RunState.choices)
    started_at = models.DateTimeField(auto_now_add=True)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    differences = models.JSONField(default=list)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("reading of a calendar")
        verbose_name_plural = _("readings of calendars")

    def __str__(self):
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}"


class ImportedEvent(models.Model):
    """Which event came from which entry of a source.

    `said` is the entry as it was read last; `written` the facts it gave the event then, so that what the organiser has
    changed here since is known and kept; `sessions` leads from the source's names of dates to our sessions; `waiting` holds
    what the source changed in sessions of a published event, until somebody takes it over. Without `event`, somebody has
    deleted the draft, and the entry is passed over from then on.
    """

    source = models.ForeignKey(CalendarSource, on_delete=models.CASCADE, related_name="events")
    uid = models.CharField(max_length=500)
    event = models.OneToOneField(
        "learning_events.EventPage", null=True, on_delete=models.SET_NULL, related_name="imported_as"
    )
    said = models.JSONField(default=dict)
    written = models.JSONField(default=dict)
    sessions = models.JSONField(default=dict)
    waiting = models.JSONField(default=list)
    is_gone = models.BooleanField(_("not in the calendar any more"), default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("event brought in")
        verbose_name_plural = _("events brought in")
        constraints = [
            models.UniqueConstraint(fields=["source", "uid"], name="one_event_for_each_entry_of_a_source")
        ]

    def __str__(self):
        return self.uid
