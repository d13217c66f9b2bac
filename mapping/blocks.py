"""StreamField blocks that show live content of the map on any page."""

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from mapping.coverage_words import left_out, sentence
from mapping.domain.coverage import CoverageChoice, coverage_of
from mapping.enums import PlaceStatus
from mapping.finding import Finding, card_of, map_context
from mapping.queries.place import cards_of
from mapping.queries.places import PlaceSearch
from mapping.queries.places_page import scope_of
from mapping.spatial.age_groups import EVERYONE
from mapping.spatial.coverage import DISTANCES_M
from participation.foundation.pages import open_to_all


class CoverageBlock(blocks.StructBlock):
    """One sentence on who lives near a learning place, with the way to all figures."""

    page = blocks.PageChooserBlock(page_type="mapping.PlacesPage", label=_("Map of learning places"))
    categories = blocks.ListBlock(
        SnippetChooserBlock("mapping.PlaceCategory"),
        label=_("Only these kinds of places"),
        default=[],
        help_text=_("None for all that the map shows."),
    )
    distance = blocks.ChoiceBlock(
        label=_("Within"),
        choices=[(str(distance), _("%(number)d metres") % {"number": distance}) for distance in DISTANCES_M],
        default="800",
    )

    class Meta:
        icon = "group"
        label = _("Coverage in one sentence")
        template = "mapping/blocks/coverage.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        page = open_to_all(value["page"])
        if page is None or not page.shows_coverage:
            return context
        kinds = [category for category in value["categories"] if category is not None]
        search = PlaceSearch(categories=frozenset(kind.pk for kind in kinds))
        figures = coverage_of(CoverageChoice.of(scope_of(page).narrow(search)))
        if not figures.has_people:
            return context
        names = [kind.name for kind in kinds] or [category.name for category in page.categories.all()]
        shown = {"group": EVERYONE, "distance_m": int(value["distance"])}
        query = "&".join([f"category={kind.slug}" for kind in kinds] + [f"distance={value['distance']}"])
        context |= {
            "sentence": sentence(figures, kinds=names, **shown),
            "left_out": left_out(figures, **shown),
            "share": figures.share(EVERYONE, shown["distance_m"]) or 0,
            "url": f"{page.url_of('coverage')}?{query}",
        }
        return context


class SelectionBlock(blocks.StructBlock):
    """Which places of a map page: those of some kinds and neighbourhoods, or all."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    page = blocks.PageChooserBlock(page_type="mapping.PlacesPage", label=_("Map page"))
    categories = blocks.ListBlock(
        SnippetChooserBlock("mapping.PlaceCategory", label=_("Kind of place")),
        label=_("Only these kinds of places"),
        default=[],
        required=False,
    )
    neighbourhoods = blocks.ListBlock(
        SnippetChooserBlock("participation.Neighbourhood", label=_("Neighbourhood")),
        label=_("Only these neighbourhoods"),
        default=[],
        required=False,
    )

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        page = open_to_all(value["page"])
        if page is None:
            return context
        query = QueryDict(mutable=True)
        query.setlist("category", [row.slug for row in value["categories"] if row])
        query.setlist("neighbourhood", [row.slug for row in value["neighbourhoods"] if row])
        asked = Finding(page, query)
        address = asked.form.query()
        context |= {
            "places_page": page,
            "asked": asked,
            "list_url": page.url + (f"?{address}" if address else ""),
        }
        return context


class PlacesMapBlock(SelectionBlock):
    """A map of a selection of places, with the way to the list of the same."""

    class Meta:
        icon = "site"
        label = _("Map of learning places")
        template = "mapping/blocks/places_map.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        if asked := context.get("asked"):
            context["map"] = map_context(context["places_page"], asked) | {"layers": []}
        return context


class PlaceListBlock(SelectionBlock):
    """The first few of a selection of places by name, or a few open ones."""

    only_open = blocks.BooleanBlock(label=_("Only those that are open now"), required=False)
    number = blocks.IntegerBlock(label=_("How many"), default=4, min_value=1, max_value=12)

    class Meta:
        icon = "list-ul"
        label = _("List of learning places")
        template = "mapping/blocks/place_list.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        if asked := context.get("asked"):
            if value["only_open"]:
                asked.only_open_now()
            context["cards"] = asked.cards(asked.positions[: value["number"]])
            context["found"] = asked.found
        return context


class OnePlaceBlock(blocks.StructBlock):
    """One place that an editor recommends."""

    page = blocks.PageChooserBlock(page_type="mapping.PlacesPage", label=_("Map page"))
    place = SnippetChooserBlock("mapping.LearningPlace", label=_("Place"))
    text = blocks.CharBlock(label=_("Why"), max_length=300, required=False)

    class Meta:
        icon = "home"
        label = _("One learning place")
        template = "mapping/blocks/one_place.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        page = open_to_all(value["page"])
        place = value["place"]
        if page is not None and place is not None and place.status == PlaceStatus.PUBLISHED:
            context |= {"places_page": page, "card": card_of(cards_of([place.pk])[0])}
        return context
