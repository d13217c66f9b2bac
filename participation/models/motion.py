"""Motions and amendments, the votes on them, and what was decided and is to be done."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.enums import ActionState, MajorityRule, MotionState, VoteChoice, VoteMethod
from participation.foundation.text import validate_plain_line


class Motion(models.Model):
    """Something moved for decision, or an amendment to it (`amends`).

    Once the vote has begun the text is fixed: a trigger of the database refuses changes. The three numbers are written when
    the vote closes: for a show of hands by the secretary, otherwise from the votes. `entitled` is how many had a vote then.
    """

    item = models.ForeignKey("participation.AgendaItem", on_delete=models.CASCADE, related_name="motions")
    amends = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="amendments"
    )
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=160, validators=[validate_plain_line])
    text = models.TextField(_("text of the motion"), max_length=5000)
    base_text = models.TextField(
        blank=True,
        editable=False,
        help_text=_("For an amendment: the text that it changes, as it was when the amendment was written."),
    )
    moved_by = models.ForeignKey(
        "participation.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="motions_moved",
        verbose_name=_("moved by"),
    )
    seconded_by = models.ForeignKey(
        "participation.Membership",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="motions_seconded",
        verbose_name=_("seconded by"),
    )
    elects_seat = models.ForeignKey(
        "participation.Seat",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="elections",
        verbose_name=_("elects somebody to the seat"),
    )
    candidate = models.ForeignKey(
        "participation.Participant",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="candidacies",
        verbose_name=_("candidate"),
    )
    method = models.CharField(
        _("way of voting"), max_length=10, choices=VoteMethod.choices, default=VoteMethod.HANDS
    )
    majority = models.CharField(
        _("majority"), max_length=12, choices=MajorityRule.choices, default=MajorityRule.SIMPLE
    )
    state = models.CharField(
        _("state"), max_length=10, choices=MotionState.choices, default=MotionState.DRAFT
    )
    vote_opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    vote_closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    entitled = models.PositiveIntegerField(null=True, blank=True, editable=False)
    yes = models.PositiveIntegerField(null=True, blank=True, editable=False)
    no = models.PositiveIntegerField(null=True, blank=True, editable=False)
    abstain = models.PositiveIntegerField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("motion")
        verbose_name_plural = _("motions")
        constraints = [
            models.CheckConstraint(
                condition=Q(yes=None)
                | Q(entitled__gte=models.F("yes") + models.F("no") + models.F("abstain")),
                name="no_more_votes_than_voters",
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state=MotionState.VOTING), name="one_vote_at_a_time_per_item"
            ),
        ]

    def __str__(self):
        return self.title


class MotionVote(models.Model):
    """That a member has voted on a motion; in a roll call also how, in a secret ballot never (see `SecretBallot`)."""

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="votes")
    membership = models.ForeignKey(
        "participation.Membership", on_delete=models.PROTECT, related_name="motion_votes"
    )
    choice = models.CharField(_("vote"), max_length=7, choices=VoteChoice.choices, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("vote on a motion")
        verbose_name_plural = _("votes on motions")
        constraints = [
            models.UniqueConstraint(fields=["motion", "membership"], name="one_vote_per_motion_and_member")
        ]

    def __str__(self):
        return f"{self.membership} – {self.motion}"


class SecretBallot(models.Model):
    """One vote of a secret ballot: a random number, a choice, and nobody's name."""

    id = models.UUIDField(primary_key=True, editable=False)
    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="secret_ballots")
    choice = models.CharField(_("vote"), max_length=7, choices=VoteChoice.choices)

    # Wagtail's reference index would note when each ballot came.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["id"]
        verbose_name = _("secret ballot")
        verbose_name_plural = _("secret ballots")

    def __str__(self):
        return str(self.pk)


class Decision(models.Model):
    """What a committee decided, with its number in the year; a later one may take its place."""

    committee = models.ForeignKey(
        "participation.Committee", on_delete=models.CASCADE, related_name="decisions"
    )
    meeting = models.ForeignKey(
        "participation.Meeting", null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    item = models.ForeignKey(
        "participation.AgendaItem", null=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    motion = models.OneToOneField(
        Motion, null=True, blank=True, on_delete=models.SET_NULL, related_name="decision"
    )
    number = models.CharField(
        _("number"), max_length=20, help_text=_("Year and number, for example 2026-14.")
    )
    title = models.CharField(_("title"), max_length=160, validators=[validate_plain_line])
    text = models.TextField(_("text"), max_length=5000)
    decided_on = models.DateField(_("decided on"))
    replaced_by = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaces",
        verbose_name=_("replaced by"),
    )
    discussion = models.OneToOneField(
        "participation.Discussion",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="decision",
        editable=False,
    )

    class Meta:
        ordering = ["-decided_on", "-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [models.Index(fields=["committee", "-decided_on"], name="decisions_of_committee")]
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="one_decision_per_number")
        ]

    def __str__(self):
        return f"{self.number} {self.title}"


class ActionItem(models.Model):
    """Something to be done, by whom and until when; while it is open it returns on the next agenda."""

    committee = models.ForeignKey("participation.Committee", on_delete=models.CASCADE, related_name="actions")
    meeting = models.ForeignKey(
        "participation.Meeting", null=True, blank=True, on_delete=models.SET_NULL, related_name="actions"
    )
    item = models.ForeignKey(
        "participation.AgendaItem", null=True, blank=True, on_delete=models.SET_NULL, related_name="actions"
    )
    text = models.CharField(_("what is to be done"), max_length=300, validators=[validate_plain_line])
    participant = models.ForeignKey(
        "participation.Participant",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="action_items",
    )
    who = models.CharField(_("by whom"), max_length=80, validators=[validate_plain_line])
    due_on = models.DateField(_("until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=ActionState.choices, default=ActionState.OPEN)
    report = models.CharField(_("what became of it"), max_length=300, blank=True)
    closed_on = models.DateField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("action item")
        verbose_name_plural = _("action items")
        indexes = [
            models.Index(fields=["committee", "state", "due_on"], name="actions_of_committee"),
            models.Index(fields=["participant", "state"], name="actions_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ActionState.OPEN, closed_on=None)
                | (~Q(state=ActionState.OPEN) & Q(closed_on__isnull=False)),
                name="action_closed_with_day",
            )
        ]

    def __str__(self):
        return self.text
