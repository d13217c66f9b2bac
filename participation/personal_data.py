"""What the participation plugin holds about a person."""

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from participation.domain.comment import withdraw_opinion
from participation.domain.meeting.registration import give_back
from participation.enums import CommentState, MeetingState, RegistrationState, TermEnd
from participation.foundation.personal_data import Held, OnErasure
from participation.models import (
    ActionItem,
    Appeal,
    Attendance,
    Comment,
    CommentOpinion,
    CommentVersion,
    CommitteeInvitation,
    DeclaredInterest,
    MeetingRegistration,
    Membership,
    Notification,
    OutgoingMail,
    RegisterEntry,
    RoomPerson,
)


def _forget_comments(user) -> None:
    """Empty withdrawn comments, and take the author's name out of the notices that told others of a comment."""
    comments = Comment.objects.filter(author__user=user)
    comments.filter(state=CommentState.WITHDRAWN).update(text="")
    keys = [f"comment-{pk}" for pk in comments.values_list("pk", flat=True)]
    for start in range(0, len(keys), 500):
        told = Notification.objects.filter(dedupe_key__in=keys[start : start + 500])
        OutgoingMail.objects.filter(notification__in=told).delete()
        told.update(title=gettext("A former participant wrote about something you follow"), text="")


def _forget_opinions(user) -> None:
    """Take the person's opinions out of the counts of the comments."""
    given = CommentOpinion.objects.filter(participant__user=user).select_related("comment")
    for opinion in given:
        withdraw_opinion(opinion)


def _forget_memberships(user) -> None:
    """End the person's terms today and take the name out of all of them: the seats become vacant."""
    today = timezone.localdate()
    own = Membership.objects.filter(participant__user=user)
    DeclaredInterest.objects.filter(membership__in=own).delete()
    own.current().update(until_on=today, ended_because=TermEnd.STEPPED_DOWN)
    own.filter(from_on__gt=today).delete()
    own.update(name=gettext("Former member"))


def _forget_invitations(user) -> None:
    CommitteeInvitation.objects.filter(email__iexact=user.email).delete()


def _leave_meetings(user) -> None:
    """Give the seats at coming meetings back, so that those who wait get them."""
    registrations = MeetingRegistration.objects.filter(
        participant__user=user, meeting__state=MeetingState.ANNOUNCED
    ).exclude(state=RegistrationState.CANCELLED)
    for registration in registrations.select_related("meeting__committee", "participant"):
        give_back(registration)


def _forget_attendances(user) -> None:
    Attendance.objects.filter(participant__user=user).update(name=gettext("Former member"))


def _forget_actions(user) -> None:
    ActionItem.objects.filter(participant__user=user).update(who=gettext("former participant"))


def _forget_rooms(user) -> None:
    RoomPerson.objects.filter(participant__user=user).update(name=gettext("former participant"))


