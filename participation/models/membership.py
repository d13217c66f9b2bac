"""Seats and who has them, who may act inside a committee, and who wants to join."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.enums import AccessLevel, InvitationState, JoinRequestState, SeatRole, TermEnd
from participation.foundation.text import validate_plain_line


class Seat(models.Model):
    """A place in a committee that one person has at a time; without a membership today it is vacant."""

    committee = models.ForeignKey("participation.Committee", on_delete=models.CASCADE, related_name="seats")
    title = models.CharField(
        _("name of the seat"),
        max_length=120,
        blank=True,
        validators=[validate_plain_line],
        help_text=_("For example: parents of the primary school. May stay empty."),
    )
    role = models.CharField(_("role"), max_length=12, choices=SeatRole.choices, default=SeatRole.MEMBER)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)
    is_open = models.BooleanField(_("people can apply when it is vacant"), default=True)
    is_abolished = models.BooleanField(_("abolished"), default=False)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.UniqueConstraint(
                fields=["committee"],
                condition=Q(role=SeatRole.CHAIR, is_abolished=False),
                name="one_seat_of_the_chair",
            )
        ]

    def __str__(self):
        return self.title or str(self.get_role_display())


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: dt.date):
        """Keep the terms that run on a day."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day)

    def current(self):
        """Keep the terms that run today."""
        return self.on(timezone.localdate())

    def with_vote(self):
        """Keep the terms in seats that have a vote."""
        return self.exclude(seat__role=SeatRole.ADVISER)


class Membership(models.Model):
    """A person's term in a seat. Members are public; the name stays as history when the account is erased or changes.

    `until_on` is the last day of the term; None where nobody has set one. Terms in one seat never overlap: domain functions
    lock the seat, and a trigger of the database refuses the rest.
    """

    committee = models.ForeignKey(
        "participation.Committee", on_delete=models.CASCADE, related_name="memberships"
    )
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="memberships")
    participant = models.ForeignKey(
        "participation.Participant", null=True, on_delete=models.SET_NULL, related_name="memberships"
    )
    name = models.CharField(_("name"), max_length=80, validators=[validate_plain_line])
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)
    ended_because = models.CharField(_("ended because"), max_length=14, choices=TermEnd.choices, blank=True)
    elected_by = models.ForeignKey(
        "participation.Motion",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="elected",
        verbose_name=_("elected by"),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["seat__position", "seat_id", "-from_on"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [
            models.Index(fields=["committee", "from_on", "until_on"], name="members_of_committee"),
            models.Index(fields=["participant", "until_on"], name="memberships_of_person"),
            models.Index(fields=["until_on"], name="terms_by_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="term_ends_after_begin"
            ),
            models.UniqueConstraint(
                fields=["seat"], condition=Q(until_on=None), name="one_open_term_per_seat"
            ),
            models.UniqueConstraint(fields=["seat", "from_on"], name="one_term_from_a_day_per_seat"),
        ]

    def __str__(self):
        return self.name


class CommitteeAccess(models.Model):
    """What a person may do inside a committee, apart from who is a member of it."""

    committee = models.ForeignKey(
        "participation.Committee", on_delete=models.CASCADE, related_name="accesses"
    )
    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="committee_accesses"
    )
    level = models.PositiveSmallIntegerField(
        _("may"), choices=AccessLevel.choices, default=AccessLevel.TAKE_PART
    )
    since_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-level", "pk"]
        verbose_name = _("access to a committee")
        verbose_name_plural = _("accesses to committees")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "participant"], name="one_access_per_committee_and_person"
            )
        ]

    def __str__(self):
        return f"{self.participant} – {self.committee}"


class JoinRequest(models.Model):
    """Somebody's wish to join a committee, or to have one of its vacant seats."""

    committee = models.ForeignKey(
        "participation.Committee", on_delete=models.CASCADE, related_name="join_requests"
    )
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.SET_NULL, related_name="requests")
    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.CASCADE, related_name="join_requests"
    )
    why = models.TextField(_("why I would like to join"), max_length=1000, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=JoinRequestState.choices, default=JoinRequestState.OPEN
    )
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        "participation.Participant", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        indexes = [models.Index(fields=["committee", "state", "asked_at"], name="requests_of_committee")]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "participant"],
                condition=Q(state=JoinRequestState.OPEN),
                name="one_open_request_per_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=JoinRequestState.DECLINED) | ~Q(answer=""),
                name="request_declined_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.participant} → {self.committee}"


class CommitteeInvitation(models.Model):
    """An invitation by mail; whoever opens its link and signs in with that address can accept it once."""

    committee = models.ForeignKey(
        "participation.Committee", on_delete=models.CASCADE, related_name="invitations"
    )
    seat = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"))
    level = models.PositiveSmallIntegerField(
        _("may"), choices=AccessLevel.choices, default=AccessLevel.TAKE_PART
    )
    until_on = models.DateField(_("end of the term"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=InvitationState.choices, default=InvitationState.OPEN
    )
    invited_by = models.ForeignKey(
        "participation.Participant", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-invited_at", "-pk"]
        verbose_name = _("invitation to a committee")
        verbose_name_plural = _("invitations to committees")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "email"],
                condition=Q(state=InvitationState.OPEN),
                name="one_open_invitation_per_address",
            )
        ]

    def __str__(self):
        return f"{self.email} → {self.committee}"


class DeclaredInterest(models.Model):
    """What a member has declared so that others can judge conflicts: an employer, an office, a property."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="interests")
    text = models.CharField(_("interest"), max_length=300, validators=[validate_plain_line])
    declared_on = models.DateField(_("declared on"))
    ended_on = models.DateField(_("no longer since"), null=True, blank=True)

    class Meta:
        ordering = ["declared_on", "pk"]
        verbose_name = _("declared interest")
        verbose_name_plural = _("declared interests")

    def __str__(self):
        return self.text
