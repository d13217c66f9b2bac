"""What the map adds to the Wagtail admin: a short list of registrations."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from mapping.models import LearningPlace
from mapping.queries.report import count_open_reports
from mapping.queries.stewardship import count_requests
from mapping.queries.submission import count_waiting
from mapping.rules import may_import_places, may_moderate_places
from mapping.views import (
    import_admin,
    merge_admin,
    moderation,
    neighbourhood_admin,
    place_admin,
    report_admin,
    vocabulary,
)
from participation.foundation.menus import MenuItemFor

# What belongs to the map joins this menu with hooks.register("register_places_menu_item").
places_menu = Menu(
    register_hook_name="register_places_menu_item", construct_hook_name="construct_places_menu"
)

LOG_ACTIONS = (
    ("mapping.write_place", _("Write down place"), _("Place written down")),
    ("mapping.change_place", _("Change place"), _("Place changed")),
    ("mapping.pending", _("Hand in place"), _("Place handed in")),
    ("mapping.draft", _("Send place back"), _("Place sent back to who registered it")),
    ("mapping.published", _("Publish place"), _("Place published")),
    ("mapping.refused", _("Refuse place"), _("Place not accepted")),
    ("mapping.hidden", _("Hide place"), _("Place hidden")),
    ("mapping.closed", _("Close place"), _("Place closed for good")),
    ("mapping.merge_places", _("Merge place"), _("Place merged with another entry")),
    ("mapping.take_in_place", _("Take in place"), _("Another entry merged into this place")),
    ("mapping.keep_apart", _("Keep places apart"), _("Noted as another place than an entry like it")),
    (
        "mapping.compare_again",
        _("Compare places again"),
        _("No longer noted as another place than an entry like it"),
    ),
    ("mapping.verify_place", _("Verify place"), _("Place verified")),
    ("mapping.appoint_steward", _("Appoint organisation"), _("Organisation looks after the place")),
    (
        "mapping.decline_steward",
        _("Decline organisation"),
        _("Request to look after the place was not granted"),
    ),
    ("mapping.stop_stewardship", _("Stop looking after"), _("Somebody stopped looking after the place")),
    ("mapping.answer_reports", _("Answer reports"), _("Reports of errors answered")),
    ("mapping.bring_in_place", _("Bring in place"), _("Place as a file had it")),
    ("mapping.import_places", _("Import places"), _("Places brought in from a file")),
    ("mapping.import_neighbourhood", _("Import neighbourhood"), _("Neighbourhood brought in from a file")),
    ("mapping.undo_import", _("Take back import"), _("Import of places taken back")),
)


@hooks.register("insert_global_admin_css")
def admin_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("mapping/css/admin.css"))


@hooks.register("register_log_actions")
def log_actions(actions):
    for name, label, message in LOG_ACTIONS:
        actions.register_action(name, label, message)


@hooks.register("register_admin_menu_item")
def places_menu_item():
    return SubmenuMenuItem(_("Places"), places_menu, name="places", icon_name="site", order=240)


register_permission_policy(LearningPlace, place_admin.KeepingPolicy(LearningPlace))
register_snippet(place_admin.PlaceViewSet)
for _words in (
    vocabulary.PlaceCategoryViewSet,
    vocabulary.AudienceViewSet,
    vocabulary.TopicViewSet,
    vocabulary.PlaceSourceViewSet,
):
    register_snippet(_words)
for _action in place_admin.BULK_ACTIONS:
    hooks.register("register_bulk_action", _action)
hooks.register("after_delete_snippet", vocabulary.read_map_anew)
hooks.register("after_create_snippet", neighbourhood_admin.after_one)
hooks.register("after_edit_snippet", neighbourhood_admin.after_one)
hooks.register("after_delete_snippet", neighbourhood_admin.after_some)


@hooks.register("register_admin_urls")
def admin_urls():
    pages = (moderation, report_admin, merge_admin, place_admin, import_admin, neighbourhood_admin)
    return [url for page in pages for url in page.admin_urls]


def _menu_item(hook: str, label, address: str, *, query: str = "", **kwargs) -> None:
    hooks.register(hook, lambda: MenuItemFor(label, reverse(address) + query, **kwargs))


for _order, _label, _address, _more in (
    (
        0,
        _("Registrations"),
        moderation.QUEUE,
        {"query": "?state=waiting", "icon_name": "tasks", "count": count_waiting},
    ),
    (5, _("Who looks after places"), moderation.REQUESTS, {"icon_name": "group", "count": count_requests}),
    (6, _("Reported errors"), report_admin.QUEUE, {"icon_name": "warning", "count": count_open_reports}),
    (7, _("Possible doubles"), merge_admin.LIST, {"icon_name": "copy"}),
    (60, _("Bring places in"), import_admin.LIST, {"icon_name": "download", "rule": may_import_places}),
    (
        61,
        _("Bring neighbourhoods in"),
        neighbourhood_admin.LIST,
        {"icon_name": "download", "rule": may_import_places},
    ),
):
    _menu_item(
        "register_places_menu_item",
        _label,
        _address,
        **{"name": _address.replace("_", "-"), "order": _order, "rule": may_moderate_places, **_more},
    )
for _order, _report in enumerate(place_admin.REPORTS, start=1400):
    _menu_item(
        "register_reports_menu_item",
        _report.page_title,
        _report.index_url_name,
        name=_report.index_url_name.replace("_", "-"),
        icon_name="site",
        order=_order,
        rule=may_moderate_places,
    )
