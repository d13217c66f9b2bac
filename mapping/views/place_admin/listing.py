"""The list of all places in the admin."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets.button import Button, ListingButton
from wagtail.snippets.views.snippets import IndexView

from mapping.queries.submission import page_for_registrations
from mapping.views.place_admin.bulk import BULK_ACTIONS
from mapping.views.place_admin.filtering import SEARCHED
from participation.foundation.search import matching


class PlaceIndex(IndexView):
    @cached_property
    def map_page(self):
        return page_for_registrations()

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if self.map_page is not None and instance.is_public:
            address = self.map_page.url_of("place", instance.pk)
            buttons.append(Button(_("See it on the site"), url=address, icon_name="view", priority=90))
        return buttons

    def search_queryset(self, queryset):
        return matching(queryset, self.search_query, SEARCHED) if self.is_searching else queryset

    def get_context_data(self, **kwargs):
        # Only ours: Wagtail offers to delete whatever is a snippet, and here nobody may.
        return super().get_context_data(
            bulk_buttons=[_button_of(action) for action in BULK_ACTIONS], **kwargs
        )


def _button_of(action: type[BulkAction]) -> ListingButton:
    return ListingButton(
        action.display_name,
        reverse("wagtail_bulk_action", args=["mapping", "learningplace", action.action_type]),
        attrs={"aria-label": action.aria_label, "data-bulk-action-button": ""},
        priority=action.action_priority,
        classname=" ".join([*action.classes, "bulk-action-btn"]),
    )
