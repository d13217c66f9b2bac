"""Statements in a room, and what people say to them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.enums import StatementChoice, StatementState


class Statement(models.Model):
    """One sentence that others agree or disagree with. Its text is fixed from the beginning.

    `key` names the form it was sent with, so that the same form sent twice makes one statement.
    """

    room = models.ForeignKey("participation.Room", on_delete=models.CASCADE, related_name="statements")
    author = models.ForeignKey(
        "participation.RoomPerson",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="statements",
    )
    text = models.CharField(_("statement"), max_length=280)
    state = models.CharField(
        _("state"), max_length=8, choices=StatementState.choices, default=StatementState.WAITING
    )
    is_seed = models.BooleanField(_("from the facilitators"), default=False)
    hidden_because = models.CharField(_("reason for hiding"), max_length=200, blank=True)
    key = models.CharField(max_length=40, blank=True, editable=False)
    said_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        indexes = [models.Index(fields=["room", "state"], name="statements_of_room")]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "key"],
                condition=~Q(key="") & Q(author__isnull=False),
                name="one_statement_per_form",
            ),
            models.CheckConstraint(
                condition=~Q(state=StatementState.HIDDEN) | ~Q(hidden_because=""),
                name="statement_hidden_with_reason",
            ),
        ]

    def __str__(self):
        return self.text


class StatementVote(models.Model):
    """What one person says to one statement; it may be changed while the room is open."""

    room = models.ForeignKey("participation.Room", on_delete=models.CASCADE, related_name="votes")
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey("participation.RoomPerson", on_delete=models.CASCADE, related_name="votes")
    choice = models.SmallIntegerField(_("choice"), choices=StatementChoice.choices)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("vote on a statement")
        verbose_name_plural = _("votes on statements")
        indexes = [models.Index(fields=["room", "changed_at"], name="votes_of_room")]
        constraints = [
            models.UniqueConstraint(fields=["person", "statement"], name="one_vote_per_person_and_statement"),
            models.CheckConstraint(condition=Q(choice__in=(-1, 0, 1)), name="vote_is_a_choice"),
        ]

    def __str__(self):
        return f"{self.statement_id}: {self.choice}"
