"""Discussions: what people say about one thing, how it read before, who agrees, and who follows it.

A thing that can be discussed (a proposal, a decision) owns one `Discussion`; comments and follows belong to that row, so
ordinary foreign keys suffice.
"""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from participation.enums import CommentState


class Discussion(models.Model):
    """The comments on one thing and those who follow it; `title` and `path` name the thing in notices."""

    title = models.CharField(max_length=255)
    path = models.CharField(
        max_length=255, help_text=_("Address of the thing on this site, starting with a slash.")
    )
    is_open = models.BooleanField(_("comments are open"), default=True)
    is_public = models.BooleanField(_("everybody may read"), default=False)
    committee = models.ForeignKey(
        "participation.Committee",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="discussions",
        verbose_name=_("committee"),
        help_text=_("Its privacy decides who reads and who writes here."),
    )
    official_answer = models.ForeignKey(
        "participation.Comment",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("answer of the committee"),
        editable=False,
    )

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")

    def __str__(self):
        return self.title


LOTS = 2**31 - 1


def draw_lot() -> int:
    """Return a random number from 1 to LOTS - 1: where a comment stands among those that few have judged."""
    return secrets.randbelow(LOTS - 1) + 1


class Comment(models.Model):
    """One contribution to a discussion, or an answer to one (one level deep)."""

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="comments")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="answers"
    )
    author = models.ForeignKey(
        "participation.Participant",
        null=True,
        on_delete=models.SET_NULL,
        related_name="comments",
        verbose_name=_("author"),
    )
    text = models.TextField(_("comment"), max_length=3000)
    state = models.CharField(
        _("state"), max_length=12, choices=CommentState.choices, default=CommentState.VISIBLE
    )
    hidden_reason = models.CharField(_("reason for hiding"), max_length=300, blank=True)
    hidden_by = models.ForeignKey(
        "participation.Participant",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    posted_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    agree_count = models.PositiveIntegerField(default=0, editable=False)
    disagree_count = models.PositiveIntegerField(default=0, editable=False)
    score = models.FloatField(default=0, editable=False)
    lot = models.PositiveIntegerField(default=draw_lot, editable=False)

    # Comments refer to people and discussions only: no editor needs to know where those are used.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["posted_at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [("moderate_comment", "Can hide and restore comments")]
        indexes = [
            models.Index(fields=["discussion", "posted_at"], name="comments_of_discussion"),
            models.Index(fields=["-posted_at", "-id"], name="comments_newest"),
            models.Index(fields=["state", "-posted_at"], name="comments_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=CommentState.HIDDEN) | ~models.Q(hidden_reason=""),
                name="comment_hidden_with_reason",
            )
        ]

    def __str__(self):
        return self.text[:60]


class CommentVersion(models.Model):
    """How a comment read before it was changed; `written_at` is when it began to read so."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="versions")
    text = models.TextField(_("comment"), max_length=3000)
    written_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name = _("earlier version of a comment")
        verbose_name_plural = _("earlier versions of comments")

    def __str__(self):
        return self.text[:60]


class CommentOpinion(models.Model):
    """Whether somebody agrees with a comment; how many do is public, who does is not."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="opinions")
    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="opinions"
    )
    agrees = models.BooleanField(_("agrees"))
    given_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("opinion on a comment")
        verbose_name_plural = _("opinions on comments")
        constraints = [
            models.UniqueConstraint(fields=["comment", "participant"], name="one_opinion_per_person")
        ]

    def __str__(self):
        return f"{self.participant} → {self.comment}"


class Follow(models.Model):
    """A person who wants to hear what happens in a discussion and to its thing."""

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="follows")
    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="follows"
    )
    since_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(fields=["discussion", "participant"], name="one_follow_per_person")
        ]

    def __str__(self):
        return f"{self.participant} → {self.discussion}"
