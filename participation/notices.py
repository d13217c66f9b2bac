"""The kinds of notices of the participation plugin."""

from django.utils.translation import gettext_lazy as _

from participation.foundation.notices import Kind

KINDS = {
    "participation.verification": Kind(_("My account is verified as a resident's")),
    "participation.answer": Kind(_("Somebody answers my comment")),
    "participation.mention": Kind(_("Somebody mentions me")),
    "participation.digest": Kind(_("What can wait, gathered in one mail")),
    "participation.comment": Kind(_("New comments on what I follow"), can_wait=True),
    "participation.moderation": Kind(_("A moderator hides or restores my comment")),
    "participation.committee": Kind(_("A committee gives me a seat, or answers me")),
    "participation.committee_invitation": Kind(_("A committee invites me")),
    "participation.join_request": Kind(_("Somebody wants to join a committee that I lead")),
    "participation.meeting": Kind(_("Meetings of my committees, and those I registered for")),
    "participation.agenda": Kind(_("Somebody decides on an item that I suggested")),
    "participation.action": Kind(_("A committee gives me something to do")),
    "participation.due": Kind(_("What is due in a committee that I lead, once a month")),
    "participation.invitation": Kind(_("An organisation asks me to act for it")),
}
