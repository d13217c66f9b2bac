"""Coming into a committee: people ask, or are invited; who leads it or they themselves decide."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from participation.domain.access import raise_access
from participation.domain.limits import spend_attempt
from participation.domain.mail import queue_mail_to_address, without_links
from participation.domain.membership import ACCESS_OF_ROLE, seat_person
from participation.domain.notification import notify, notify_many
from participation.enums import AccessLevel, InvitationState, JoinRequestState, SeatRole
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.link_tokens import link_token, read_link_token
from participation.foundation.text import clean_line, clean_text
from participation.models import Committee, CommitteeInvitation, JoinRequest, Participant, Seat
from participation.queries.committee import leads_of
from participation.queries.membership import is_vacant_on
from participation.rules import is_signed_in, may_ask_to_join, may_lead_committee

INVITATION_LASTS = dt.timedelta(days=30)
INVITATIONS_A_DAY = 60
PURPOSE = "committee-invitation"


@transaction.atomic
def ask_to_join(
    committee: Committee, *, participant: Participant, why: str = "", seat: Seat | None = None
) -> JoinRequest:
    """Ask to join, or to have a vacant seat; who leads the committee is told. One open request per person.

    Raises NotAllowed where one cannot ask, and Conflict for who is inside already, asks twice, or wants a seat that is taken.
    """
    if not may_ask_to_join(participant.user, committee):
        raise NotAllowed(_("Please sign in and choose a public name first."))
    if not committee.takes_join_requests:
        raise Conflict(_("This committee takes no requests at the moment."))
    Committee.objects.select_for_update().get(pk=committee.pk)
    if seat is None and committee.accesses.filter(participant=participant).exists():
        raise Conflict(_("You are part of this committee already."))
    if seat is not None:
        if seat.committee_id != committee.pk or seat.is_abolished or not seat.is_open:
            raise Conflict(_("Nobody can apply for this seat at the moment."), field="seat")
        if not is_vacant_on(seat, timezone.localdate()):
            raise Conflict(_("Somebody has this seat now. Look whether another one is vacant."), field="seat")
        if committee.memberships.current().filter(participant=participant).exists():
            raise Conflict(_("You have a seat in this committee already."), field="seat")
    if committee.join_requests.filter(participant=participant, state=JoinRequestState.OPEN).exists():
        raise Conflict(_("You have asked already. We tell you as soon as the committee has decided."))
    request = JoinRequest.objects.create(
        committee=committee, participant=participant, seat=seat, why=clean_text(why)[:1000]
    )
    notify_many(
        leads_of(committee),
        kind="participation.join_request",
        title=format_lazy(
            _("{name} would like to join: {committee}"),
            name=participant.display_name,
            committee=committee.title,
        ),
        path=committee.url_of("requests"),
        dedupe_key=f"join-request-{request.pk}",
    )
    return request


@transaction.atomic
def withdraw_request(request: JoinRequest, *, by) -> None:
    """Take one's own request back. Raises Missing for anybody else's, Conflict once it is decided."""
    request = _open(request)
    if request.participant.user_id != by.pk:
        raise Missing
    _decide(request, JoinRequestState.WITHDRAWN, by=None)


@transaction.atomic
def accept_request(
    request: JoinRequest, *, by, from_on: dt.date | None = None, until_on: dt.date | None = None
) -> JoinRequest:
    """Say yes: the person takes part, and where they asked for a seat has it from `from_on` (default today).

    Raises NotAllowed, and Conflict when the request is decided or the seat was given to somebody else meanwhile.
    """
    _refuse_who_does_not_lead(by, request.committee)
    request = _open(request)
    if request.seat is not None:
        seat_person(
            request.seat,
            participant=request.participant,
            from_on=from_on or timezone.localdate(),
            until_on=until_on,
            by=by,
        )
    else:
        raise_access(request.committee, request.participant, AccessLevel.TAKE_PART)
        _tell(request, _("You are part of it: {committee}"), _("From now on you can take part there."))
    _decide(request, JoinRequestState.ACCEPTED, by=by)
    return request


@transaction.atomic
def decline_request(request: JoinRequest, *, answer: str, by) -> JoinRequest:
    """Say no with a reason, which the person reads. Raises NotAllowed, Invalid ("answer") and Conflict."""
    _refuse_who_does_not_lead(by, request.committee)
    answer = clean_line(answer)[:300]
    if not answer:
        raise Invalid(_("Please write a reason: the person reads it."), field="answer")
    request = _open(request)
    request.answer = answer
    _decide(request, JoinRequestState.DECLINED, by=by)
    _tell(request, _("The committee has said no: {committee}"), answer)
    return request


def invite_person(
    committee: Committee,
    *,
    email: str,
    seat: Seat | None = None,
    level: int = AccessLevel.TAKE_PART,
    until_on: dt.date | None = None,
    by,
) -> CommitteeInvitation:
    """Mail somebody a link with which they come in once signed in with this address; it lasts 30 days.

    The same for addresses with and without an account, so nothing shows which there are. Raises NotAllowed, Invalid
    ("level"), and Conflict for an address that has an open invitation, a seat that is taken, or too many on one day.
    """
    _refuse_who_does_not_lead(by, committee)
    if level not in AccessLevel.values:
        raise Invalid(_("Please choose what the person may do."), field="level")
    if seat is not None and (seat.committee_id != committee.pk or seat.is_abolished):
        raise Invalid(_("Please choose a seat of this committee."), field="seat")
    if not spend_attempt(
        "committee-invitation", committee.pk, limit=INVITATIONS_A_DAY, per=dt.timedelta(days=1)
    ):
        raise Conflict(_("The committee has sent many invitations today. Please go on tomorrow."))
    with transaction.atomic():
        return _invite(committee, email.strip().lower(), seat, level, until_on, by)


def _invite(committee, email: str, seat: Seat | None, level: int, until_on, by) -> CommitteeInvitation:
    Committee.objects.select_for_update().get(pk=committee.pk)
    if seat is not None and not is_vacant_on(seat, timezone.localdate()):
        raise Conflict(_("Somebody has this seat. End that term first."), field="seat")
    earlier = committee.invitations.filter(email=email, state=InvitationState.OPEN)
    if earlier.filter(invited_at__gt=timezone.now() - INVITATION_LASTS).exists():
        raise Conflict(_("This address has an invitation already. Take it back to send another."))
    earlier.update(state=InvitationState.TAKEN_BACK)
    invitation = CommitteeInvitation.objects.create(
        committee=committee,
        email=email,
        seat=seat,
        level=level,
        until_on=until_on,
        invited_by=getattr(by, "participant", None),
    )
    token = link_token(invitation.pk, purpose=PURPOSE)
    with translation.override(settings.LANGUAGE_CODE):
        queue_mail_to_address(
            email,
            kind="participation.committee_invitation",
            subject=_now("An invitation: %(committee)s") % {"committee": committee.title},
            text=_now(
                "%(name)s invites you to take part in: %(committee)s.\n\n"
                "This link shows what it is about. You can say yes or no there, until %(day)s:\n%(link)s"
            )
            % {
                "name": without_links(getattr(getattr(by, "participant", None), "display_name", ""))
                or _now("The city"),
                "committee": without_links(committee.title),
                "day": (timezone.localdate() + INVITATION_LASTS).isoformat(),
                "link": f"{settings.WAGTAILADMIN_BASE_URL}{committee.url_of('invitation', token)}",
            },
            dedupe_key=f"committee-invitation:{invitation.pk}",
        )
    record("participation.invitation.send", committee, by=by, invitation=invitation.pk)
    return invitation


def invitation_behind(token: str, committee: Committee) -> CommitteeInvitation:
    """Return the open invitation that a mailed link names; raises Missing for any other."""
    pk = read_link_token(token, purpose=PURPOSE, lasts=INVITATION_LASTS)
    invitation = (
        committee.invitations.select_related("seat", "invited_by")
        .filter(pk=pk, state=InvitationState.OPEN)
        .first()
    )
    if invitation is None:
        raise Missing(_("This link is not valid any more. Please ask for a new one."))
    return invitation


@transaction.atomic
def accept_invitation(invitation: CommitteeInvitation, *, participant: Participant) -> None:
    """Come in by an invitation to one's own address. Raises NotAllowed for another address, Conflict when it is used up."""
    invitation = _open_invitation(invitation, participant)
    if invitation.seat is not None:
        # Who invited was allowed to give the seat; whether it is still vacant decides now.
        seat_person(
            invitation.seat,
            participant=participant,
            from_on=timezone.localdate(),
            until_on=invitation.until_on,
        )
        level = max(invitation.level, ACCESS_OF_ROLE[SeatRole(invitation.seat.role)])
    else:
        level = invitation.level
    raise_access(invitation.committee, participant, level)
    _answer(invitation, InvitationState.ACCEPTED)
    record("participation.invitation.accept", invitation.committee, by=participant.user)


