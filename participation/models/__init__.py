"""The facts of the participation plugin."""

from participation.models.agenda import AgendaDocument, AgendaItem, Recusal
from participation.models.announcement import Announcement, FollowTarget, Subscription
from participation.models.calendar import CalendarKey
from participation.models.circle import SharedResource
from participation.models.committee import Committee, CommitteesPage
from participation.models.delivery import Digest, KindChoice, MailPlan
from participation.models.discussion import Comment, CommentOpinion, CommentVersion, Discussion, Follow
from participation.models.figures import OwnFigures
from participation.models.limit import AttemptCount
from participation.models.meeting import (
    Attendance,
    DateAnswer,
    DateOption,
    DatePoll,
    Meeting,
    MeetingRegistration,
    MeetingSeries,
)
from participation.models.membership import (
    CommitteeAccess,
    CommitteeInvitation,
    DeclaredInterest,
    JoinRequest,
    Membership,
    Seat,
)
from participation.models.minutes import Minutes, MinutesCorrection, MinutesTask
from participation.models.moderation import Appeal, CommentFlag, DiscussionSettings, ModerationDecision
from participation.models.motion import ActionItem, Decision, Motion, MotionVote, SecretBallot
from participation.models.neighbourhood import Neighbourhood
from participation.models.notification import Notification, OutgoingMail, Unsubscription
from participation.models.organisation import Organisation, OrganisationInvitation, OrganisationPerson
from participation.models.participant import Participant, RegisterEntry, RegisterImport
from participation.models.room import OpinionPicture, Room, RoomEvent, RoomPerson, RoomReport
from participation.models.statement import Statement, StatementVote

__all__ = [
    "ActionItem",
    "AgendaDocument",
    "AgendaItem",
    "Announcement",
    "Appeal",
    "AttemptCount",
    "Attendance",
    "CalendarKey",
    "Comment",
    "CommentFlag",
    "CommentOpinion",
    "CommentVersion",
    "Committee",
    "CommitteeAccess",
    "CommitteeInvitation",
    "CommitteesPage",
    "DateAnswer",
    "DateOption",
    "DatePoll",
    "Decision",
    "DeclaredInterest",
    "Digest",
    "Discussion",
    "DiscussionSettings",
    "Follow",
    "FollowTarget",
    "JoinRequest",
    "KindChoice",
    "MailPlan",
    "Meeting",
    "MeetingRegistration",
    "MeetingSeries",
    "Membership",
    "Minutes",
    "MinutesCorrection",
    "MinutesTask",
    "ModerationDecision",
    "Motion",
    "MotionVote",
    "Neighbourhood",
    "Notification",
    "OpinionPicture",
    "Organisation",
    "OrganisationInvitation",
    "OrganisationPerson",
    "OutgoingMail",
    "OwnFigures",
    "Participant",
    "Recusal",
    "RegisterEntry",
    "RegisterImport",
    "Room",
    "RoomEvent",
    "RoomPerson",
    "RoomReport",
    "Seat",
    "SecretBallot",
    "SharedResource",
    "Statement",
    "StatementVote",
    "Subscription",
    "Unsubscription",
]
