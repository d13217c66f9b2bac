"""System checks of the map's settings; each names the fix."""

from django.conf import settings
from django.core.checks import Error, register

from mapping.tiles import UnusableArchive, archive, tiles_origin


@register()
def tiles_can_be_drawn(app_configs, **kwargs):
    """MAPPING_TILES names tiles, and the content policy lets browsers load them."""
    wanted = getattr(settings, "MAPPING_TILES", None)
    if not wanted:
        return []
    url = wanted.get("url", "") if isinstance(wanted, dict) else ""
    if isinstance(wanted, dict) and wanted.get("pmtiles"):
        return [*_archive_is_usable(wanted["pmtiles"]), *_maker_is_named(wanted)]
    if not all(part in url for part in ("{z}", "{x}", "{y}")):
        return [
            Error(
                "MAPPING_TILES has no address of tiles.",
                hint='Set it to {"url": "https://tiles.example.org/{z}/{x}/{y}.png", "attribution": "..."}, to'
                ' {"pmtiles": "/srv/city.pmtiles", "attribution": "..."}, or to None.',
                id="mapping.E001",
            )
        ]
    errors = []
    if not url.startswith(("/", "https://", "http://")):
        errors.append(
            Error(
                "The address of MAPPING_TILES is neither a path of this site nor an address.",
                hint='Let its url begin with "/" or "https://".',
                id="mapping.E002",
            )
        )
    errors += _maker_is_named(wanted)
    origin = tiles_origin(url)
    policy = getattr(settings, "CONTENT_SECURITY_POLICY", {}).get("DIRECTIVES", {})
    if origin and policy and origin not in policy.get("img-src", ()):
        errors.append(
            Error(
                f"The content policy does not let browsers load the tiles of {origin}.",
                hint=f'Add "{origin}" to "img-src" in CONTENT_SECURITY_POLICY.',
                id="mapping.E004",
            )
        )
    return errors


def _maker_is_named(wanted: dict) -> list[Error]:
    if wanted.get("attribution"):
        return []
    return [
        Error(
            "MAPPING_TILES names nobody as the maker of the map.",
            hint='Add "attribution", for example "© OpenStreetMap contributors": the licences of map data ask for it.',
            id="mapping.E003",
        )
    ]


def _archive_is_usable(path) -> list[Error]:
    try:
        archive(str(path))
    except UnusableArchive as error:
        return [
            Error(
                f"The PMTiles file of MAPPING_TILES cannot be used: {error}.",
                hint="Name a PMTiles file (version 3) with PNG, JPEG, WebP or AVIF tiles that the server may read.",
                id="mapping.E006",
            )
        ]
    return []


@register()
def frames_have_ancestors(app_configs, **kwargs):
    """MAPPING_EMBED_ANCESTORS is a list of sources, not one text whose letters would be taken for sources."""
    ancestors = getattr(settings, "MAPPING_EMBED_ANCESTORS", ("*",))
    if isinstance(ancestors, list | tuple) and ancestors and all(isinstance(each, str) for each in ancestors):
        return []
    return [
        Error(
            "MAPPING_EMBED_ANCESTORS is not a list of sources.",
            hint='Set it to ["*"] for everybody, ["\'none\'"] for nobody, or to a list such as ["https://school.example.org"].',
            id="mapping.E005",
        )
    ]
