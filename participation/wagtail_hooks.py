"""What the participation plugin adds to the Wagtail admin: a short list of registrations."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

LOG_ACTIONS = (
    ("participation.comment.hide", _("Hide comment"), _("Comment hidden")),
    ("participation.comment.restore", _("Restore comment"), _("Comment restored")),
    (
        "participation.organisation.appoint",
        _("Appoint person"),
        _("Person appointed to act for the organisation"),
    ),
    ("participation.organisation.remove", _("Remove person"), _("Person removed from the organisation")),
    ("participation.mail.try_again", _("Try mail again"), _("Mail put back into the outbox")),
)


@hooks.register("register_log_actions")
def log_actions(actions):
    for name, label, message in LOG_ACTIONS:
        actions.register_action(name, label, message)
