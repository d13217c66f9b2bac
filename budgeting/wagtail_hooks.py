"""What budgeting adds to the Wagtail admin."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.snippets.models import register_snippet

from budgeting.rules import may_review_proposals, may_run_budget
from budgeting.views import box, rehearsal, review
from budgeting.views.project_admin import ProjectViewSet
from participation.foundation.menus import MenuItemFor

# Further pages about budgets join this menu with hooks.register("register_budgets_menu_item").
budgets_menu = Menu(
    register_hook_name="register_budgets_menu_item", construct_hook_name="construct_budgets_menu"
)

register_snippet(ProjectViewSet)


@hooks.register("register_admin_urls")
def admin_urls():
    return [*review.admin_urls, *box.admin_urls, *rehearsal.admin_urls]


@hooks.register("register_admin_menu_item")
def budgets_menu_item():
    return SubmenuMenuItem(_("Budgets"), budgets_menu, name="budgets", icon_name="tasks", order=250)


@hooks.register("register_budgets_menu_item")
def review_menu_item():
    return MenuItemFor(
        _("Review of proposals"),
        reverse(review.QUEUE),
        name="review",
        icon_name="tasks",
        order=10,
        rule=may_review_proposals,
    )


@hooks.register("register_budgets_menu_item")
def votes_menu_item():
    return MenuItemFor(
        _("Votes"), reverse(box.LIST), name="votes", icon_name="lock", order=20, rule=may_run_budget
    )


@hooks.register("register_budgets_menu_item")
def rehearsals_menu_item():
    return MenuItemFor(
        _("Rehearsals"),
        reverse(rehearsal.LIST),
        name="rehearsals",
        icon_name="view",
        order=30,
        rule=may_run_budget,
    )


@hooks.register("register_log_actions")
def name_ballot_box_actions(actions):
    """The words of the audit trail about a ballot box."""
    actions.register_action("budgeting.freeze", _("Freeze rules"), _("Rules of the vote frozen"))
    actions.register_action("budgeting.extend_voting", _("Extend voting"), _("Voting extended"))
    actions.register_action("budgeting.close_voting", _("Close voting"), _("Voting closed early"))
    actions.register_action("budgeting.seal", _("Seal ballot box"), _("Ballot box sealed"))
    actions.register_action("budgeting.destroy_secret", _("Destroy link secret"), _("Link secret destroyed"))


@hooks.register("register_log_actions")
def name_result_actions(actions):
    """The words of the audit trail about results and what becomes of projects."""
    actions.register_action("budgeting.rehearse", _("Rehearse count"), _("Rehearsal of a count asked for"))
    actions.register_action("budgeting.count", _("Count ballots"), _("Ballots counted"))
    actions.register_action("budgeting.publish", _("Publish result"), _("Result published"))
    actions.register_action(
        "budgeting.import_election", _("Import election"), _("Election imported from a file")
    )
    actions.register_action(
        "budgeting.export_election", _("Export election"), _("Ballots exported through the gate")
    )
    actions.register_action("budgeting.post_update", _("Post news"), _("News of the project posted"))
    actions.register_action("budgeting.plan_milestone", _("Plan step"), _("Step of the project planned"))
    actions.register_action("budgeting.reach_milestone", _("Reach step"), _("Step of the project reached"))
    actions.register_action("budgeting.finish_project", _("Finish project"), _("Project finished"))


@hooks.register("register_log_actions")
def name_proposal_actions(actions):
    """The words of the audit trail about budgets and proposals."""
    actions.register_action(
        "budgeting.refuse_change", _("Refuse change"), _("Change of frozen rules refused")
    )
    actions.register_action("budgeting.draft_proposal", _("Draft proposal"), _("Proposal drafted"))
    actions.register_action("budgeting.edit_proposal", _("Edit proposal"), _("Proposal edited"))
    actions.register_action("budgeting.submit_proposal", _("Hand in proposal"), _("Proposal handed in"))
    actions.register_action("budgeting.withdraw_proposal", _("Withdraw proposal"), _("Proposal withdrawn"))
    actions.register_action("budgeting.discard_draft", _("Delete draft"), _("Draft of a proposal deleted"))
    actions.register_action("budgeting.hide_proposal", _("Hide proposal"), _("Proposal hidden"))
    actions.register_action("budgeting.restore_proposal", _("Show proposal"), _("Proposal shown again"))
    actions.register_action("budgeting.decide_proposal", _("Review proposal"), _("Proposal reviewed"))
    actions.register_action("budgeting.make_project", _("Make project"), _("Project put on the ballot"))
    actions.register_action(
        "budgeting.remove_project", _("Remove project"), _("Project taken off the ballot")
    )


@hooks.register("register_log_actions")
def name_actions_of_committees(actions):
    """The words of the audit trail about committees and the budget."""
    actions.register_action("budgeting.speak", _("Speak as committee"), _("A committee said something"))
    actions.register_action(
        "budgeting.take_voice_back", _("Take word back"), _("A committee took back what it said")
    )
    actions.register_action("budgeting.rank", _("Put in order"), _("A committee put proposals in order"))
    actions.register_action("budgeting.adopt_project", _("Adopt project"), _("A committee looks after it"))
    actions.register_action(
        "budgeting.give_project_up", _("Give project up"), _("The committee looks after it no more")
    )
