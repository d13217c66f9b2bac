"""The words that places are described with, in the Wagtail admin; a change shows on the map at once."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from mapping.domain.version import changing_the_map
from mapping.models import Audience, PlaceCategory, PlaceSource, Topic

WORDS = (PlaceCategory, Audience, Topic, PlaceSource)


class _ChangingTheMap:
    """Whatever is saved here is on every place that uses it, so the whole map is read anew."""

    def form_valid(self, form):
        with changing_the_map(all_of_it=True):
            return super().form_valid(form)


class AddWord(_ChangingTheMap, CreateView):
    pass


class ChangeWord(_ChangingTheMap, EditView):
    pass


class _WordViewSet(SnippetViewSet):
    icon = "tag"
    menu_hook = "register_places_menu_item"
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = AddWord
    edit_view_class = ChangeWord
    list_display = ["name", "sort_order"]
    search_fields = ["name"]

    @cached_property
    def panels(self):
        return [
            TitleFieldPanel("name", targets=["slug"], placeholder=_("Name")),
            FieldPanel("slug"),
            FieldPanel("sort_order"),
        ]


def read_map_anew(_request, instances) -> None:
    """After words were deleted, one or many at a time, let the whole map be read anew."""
    if any(isinstance(instance, WORDS) for instance in instances):
        with changing_the_map(all_of_it=True):
            pass


class PlaceCategoryViewSet(_WordViewSet):
    model = PlaceCategory
    icon = "list-ul"
    menu_label = _("Kinds of places")
    menu_name = "kinds-of-places"
    menu_order = 50
    list_display = ["name", "parent", "symbol", "sort_order"]
    panels = [
        TitleFieldPanel("name", targets=["slug"], placeholder=_("Name")),
        FieldPanel("slug"),
        FieldPanel("parent"),
        FieldPanel("symbol"),
        FieldPanel("description"),
        FieldPanel("sort_order"),
    ]


class AudienceViewSet(_WordViewSet):
    model = Audience
    menu_label = _("Audiences")
    menu_name = "audiences"
    menu_order = 60


class TopicViewSet(_WordViewSet):
    model = Topic
    menu_label = _("Topics")
    menu_name = "topics"
    menu_order = 70


class PlaceSourceViewSet(_WordViewSet):
    model = PlaceSource
    icon = "download"
    menu_label = _("Sources of places")
    menu_name = "sources-of-places"
    menu_order = 80
    list_display = ["name", "attribution"]
    panels = [
        TitleFieldPanel("name", targets=["slug"], placeholder=_("Name")),
        FieldPanel("slug"),
        FieldPanel("attribution"),
        FieldPanel("licence_url"),
    ]