HELD = (
    Held(
        "participation.Participant",
        _("Your public name, your neighbourhood and whether you are verified."),
        OnErasure.ERASE,
        _("It belongs to the account."),
        columns=(
            "display_name",
            "neighbourhood__name",
            "verified_at",
            "verified_by",
            "wants_mail",
            "joined_at",
        ),
    ),
    Held(
        "participation.RegisterEntry",
        _("Your line in the residents' register: a hash in place of your number and birthday."),
        OnErasure.KEEP,
        _("The register is the city's and says who may vote. Your account is taken off it."),
        of=lambda user: RegisterEntry.objects.filter(participant__user=user),
        columns=("neighbourhood__name", "may_vote_from", "is_active"),
    ),
    Held(
        "participation.RegisterImport",
        _("Imports of the residents' register that you made as staff."),
        OnErasure.ANONYMISE,
        _("The city has to show where its register came from."),
        of="imported_by",
        columns=("imported_at", "file_sha256", "added", "changed"),
    ),
    Held(
        "participation.Comment",
        _("Comments you wrote."),
        OnErasure.ANONYMISE,
        _("Answers of others would hang in the air. They are shown as written by a former participant."),
        of="author__user",
        columns=("discussion__title", "text", "state", "hidden_reason", "posted_at", "edited_at"),
        erase=_forget_comments,
    ),
    Held(
        "participation.CommentVersion",
        _("How comments of yours read before you changed them."),
        OnErasure.ERASE,
        _("The comments stay as they read last."),
        of="comment__author__user",
        columns=("comment__discussion__title", "text", "written_at"),
        erase=lambda user: CommentVersion.objects.filter(comment__author__user=user).delete(),
    ),
    Held(
        "participation.CommentOpinion",
        _("Whether you agree with comments of others."),
        OnErasure.ERASE,
        _("Nobody else needs it."),
        of="participant__user",
        columns=("comment__discussion__title", "agrees", "given_at"),
        erase=_forget_opinions,
    ),
    Held(
        "participation.CommentFlag",
        _("Comments that you reported."),
        OnErasure.ERASE,
        _("Moderators have what they need once it is decided."),
        of="participant__user",
        columns=("comment__discussion__title", "reason", "note", "flagged_at"),
    ),
    Held(
        "participation.Appeal",
        _("Your appeals against decisions of moderators, and their answers."),
        OnErasure.ERASE,
        _("Nobody else needs them."),
        of="decision__comment__author__user",
        columns=("decision__comment__discussion__title", "text", "state", "answer", "appealed_at"),
        erase=lambda user: Appeal.objects.filter(decision__comment__author__user=user).delete(),
    ),
    Held(
        "participation.ModerationDecision",
        _("What you decided as a moderator."),
        OnErasure.ANONYMISE,
        _("Others have to be able to appeal against it. Your name is taken off."),
        of="decided_by",
        columns=("outcome", "reason", "decided_at"),
    ),
    Held(
        "participation.Follow",
        _("What you follow."),
        OnErasure.ERASE,
        _("Nobody else needs it."),
        of="participant__user",
        columns=("discussion__title", "since_at"),
    ),
    Held(
        "participation.Notification",
        _("Notices to you."),
        OnErasure.ERASE,
        _("Nobody else needs them."),
        of="participant__user",
        columns=("kind", "title", "text", "path", "created_at", "read_at"),
    ),
    Held(
        "participation.OutgoingMail",
        _("Mails to you that wait or have been sent."),
        OnErasure.ERASE,
        _("Nobody else needs them."),
        columns=("kind", "subject", "text", "created_at", "sent_at"),
    ),
    Held(
        "participation.Unsubscription",
        _("What you no longer want by mail."),
        OnErasure.ERASE,
        _("Nobody else needs it."),
        of="participant__user",
        columns=("kind", "discussion__title", "since_at"),
    ),
    Held(
        "participation.Subscription",
        _("Neighbourhoods, topics and surroundings that you follow."),
        OnErasure.ERASE,
        _("Nobody else needs it."),
        of="participant__user",
        columns=("target__kind", "target__key", "name", "latitude", "longitude", "radius_m", "since_at"),
    ),
    Held(
        "participation.MailPlan",
        _("When you want your mails."),
        OnErasure.ERASE,
        _("Nobody else needs it."),
        of="participant__user",
        columns=("rhythm", "weekday", "hour", "zone", "quiet_from", "quiet_until"),
    ),
    Held(
        "participation.CalendarKey",
        _("That you made an address for your calendar."),
        OnErasure.ERASE,
        _("It opens nothing any more."),
        of="participant__user",
        columns=("made_at",),
    ),
    Held(
        "participation.OwnFigures",
        _("What you said of yourself to be counted among many."),
        OnErasure.ERASE,
        _("It was voluntary, and is only ever shown in sums."),
        of="participant__user",
        columns=("age_band", "gender", "with_neighbourhood", "given_on"),
    ),
    Held(
        "participation.KindChoice",
        _("Which mails you want in another rhythm."),
        OnErasure.ERASE,
        _("Nobody else needs it."),
        of="participant__user",
        columns=("kind", "rhythm"),
    ),
    Held(
        "participation.Digest",
        _("On which days we gathered news for you in one mail."),
        OnErasure.ERASE,
        _("Nobody else needs it."),
        of="participant__user",
        columns=("day", "made_at"),
    ),
    Held(
        "participation.Announcement",
        _("What the site told others because of something you did."),
        OnErasure.ANONYMISE,
        _("What happened stays to be read. It no longer leads to you."),
        of="caused_by__user",
        columns=("title", "path", "published_at"),
    ),
    Held(
        "participation.OrganisationInvitation",
        _("Organisations that asked you to act for them."),
        OnErasure.ERASE,
        _("Nobody else needs it."),
        of="participant__user",
        columns=("organisation__name", "role", "invited_at"),
    ),
    Held(
        "participation.OrganisationPerson",
        _("Organisations you act for."),
        OnErasure.ERASE,
        _("You no longer act for them. The organisations stay."),
        of="participant__user",
        columns=("organisation__name", "role", "since_on"),
    ),
    Held(
        "participation.Membership",
        _("Your seats in committees."),
        OnErasure.ANONYMISE,
        _(
            "Your terms end and the seats become vacant; that somebody had them stays on record without your name."
        ),
        of="participant__user",
        columns=("committee__title", "seat__role", "seat__title", "from_on", "until_on", "ended_because"),
        erase=_forget_memberships,
    ),
    Held(
        "participation.DeclaredInterest",
        _("Interests you declared as a member of a committee."),
        OnErasure.ERASE,
        _("They were about your seat, which you no longer have."),
        of="membership__participant__user",
        columns=("membership__committee__title", "text", "declared_on", "ended_on"),
    ),
    Held(
        "participation.CommitteeAccess",
        _("Committees in which you take part."),
        OnErasure.ERASE,
        _("Nobody else needs it."),
        of="participant__user",
        columns=("committee__title", "level", "since_at"),
    ),
    Held(
        "participation.JoinRequest",
        _("Your requests to join committees, and their answers."),
        OnErasure.ERASE,
        _("Nobody else needs them."),
        of="participant__user",
        columns=("committee__title", "seat__title", "why", "state", "answer", "asked_at"),
    ),
    Held(
        "participation.CommitteeInvitation",
        _("Invitations of committees to your address."),
        OnErasure.ERASE,
        _("Nobody else needs them."),
        of=lambda user: CommitteeInvitation.objects.filter(email__iexact=user.email),
        columns=("committee__title", "state", "invited_at", "answered_at"),
        erase=_forget_invitations,
    ),
    Held(
        "participation.SharedResource",
        _("What you shared with a committee or study circle."),
        OnErasure.ANONYMISE,
        _("Others learn with it. Your name is taken off it."),
        of="added_by__user",
        columns=("committee__title", "title", "address", "note", "added_at"),
    ),
    Held(
        "participation.MeetingRegistration",
        _("Meetings you registered for."),
        OnErasure.ERASE,
        _("Your seat goes to who waits for one."),
        of="participant__user",
        columns=("meeting__title", "meeting__starts_at", "state", "comes_online", "needs", "registered_at"),
        erase=_leave_meetings,
    ),
    Held(
        "participation.DatePoll",
        _("Searches for a date that you began."),
        OnErasure.ANONYMISE,
        _("Others have answered them. Your name is taken off."),
        of="asked_by__user",
        columns=("committee__title", "title", "asked_at"),
    ),
    Held(
        "participation.DateAnswer",
        _("When you said you could come."),
        OnErasure.ERASE,
        _("Nobody else needs it."),
        of="participant__user",
        columns=("option__poll__title", "option__starts_at", "choice"),
    ),
    Held(
        "participation.Attendance",
        _("Meetings at which you were, or were missed, as a member."),
        OnErasure.ANONYMISE,
        _(
            "Quorum and votes have to stay comprehensible. Your name is taken off the lists; published minutes stay."
        ),
        of="participant__user",
        columns=("meeting__title", "meeting__starts_at", "state", "arrived_at", "left_at"),
        erase=_forget_attendances,
    ),
    Held(
        "participation.Recusal",
        _("Items from which you stayed out for a conflict of interest."),
        OnErasure.KEEP,
        _("Votes have to stay comprehensible. It names your seat; the seat's history no longer names you."),
        of="membership__participant__user",
        columns=("item__title", "reason", "declared_at"),
    ),
    Held(
        "participation.MotionVote",
        _("Your votes in roll calls, and that you voted in secret ballots (never how)."),
        OnErasure.KEEP,
        _("Votes have to stay comprehensible. They name your seat; the seat's history no longer names you."),
        of="membership__participant__user",
        columns=("motion__title", "choice"),
    ),
    Held(
        "participation.AgendaItem",
        _("Items you suggested for meetings."),
        OnErasure.ANONYMISE,
        _("The meeting dealt with them, or still will. Your name is taken off."),
        of="suggested_by__user",
        columns=("meeting__title", "title", "text", "state", "answer", "suggested_at"),
    ),
    Held(
        "participation.AgendaDocument",
        _("Documents you added to agendas."),
        OnErasure.ANONYMISE,
        _("They belong to the committee's work. Your name is taken off."),
        of="added_by__user",
        columns=("item__title", "title", "name", "added_at"),
    ),
    Held(
        "participation.Motion",
        _("Elections in which you were the candidate."),
        OnErasure.ANONYMISE,
        _("The vote stays on record. It no longer leads to you."),
        of="candidate__user",
        columns=("title", "state", "yes", "no", "abstain"),
    ),
    Held(
        "participation.ActionItem",
        _("What committees gave you to do."),
        OnErasure.ANONYMISE,
        _("The committee has to know what is to be done. Your name is taken off."),
        of="participant__user",
        columns=("committee__title", "text", "due_on", "state", "report"),
        erase=_forget_actions,
    ),
    Held(
        "participation.Minutes",
        _("Minutes you wrote."),
        OnErasure.ANONYMISE,
        _("They are the committee's record. Your name as their writer is taken off."),
        of="written_by__user",
        columns=("meeting__title", "state"),
    ),
    Held(
        "participation.MinutesCorrection",
        _("Corrections of minutes you made."),
        OnErasure.ANONYMISE,
        _("Corrections stay visible. Your name is taken off."),
        of="corrected_by__user",
        columns=("minutes__meeting__title", "text", "corrected_at"),
    ),
    Held(
        "participation.RoomPerson",
        _("Live rooms in which you took part."),
        OnErasure.ANONYMISE,
        _("What the room said stays comprehensible. Your name is taken off it."),
        of="participant__user",
        columns=("room__prompt", "name", "came_at"),
        erase=_forget_rooms,
    ),
    Held(
        "participation.Statement",
        _("Statements you wrote in live rooms."),
        OnErasure.ANONYMISE,
        _("Others have answered them. They were never shown with your name."),
        of="author__participant__user",
        columns=("room__prompt", "text", "state", "hidden_because", "said_at"),
    ),
    Held(
        "participation.StatementVote",
        _("Your answers to statements in live rooms."),
        OnErasure.ANONYMISE,
        _("They count in the opinion groups. They no longer lead to you."),
        of="person__participant__user",
        columns=("statement__text", "choice", "changed_at"),
    ),
)
