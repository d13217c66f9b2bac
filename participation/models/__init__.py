"""The facts of the participation plugin."""

from participation.models.discussion import Comment, Discussion, Follow
from participation.models.limit import AttemptCount
from participation.models.neighbourhood import Neighbourhood
from participation.models.notification import Notification, OutgoingMail, Unsubscription
from participation.models.organisation import Organisation, OrganisationInvitation, OrganisationPerson
from participation.models.participant import Participant, RegisterEntry, RegisterImport

__all__ = [
    "AttemptCount",
    "Comment",
    "Discussion",
    "Follow",
    "Neighbourhood",
    "Notification",
    "Organisation",
    "OrganisationInvitation",
    "OrganisationPerson",
    "OutgoingMail",
    "Participant",
    "RegisterEntry",
    "RegisterImport",
    "Unsubscription",
]
