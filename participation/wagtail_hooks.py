"""What the participation plugin adds to the Wagtail admin: a short list of registrations."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from participation import committee_trail
from participation.domain.circle import tell_of_publication
from participation.foundation.menus import MenuItemFor
from participation.log_actions import MEETING_ACTIONS
from participation.models import Comment, Committee, Organisation
from participation.queries.committee import hidden_from
from participation.rules import (
    may_edit_organisations,
    may_import_register,
    may_see_outbox,
    may_verify_at_desk,
)
from participation.views import outbox, register
from participation.views.city import NeighbourhoodViewSet, OrganisationViewSet
from participation.views.moderation import (
    CommentViewSet,
    HideComments,
    KeepComments,
    ReadingPolicy,
    RestoreComments,
)

register_permission_policy(Comment, ReadingPolicy(Comment))
register_snippet(NeighbourhoodViewSet)
register_snippet(OrganisationViewSet)
hooks.register("register_bulk_action", HideComments)
hooks.register("register_bulk_action", KeepComments)
hooks.register("register_bulk_action", RestoreComments)

LOG_ACTIONS = (
    ("participation.comment.hide", _("Hide comment"), _("Comment hidden")),
    ("participation.comment.restore", _("Restore comment"), _("Comment restored")),
    ("participation.comment.keep", _("Keep comment"), _("Comment looked at and kept")),
    ("participation.comment.appeal", _("Appeal"), _("Appeal made against a decision")),
    ("participation.comment.decide_appeal", _("Decide appeal"), _("Appeal decided")),
    (
        "participation.comment.official",
        _("Committee's answer"),
        _("Comment made the committee's answer, or not any more"),
    ),
    (
        "participation.organisation.appoint",
        _("Appoint person"),
        _("Person appointed to act for the organisation"),
    ),
    ("participation.organisation.remove", _("Remove person"), _("Person removed from the organisation")),
    ("participation.verify", _("Verify resident"), _("Verified as a resident")),
    ("participation.import_register", _("Import register"), _("Residents' register imported")),
    ("participation.export_own_data", _("Export own data"), _("Took along their own data")),
    ("participation.erase", _("Erase account"), _("Deleted their own account")),
    ("participation.mail.try_again", _("Try mail again"), _("Mail put back into the outbox")),
    *MEETING_ACTIONS,
)


@hooks.register("register_log_actions")
def log_actions(actions):
    for name, label, message in (*LOG_ACTIONS, *committee_trail.LOG_ACTIONS):
        actions.register_action(name, label, message)


@hooks.register("register_admin_urls")
def admin_urls():
    return [*register.admin_urls, *outbox.admin_urls]


@hooks.register("register_admin_viewset")
def moderation_queue():
    return CommentViewSet()


@hooks.register("after_publish_page")
def circle_is_public(request, page):
    if isinstance(page, Committee):
        tell_of_publication(page)


@hooks.register("construct_explorer_page_queryset")
def private_committees_are_not_explored(_parent_page, pages, request):
    return pages.exclude(pk__in=hidden_from(request.user).values("pk"))


@hooks.register("construct_page_chooser_queryset")
def private_committees_are_not_chosen(pages, request):
    return pages.exclude(pk__in=hidden_from(request.user).values("pk"))


@hooks.register("register_snippet_listing_buttons")
def people_of_organisation(snippet, user, next_url=None):
    if isinstance(snippet, Organisation) and may_edit_organisations(user):
        address = reverse("participation:organisation_people", args=[snippet.slug])
        yield Button(_("Who acts for it"), url=address, icon_name="group", priority=20)


def _menu_item(hook: str, label, address: str, **kwargs) -> None:
    hooks.register(hook, lambda: MenuItemFor(label, reverse(address), **kwargs))


_menu_item(
    "register_admin_menu_item",
    _("Register"),
    "participation_register",
    name="register",
    icon_name="group",
    order=610,
    rule=may_import_register,
)
_menu_item(
    "register_admin_menu_item",
    _("Desk"),
    "participation_desk",
    name="desk",
    icon_name="user",
    order=611,
    rule=may_verify_at_desk,
)
_menu_item(
    "register_reports_menu_item",
    _("Outgoing mail"),
    "participation_outbox",
    name="outgoing-mail",
    icon_name="mail",
    order=1300,
    rule=may_see_outbox,
)
