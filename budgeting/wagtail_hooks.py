"""What budgeting adds to the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def name_ballot_box_actions(actions):
    """The words of the audit trail about a ballot box."""
    actions.register_action("budgeting.freeze", _("Freeze rules"), _("Rules of the vote frozen"))
    actions.register_action("budgeting.extend_voting", _("Extend voting"), _("Voting extended"))
    actions.register_action("budgeting.close_voting", _("Close voting"), _("Voting closed early"))
    actions.register_action("budgeting.seal", _("Seal ballot box"), _("Ballot box sealed"))
    actions.register_action("budgeting.destroy_secret", _("Destroy link secret"), _("Link secret destroyed"))
