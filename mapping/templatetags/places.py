"""Places in templates: the drawings of their kinds, and a place as a card of a list."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mapping.symbols import SYMBOL_PATHS
from mapping.tiles import tiles
from mapping.words import shown_address
from participation.templatetags.icon_paths import ICON_PATHS

register = template.Library()
register.filter(shown_address)


@register.simple_tag
def symbol(name: str) -> SafeString:
    """Draw the symbol of a kind of place; it is decoration beside the kind's name."""
    path = SYMBOL_PATHS.get(name, SYMBOL_PATHS["pin"])
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="{}"/></svg>',
        path,
    )


@register.filter
def drawing(name: str) -> str:
    """Return the path of a symbol or of one of the site's icons, which the map's script draws on its points."""
    return SYMBOL_PATHS.get(name) or ICON_PATHS[name]


@register.inclusion_tag("mapping/components/place_card.html")
def place_card(
    card: dict[str, Any], places_url: str, heading: str = "h3", outside: bool = False
) -> dict[str, Any]:
    """Draw a place: `card` has `place` (from `queries.place.cards_of`), `opening` and `distance`.

    `outside` opens it in a window of its own, for cards in a frame.
    """
    place = card["place"]
    return {**card, "url": f"{places_url}{place.pk}/", "heading": heading, "outside": outside}


@register.simple_tag
def tile_attributes() -> SafeString:
    """What `base.js` reads of the tiles of this site, on the element of a map; nothing where there are none."""
    drawn = tiles()
    if drawn is None:
        return SafeString()
    return format_html(
        ' data-tiles="{}" data-attribution="{}" data-tiles-zoom="{}"{}',
        drawn.url,
        drawn.attribution,
        drawn.max_zoom,
        format_html(' data-tiles-ask="{}"', drawn.host) if drawn.ask_first else "",
    )


@register.simple_tag
def foreign_tiles() -> str:
    """The host of tiles that a visitor has to agree to, "" where nobody has to."""
    drawn = tiles()
    return drawn.host if drawn is not None and drawn.ask_first else ""


@register.filter
def has_block(stream: Any, names: str) -> bool:
    """Say whether a StreamField's value has a block of one of these types (with blanks between)."""
    wanted = names.split()
    return any(block.block_type in wanted for block in stream)
