"""The kinds of notices of participatory budgeting."""

from django.utils.translation import gettext_lazy as _

from participation.foundation.notices import Kind

KINDS = {
    "budgeting.received": Kind(_("We have received my proposal")),
    "budgeting.decided": Kind(_("The city decides on my proposal")),
    "budgeting.result": Kind(_("The result of a vote on what I proposed or follow")),
    "budgeting.project_news": Kind(_("News of funded projects that I proposed or follow"), can_wait=True),
    "budgeting.new_proposal": Kind(_("New proposals in what I follow"), can_wait=True),
    "budgeting.area_result": Kind(_("Results of votes in what I follow"), can_wait=True),
    "budgeting.committee_voice": Kind(
        _("A committee says something about what I proposed or follow"), can_wait=True
    ),
    "budgeting.phase": Kind(_("A phase of a budget begins in what I follow"), can_wait=True),
    "budgeting.hidden": Kind(_("The city hides or shows my proposal")),
}
