"""What committees say about proposals, in which order they would like them, and which projects they look after."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgeting.enums import Stance, VoiceKind


class CommitteeVoice(models.Model):
    """One thing a committee says about a proposal: that it supports it, a comment, or its opinion in the review.

    It speaks for the committee, not for whoever wrote it down; `decision` is the decision of a meeting it rests on.
    """

    committee = models.ForeignKey("participation.Committee", on_delete=models.CASCADE, related_name="voices")
    proposal = models.ForeignKey("budgeting.Proposal", on_delete=models.CASCADE, related_name="voices")
    kind = models.CharField(_("kind"), max_length=10, choices=VoiceKind.choices)
    stance = models.CharField(_("opinion"), max_length=10, choices=Stance.choices, blank=True)
    text = models.TextField(_("what the committee says"), max_length=3000, blank=True)
    decision = models.ForeignKey(
        "participation.Decision",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("decided in"),
    )
    given_by = models.ForeignKey(
        "participation.Participant", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at", "pk"]
        verbose_name = _("word of a committee")
        verbose_name_plural = _("words of committees")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "proposal", "kind"], name="one_voice_of_a_kind_per_committee"
            ),
            models.CheckConstraint(
                condition=(Q(kind=VoiceKind.OPINION) & ~Q(stance=""))
                | (~Q(kind=VoiceKind.OPINION) & Q(stance="")),
                name="opinions_alone_have_a_stance",
            ),
            models.CheckConstraint(
                condition=Q(kind=VoiceKind.SPONSOR) | ~Q(text=""), name="voice_says_something"
            ),
        ]

    def __str__(self):
        return f"{self.committee} – {self.proposal}: {self.get_kind_display()}"


class CommitteeRanking(models.Model):
    """The order in which a committee would like the proposals of one area; changed until voting begins."""

    committee = models.ForeignKey(
        "participation.Committee", on_delete=models.CASCADE, related_name="rankings"
    )
    area = models.ForeignKey("budgeting.Area", on_delete=models.CASCADE, related_name="committee_rankings")
    decision = models.ForeignKey(
        "participation.Decision",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("decided in"),
    )
    changed_by = models.ForeignKey(
        "participation.Participant", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("order of a committee")
        verbose_name_plural = _("orders of committees")
        constraints = [
            models.UniqueConstraint(fields=["committee", "area"], name="one_ranking_per_committee_and_area")
        ]

    def __str__(self):
        return f"{self.committee} – {self.area}"


class RankedProposal(models.Model):
    """A proposal at its place in the order of a committee; the first is 1."""

    ranking = models.ForeignKey(CommitteeRanking, on_delete=models.CASCADE, related_name="places")
    proposal = models.ForeignKey("budgeting.Proposal", on_delete=models.CASCADE, related_name="ranks")
    position = models.PositiveSmallIntegerField(_("place"))

    class Meta:
        ordering = ["position"]
        verbose_name = _("place in the order of a committee")
        verbose_name_plural = _("places in the order of a committee")
        constraints = [
            models.UniqueConstraint(fields=["ranking", "proposal"], name="proposal_ranked_once"),
            models.UniqueConstraint(fields=["ranking", "position"], name="one_proposal_at_a_place"),
        ]

    def __str__(self):
        return f"{self.position}. {self.proposal}"


class ProjectAdoption(models.Model):
    """A committee that looks after a funded project: it reports on it, and is reminded of what is overdue."""

    project = models.OneToOneField("budgeting.Project", on_delete=models.CASCADE, related_name="adoption")
    committee = models.ForeignKey(
        "participation.Committee", on_delete=models.CASCADE, related_name="adoptions"
    )
    decision = models.ForeignKey(
        "participation.Decision",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("decided in"),
    )
    adopted_by = models.ForeignKey(
        "participation.Participant", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    adopted_at = models.DateTimeField()

    class Meta:
        verbose_name = _("project looked after")
        verbose_name_plural = _("projects looked after")

    def __str__(self):
        return f"{self.committee} – {self.project}"
