"""The ballot box: who may vote, what was cast, and nothing that joins the two once the secret is gone.

What must never be false is a constraint or trigger of the database: one roll entry per person and budget, one live ballot
per link key and area, only projects of its area on a ballot, and a log that can only grow (migration 0002).

Wagtail's reference index must not see these rows: it would note the time and the id of every one of them in a task.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgeting.enums import BallotStyle, BoxEvent, Channel


class BallotBox(models.Model):
    """The voting of one budget: the frozen rules and the stages it has passed.

    `rules` is written once when voting opens and decides from then on (areas, amounts, limits, projects, costs, tie seed);
    `opens_at` and `closes_at` rule the casting, not the page's phases. Voters lock this row FOR SHARE, closing and
    sealing FOR UPDATE.
    """

    wagtail_reference_index_ignore = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    budget = models.OneToOneField(
        "budgeting.ParticipatoryBudget", on_delete=models.PROTECT, related_name="ballot_box"
    )
    rules = models.JSONField()
    rules_digest = models.CharField(max_length=64)
    tie_seed = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    secret_destroyed_at = models.DateTimeField(null=True, blank=True)
    eligible = models.PositiveIntegerField(_("people who could vote"), null=True, blank=True)
    participants = models.PositiveIntegerField(_("people who voted"), null=True, blank=True)

    class Meta:
        verbose_name = _("ballot box")
        verbose_name_plural = _("ballot boxes")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opens_at")), name="box_closes_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(counted_at=None) | Q(sealed_at__isnull=False), name="box_counted_after_seal"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(counted_at__isnull=False), name="box_published_after_count"
            ),
        ]

    def __str__(self):
        return f"{self.budget}"


class RollEntry(models.Model):
    """One person who may vote in one budget, known by the register's key; stays when the account is erased (V11)."""

    wagtail_reference_index_ignore = True

    budget = models.ForeignKey("budgeting.ParticipatoryBudget", on_delete=models.PROTECT, related_name="roll")
    person_key = models.CharField(max_length=64, editable=False)
    neighbourhood = models.ForeignKey(
        "participation.Neighbourhood", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    channel = models.CharField(max_length=8, choices=Channel.choices, blank=True)
    voted_on = models.DateField(null=True, blank=True)
    is_blocked = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("roll entry")
        verbose_name_plural = _("electoral roll")
        indexes = [models.Index(fields=["budget", "voted_on"], name="roll_turnout")]
        constraints = [
            models.UniqueConstraint(fields=["budget", "person_key"], name="one_roll_entry_per_person"),
            models.CheckConstraint(
                condition=Q(voted_on=None, channel="") | Q(voted_on__isnull=False) & ~Q(channel=""),
                name="roll_voted_by_a_channel",
            ),
        ]

    def __str__(self):
        return f"{self.budget_id}/{self.pk}"


class Ballot(models.Model):
    """A cast ballot: a random id, no person, no time finer than the day, no address."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    box = models.ForeignKey(BallotBox, on_delete=models.PROTECT, related_name="ballots")
    area = models.ForeignKey("budgeting.Area", on_delete=models.PROTECT, related_name="ballots")
    link_key = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    style = models.CharField(max_length=12, choices=BallotStyle.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    total_cents = models.PositiveBigIntegerField(default=0)
    tracker_digest = models.CharField(max_length=64, unique=True)
    cast_on = models.DateField()
    attributes = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        indexes = [models.Index(fields=["box", "area", "is_current"], name="ballots_to_count")]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "link_key"],
                condition=Q(is_current=True),
                name="one_live_ballot_per_voter_and_area",
            ),
            models.UniqueConstraint(fields=["area", "link_key", "version"], name="ballot_versions_differ"),
        ]

    def __str__(self):
        return str(self.pk)


class BallotLine(models.Model):
    """One project on a ballot. `position` is the rank (from 1) on a ranking, else the order on the ballot paper."""

    wagtail_reference_index_ignore = True

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="lines")
    project = models.ForeignKey("budgeting.Project", on_delete=models.PROTECT, related_name="+")
    points = models.PositiveIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("ballot line")
        verbose_name_plural = _("ballot lines")
        constraints = [models.UniqueConstraint(fields=["ballot", "project"], name="project_once_on_a_ballot")]

    def __str__(self):
        return f"{self.ballot_id}: {self.project_id}"


class BallotDraft(models.Model):
    """Choices saved but not cast; known by the link key like the ballot, gone when it is cast or the box is sealed."""

    wagtail_reference_index_ignore = True

    box = models.ForeignKey(BallotBox, on_delete=models.CASCADE, related_name="drafts")
    area = models.ForeignKey("budgeting.Area", on_delete=models.CASCADE, related_name="+")
    link_key = models.CharField(max_length=64)
    choices = models.JSONField(default=list)

    class Meta:
        verbose_name = _("ballot draft")
        verbose_name_plural = _("ballot drafts")
        constraints = [
            models.UniqueConstraint(fields=["area", "link_key"], name="one_draft_per_voter_and_area")
        ]

    def __str__(self):
        return f"{self.area_id}"


class Submission(models.Model):
    """A press of the cast button: the same key and body gives the same receipt, another body is refused (V17)."""

    wagtail_reference_index_ignore = True

    box = models.ForeignKey(BallotBox, on_delete=models.CASCADE, related_name="submissions")
    link_key = models.CharField(max_length=64)
    idempotency_key = models.UUIDField()
    body_digest = models.CharField(max_length=64)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(
                fields=["link_key", "idempotency_key"], name="one_answer_per_idempotency_key"
            )
        ]

    def __str__(self):
        return str(self.idempotency_key)


class BallotEvent(models.Model):
    """The log of a box: it only grows (UPDATE and DELETE are blocked in the database) and holds no identity."""

    wagtail_reference_index_ignore = True

    box = models.ForeignKey(BallotBox, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=BoxEvent.choices)
    ballot_id = models.UUIDField(null=True, blank=True)
    on = models.DateField()
    detail = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("ballot box event")
        verbose_name_plural = _("ballot box events")
        indexes = [models.Index(fields=["box", "kind"], name="events_of_box")]

    def __str__(self):
        return f"{self.kind} {self.on}"