@transaction.atomic
def decline_invitation(invitation: CommitteeInvitation) -> None:
    """Say no; whoever holds the mailed link may. Raises Conflict when it is used up."""
    _answer(_locked_invitation(invitation), InvitationState.DECLINED)


@transaction.atomic
def take_back_invitation(invitation: CommitteeInvitation, *, by) -> None:
    """Make an invitation's link worthless. Raises NotAllowed, and Conflict when it is answered."""
    _refuse_who_does_not_lead(by, invitation.committee)
    _answer(_locked_invitation(invitation), InvitationState.TAKEN_BACK)
    record("participation.invitation.take_back", invitation.committee, by=by)


def _refuse_who_does_not_lead(user, committee: Committee) -> None:
    if not may_lead_committee(user, committee):
        raise NotAllowed(_("Only who leads the committee may say who comes in."))


def _open(request: JoinRequest) -> JoinRequest:
    locked = (
        JoinRequest.objects.select_for_update(of=("self",))
        .select_related("committee", "participant__user", "seat")
        .get(pk=request.pk)
    )
    if locked.state != JoinRequestState.OPEN:
        raise Conflict(_("This request is answered already."))
    return locked


def _decide(request: JoinRequest, state: str, *, by) -> None:
    request.state, request.decided_at = state, timezone.now()
    request.decided_by = getattr(by, "participant", None)
    request.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    record("participation.join_request.decide", request.committee, by=by, request=request.pk, state=state)


def _tell(request: JoinRequest, title, text) -> None:
    notify(
        request.participant,
        kind="participation.committee",
        title=format_lazy(title, committee=request.committee.title),
        text=text,
        path=request.committee.url or "/",
        dedupe_key=f"join-answer-{request.pk}",
    )


def _locked_invitation(invitation: CommitteeInvitation) -> CommitteeInvitation:
    locked = (
        CommitteeInvitation.objects.select_for_update(of=("self",))
        .select_related("committee", "seat")
        .get(pk=invitation.pk)
    )
    if locked.state != InvitationState.OPEN:
        raise Conflict(_("This invitation is used up."))
    return locked


def _open_invitation(invitation: CommitteeInvitation, participant: Participant) -> CommitteeInvitation:
    locked = _locked_invitation(invitation)
    if not is_signed_in(participant.user) or participant.user.email.lower() != locked.email:
        raise NotAllowed(
            _(
                "This invitation went to another address. Please sign in with the address to which it was mailed."
            )
        )
    return locked


def _answer(invitation: CommitteeInvitation, state: str) -> None:
    invitation.state, invitation.answered_at = state, timezone.now()
    invitation.save(update_fields=["state", "answered_at"])
