"""The neighbourhoods and organisations of the city in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TitleFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from participation.forms.neighbourhood import NeighbourhoodForm
from participation.models import Neighbourhood, Organisation


class NeighbourhoodViewSet(SnippetViewSet):
    model = Neighbourhood
    icon = "site"
    menu_label = _("Neighbourhoods")
    menu_order = 620
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["name", "inhabitants", "sort_order"]
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            TitleFieldPanel("name", targets=["slug"], placeholder=_("Name")),
            FieldPanel("slug"),
            FieldPanel("description"),
            FieldPanel("outline"),
            FieldPanel("population"),
            FieldPanel("sort_order"),
        ],
        base_form_class=NeighbourhoodForm,
    )


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    menu_order = 621
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["name", "kind", "neighbourhood"]
    list_filter = ["kind", "neighbourhood", "is_trusted"]
    search_fields = ["name"]
    panels = [
        TitleFieldPanel("name", targets=["slug"], placeholder=_("Name")),
        FieldPanel("slug"),
        FieldPanel("kind"),
        FieldPanel("neighbourhood"),
        FieldPanel("description"),
        FieldPanel("website"),
        FieldPanel("is_trusted"),
    ]
