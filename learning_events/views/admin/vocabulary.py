"""The words that events are described with, and the rooms they are in, in the Wagtail admin."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from learning_events.domain.version import raise_programme_version
from learning_events.models import EventKind, KeyFeature, Room

WORDS = (EventKind, KeyFeature)


class _ChangingTheProgramme:
    """Whatever is saved here stands beside every event that uses it, so the programme is read anew."""

    def form_valid(self, form):
        with transaction.atomic():
            raise_programme_version()
            return super().form_valid(form)


class AddWord(_ChangingTheProgramme, CreateView):
    pass


class ChangeWord(_ChangingTheProgramme, EditView):
    pass


def programme_changes_with_words(_request, instances) -> None:
    """After words were deleted, one or many at a time, let the programme be read anew."""
    if any(isinstance(instance, WORDS) for instance in instances):
        with transaction.atomic():
            raise_programme_version()


class _WordViewSet(SnippetViewSet):
    icon = "tag"
    menu_hook = "register_festival_menu_item"
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = AddWord
    edit_view_class = ChangeWord


class EventKindViewSet(_WordViewSet):
    model = EventKind
    icon = "list-ul"
    menu_label = _("Kinds of events")
    menu_name = "kinds-of-events"
    menu_order = 50
    list_display = ["name", "series", "sort_order"]
    search_fields = ["name"]
    panels = [
        TitleFieldPanel("name", targets=["slug"], placeholder=_("Name")),
        FieldPanel("slug"),
        FieldPanel("series"),
        FieldPanel("sort_order"),
    ]


class KeyFeatureViewSet(_WordViewSet):
    model = KeyFeature
    menu_label = _("Key Features")
    menu_name = "key-features"
    menu_order = 60
    list_display = ["number", "name", "sort_order"]
    search_fields = ["number", "name"]
    panels = [FieldPanel("number"), FieldPanel("name"), FieldPanel("sort_order")]


class RoomViewSet(SnippetViewSet):
    """How many people rooms hold: seen by editors alone, in the report of clashes."""

    model = Room
    icon = "home"
    menu_hook = "register_festival_menu_item"
    add_to_admin_menu = True
    menu_label = _("Rooms")
    menu_name = "rooms-of-places"
    menu_order = 65
    copy_view_enabled = False
    list_display = ["place", "name", "people"]
    search_fields = ["name", "place__name"]
    panels = [FieldPanel("place"), FieldPanel("name"), FieldPanel("people")]
