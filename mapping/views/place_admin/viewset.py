"""Places as a snippet: which views and which panels."""

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import StatusTagColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from mapping.forms.place_admin import PlaceAdminForm
from mapping.models import LearningPlace
from mapping.validators import MAX_PICTURES
from mapping.views.place_admin.choosing import PlaceChooserViewSet
from mapping.views.place_admin.editing import PlaceCreateView, PlaceEditView, PlaceRevertView
from mapping.views.place_admin.filtering import SEARCHED, PlaceFilter
from mapping.views.place_admin.listing import PlaceIndex


class KeepingPolicy(ModelPermissionPolicy):
    """Nobody deletes a place: it is hidden or closed, and keeps its address and its history."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return super().user_has_any_permission(user, [action for action in actions if action != "delete"])


class PlaceViewSet(SnippetViewSet):
    model = LearningPlace
    chooser_viewset_class = PlaceChooserViewSet
    icon = "site"
    menu_label = _("All places")
    menu_name = "all-places"
    menu_order = 10
    menu_hook = "register_places_menu_item"
    add_to_admin_menu = True
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "name",
        "category",
        "neighbourhood",
        StatusTagColumn(
            "status",
            label=_("Status"),
            accessor="get_status_display",
            primary=lambda place: place.is_public,
        ),
        "verified_on",
    ]
    filterset_class = PlaceFilter
    index_view_class = PlaceIndex
    index_template_name = "mapping/admin/places.html"
    add_view_class = PlaceCreateView
    edit_view_class = PlaceEditView
    revisions_revert_view_class = PlaceRevertView
    search_fields = SEARCHED
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldPanel("category"),
                    FieldPanel("summary"),
                    FieldPanel("organisation"),
                    FieldPanel("description"),
                ],
                heading=_("The place"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("is_online"),
                    FieldPanel("street"),
                    FieldRowPanel([FieldPanel("postal_code"), FieldPanel("locality")]),
                    FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                    FieldPanel("neighbourhood"),
                ],
                heading=_("Where it is"),
            ),
            MultiFieldPanel(
                [FieldPanel("opening_hours"), FieldPanel("hours_remark")], heading=_("When it is open")
            ),
            MultiFieldPanel(
                [
                    FieldPanel("what_to_learn"),
                    FieldPanel("topics", widget=CheckboxSelectMultiple),
                    FieldPanel("audiences", widget=CheckboxSelectMultiple),
                    FieldPanel("cost"),
                    FieldPanel("languages"),
                ],
                heading=_("For whom"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("step_free"), FieldPanel("accessible_toilet")]),
                    FieldRowPanel([FieldPanel("hearing_loop"), FieldPanel("quiet_space")]),
                    FieldPanel("access_note"),
                ],
                heading=_("Accessibility"),
            ),
            MultiFieldPanel(
                [FieldPanel("website"), FieldPanel("email"), FieldPanel("phone")], heading=_("Contact")
            ),
            InlinePanel(
                "pictures",
                [FieldPanel("image"), FieldPanel("alt_text")],
                heading=_("Pictures"),
                label=_("Picture"),
                max_num=MAX_PICTURES,
            ),
        ],
        base_form_class=PlaceAdminForm,
    )

    def get_queryset(self, request):
        return (
            LearningPlace.objects.select_related("category", "neighbourhood", "latest_revision__user")
            .defer("description", "what_to_learn")
            .order_by("name", "pk")
        )
