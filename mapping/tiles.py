"""The drawn map below the points: none by default, tiles of one's own server, or of another after the visitor agrees.

MAPPING_TILES is None or a dictionary:

- `url`: a template with {z}, {x} and {y}: a path of this site ("/media/tiles/{z}/{x}/{y}.png") or an address; or
- `pmtiles`: the path of a PMTiles file with raster tiles, which this site gives out by itself;
- `attribution`: the credit line that the maker of the map asks for, plain text;
- `max_zoom`: how far in there are tiles (default 18, or what the file says);
- `ask_first`: ask the visitor before the first tile is loaded. Default: whenever the host is not this site's. False only for a
  server that belongs to the city as well.

The host must stand in `img-src` of the content policy too; `tiles_origin` says which it is. Without tiles, or where they fail,
the outlines of the neighbourhoods are the map.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import Compression, MagicNumberNotFound, SpecVersionUnsupported, TileType

_RASTER = {
    TileType.PNG: "image/png",
    TileType.JPEG: "image/jpeg",
    TileType.WEBP: "image/webp",
    TileType.AVIF: "image/avif",
}


class UnusableArchive(ValueError):
    """The PMTiles file cannot be read, or holds something else than raster tiles."""


@dataclass(frozen=True)
class Tiles:
    """Where tiles come from; `host` is "" for this site itself."""

    url: str
    attribution: str
    max_zoom: int
    ask_first: bool
    host: str


def tiles() -> Tiles | None:
    """Return the tiles of this site's maps, None for outlines alone."""
    wanted: dict[str, Any] | None = getattr(settings, "MAPPING_TILES", None)
    if not wanted:
        return None
    if path := wanted.get("pmtiles"):
        stored = archive(str(path))
        return Tiles(
            url=reverse("mapping:tile", args=[0, 0, 0]).replace("0/0/0", "{z}/{x}/{y}"),
            attribution=wanted.get("attribution", ""),
            max_zoom=stored.max_zoom,
            ask_first=False,
            host="",
        )
    if not wanted.get("url"):
        return None
    host = urlsplit(wanted["url"]).netloc
    return Tiles(
        url=wanted["url"],
        attribution=wanted.get("attribution", ""),
        max_zoom=int(wanted.get("max_zoom", 18)),
        ask_first=bool(wanted.get("ask_first", bool(host))),
        host=host,
    )


def tiles_origin(url: str) -> str:
    """Return what `img-src` of the content policy needs for a template of tiles, "" for tiles of this site."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".replace("{s}", "*") if parts.netloc else ""


@dataclass(frozen=True)
class Archive:
    """An open PMTiles file: `tile(z, x, y)` returns the picture's bytes, or None where there is none."""

    tile: Callable[[int, int, int], bytes | None]
    content_type: str
    max_zoom: int


@lru_cache(maxsize=4)
def archive(path: str) -> Archive:
    """Open a PMTiles file (version 3) with raster tiles, and keep it open; raises UnusableArchive."""
    try:
        with Path(path).open("rb") as file:
            reader = Reader(MmapSource(file))
        header = reader.header()
    except (OSError, ValueError, EOFError, MagicNumberNotFound, SpecVersionUnsupported) as error:
        raise UnusableArchive(f"{path}: {type(error).__name__} {error}") from error
    if header["tile_type"] not in _RASTER or header["tile_compression"] not in (
        Compression.NONE,
        Compression.UNKNOWN,
    ):
        raise UnusableArchive(f"{path} holds no raster tiles (PNG, JPEG, WebP or AVIF)")
    highest = header["max_zoom"]

    def tile(z: int, x: int, y: int) -> bytes | None:
        if z > highest or x >= 1 << z or y >= 1 << z:
            return None
        return reader.get(z, x, y)

    return Archive(tile, _RASTER[header["tile_type"]], highest)
