"""A member's own vote, on the meeting's page."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from participation.domain.motion import cast_vote
from participation.enums import MeetingState, MotionState, VoteMethod
from participation.forms.running import VoteForm
from participation.foundation.errors import Missing, NotAllowed
from participation.models import Meeting
from participation.queries.agenda import may_see_agenda
from participation.queries.meeting import meeting_for
from participation.queries.motion import entitled_now, motion_of, motions_of, own_membership
from participation.queries.running import MotionView
from participation.views.committee_page import committee_view


def votes_context(page, request, meeting: Meeting) -> dict:
    """Return what the meeting's page shows of a vote that is on: to members who may vote, their form."""
    if meeting.state != MeetingState.RUNNING:
        return {"votes": []}
    membership = own_membership(meeting, request.user)
    votes = []
    for motion in motions_of(meeting).filter(state=MotionState.VOTING).prefetch_related("votes__membership"):
        motion.item.meeting = meeting
        own = next(
            (vote for vote in motion.votes.all() if membership and vote.membership_id == membership.pk), None
        )
        may_vote = (
            membership is not None
            and motion.method != VoteMethod.HANDS
            and entitled_now(motion).filter(membership=membership).exists()
            and (own is None or motion.method == VoteMethod.ROLL_CALL)
        )
        votes.append(
            {
                "view": MotionView(motion),
                "form": VoteForm(initial={"choice": own.choice if own else ""}) if may_vote else None,
                "has_voted": own is not None,
                "is_secret": motion.method == VoteMethod.SECRET,
                "url": page.url_of("cast_vote", meeting.pk, motion.pk),
            }
        )
    return {"votes": votes}


@committee_view("POST", sign_in=True)
def vote(page, request, pk, motion):
    """Cast one's own vote."""
    meeting = meeting_for(request.user, page, pk)
    if not may_see_agenda(request.user, meeting):
        raise Missing
    found = motion_of(meeting, motion)
    membership = own_membership(meeting, request.user)
    if membership is None:
        raise NotAllowed(_("Only members who are on the meeting's list have a vote."))
    cast_vote(found, membership, choice=request.POST.get("choice", ""), by=request.user)
    messages.success(request, _("Your vote is cast."))
    return redirect(page.url_of("meeting", pk))


urls = [path("meetings/<int:pk>/motions/<int:motion>/vote/", vote, name="cast_vote")]
