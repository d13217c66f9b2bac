"""The sections of Wagtail's own admin, and who gets a page there."""

from tests.architecture.access.rows import ADMINISTRATOR, ALL, EDITOR, MODERATOR, choosers

SECTIONS = {
    "": ALL,
    "^.*": set(),
    "account": ALL,
    "api": ALL,
    "block-preview": set(),
    "bulk": set(),
    "choose-anchor-link": ALL,
    "choose-email-link": ALL,
    "choose-external-link": ALL,
    "choose-page": ALL,
    "choose-phone-link": ALL,
    "collections": ADMINISTRATOR,
    "dismissibles": ALL,
    "documents": EDITOR,
    "editing-sessions": set(),
    "embeds": ALL,
    "failwhale": set(),
    "groups": ADMINISTRATOR,
    "images": EDITOR,
    "jsi18n": ALL,
    "locales": ADMINISTRATOR,
    "localize": ADMINISTRATOR,
    "login": set(),
    "logout": set(),
    "pages": EDITOR,
    "password_reset": set(),
    "redirects": ADMINISTRATOR,
    "reports": EDITOR | MODERATOR,
    "sites": ADMINISTRATOR,
    "snippets": set(),
    "sprite": ALL,
    "tag-autocomplete": ALL,
    "test404": ALL,
    "users": ADMINISTRATOR,
    "workflows": ADMINISTRATOR,
}
# Addresses that Wagtail opens to all staff: empty dialogs, lists of what the person may see, a title.
OPEN_TO_STAFF = {
    "wagtail_localize:javascript_catalog",
    "wagtail_localize:translations_report",
    "wagtail_localize:translations_report_results",
    "wagtailadmin_pages:choose_parent",
    "wagtailadmin_pages:confirm_workflow_cancellation",
    "wagtailadmin_pages:move_confirm",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:site_history_results",
    "wagtailadmin_workflows:task_chooser",
    "wagtailadmin_workflows:task_chooser_create",
    "wagtailadmin_workflows:task_chooser_results",
    "wagtailadmin_workflows:task_chosen",
    *choosers("wagtaildocs_chooser", "wagtailimages_chooser"),
}
# Code and pictures of the admin itself, without anybody's data.
OPEN_TO_ALL = {"wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}
