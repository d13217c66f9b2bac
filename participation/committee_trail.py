"""What goes on record about committees, in the words of the audit trail."""

from django.utils.translation import gettext_lazy as _

LOG_ACTIONS = (
    ("participation.committee.settings", _("Change settings"), _("Settings of the committee changed")),
    ("participation.seat.add", _("Add seat"), _("Seat added")),
    ("participation.seat.change", _("Change seat"), _("Seat changed")),
    ("participation.seat.abolish", _("Abolish seat"), _("Seat abolished")),
    ("participation.membership.begin", _("Begin term"), _("Somebody got a seat")),
    ("participation.membership.end", _("End term"), _("A term was ended")),
    ("participation.members.import", _("Bring in members"), _("Members brought in from a list")),
    ("participation.interest.declare", _("Declare interest"), _("An interest was declared")),
    ("participation.interest.end", _("End interest"), _("An interest is over")),
    ("participation.access.set", _("Set access"), _("Somebody may do more or less")),
    ("participation.access.take", _("Take access"), _("Somebody takes part no more")),
    ("participation.join_request.decide", _("Answer request"), _("A request to join was answered")),
    ("participation.invitation.send", _("Invite person"), _("Somebody was invited")),
    ("participation.invitation.accept", _("Accept invitation"), _("An invitation was accepted")),
    ("participation.invitation.take_back", _("Take back invitation"), _("An invitation was taken back")),
    ("participation.resource.add", _("Share"), _("Something was shared")),
    ("participation.resource.remove", _("Share no more"), _("Something shared was taken away")),
    ("participation.circle.start", _("Start circle"), _("A study circle was started")),
)
