"""KML (OGC 12-007r2): its placemarks, with their data and what is drawn for them; links to other files are left alone."""

from mapping.spatial.outlines import WGS84
from mapping.spatial.reading.geometry import Counter, build, to_longitude_latitude
from mapping.spatial.reading.refusal import Limits, Unreadable
from mapping.spatial.reading.table import Builder, Table
from mapping.spatial.reading.xml import SafeXml

_TEXTS = {"name", "description", "address", "phoneNumber"}
_LINES = {"Point", "LineString", "LinearRing"}


def read_kml(content: bytes, limits: Limits) -> Table:
    reader = _Reader(limits)
    reader.xml.feed(content, last=True)
    builder = reader.builder
    builder.geometries = to_longitude_latitude(builder.geometries, WGS84, builder.lines)
    return builder.table()


class _Reader:
    def __init__(self, limits: Limits) -> None:
        self.xml = SafeXml(self.start, self.end, self.text)
        self.builder = Builder("kml", limits, unit="feature")
        self.counter = Counter(limits)
        self.limits = limits
        self.number = 0
        self.path: list[str] = []
        self.inside = False
        self.pieces: list[str] | None = None
        self.size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.path and name != "kml":
            raise Unreadable("kml")
        self.path.append(name)
        if name == "Placemark":
            if self.inside:
                raise Unreadable("kml")
            self.inside = True
            self.number += 1
            self.values: dict[str, str | None] = {}
            self.drawn: list[tuple[str, list]] = []
            self.ids = attributes.get("id")
        elif self.inside:
            if name in ("Data", "SimpleData"):
                self.key = attributes.get("name", "").strip() or "value"
            elif name == "Polygon":
                self.rings: list[list] = []
            if name in ("value", "SimpleData", "coordinates") or (
                name in _TEXTS and self._parent() == "Placemark"
            ):
                self.pieces, self.size = [], 0

    def text(self, piece: str) -> None:
        if self.pieces is None:
            return
        self.size += len(piece)
        if self.path[-1] != "coordinates" and self.size > self.limits.max_cell * 2:
            raise Unreadable(
                "cell-too-long",
                line=self.number,
                unit="feature",
                column=self.path[-1],
                limit=self.limits.max_cell,
            )
        self.pieces.append(piece)

    def end(self, name: str) -> None:
        self.path.pop()
        if not self.inside:
            return
        written = "".join(self.pieces) if self.pieces is not None else None
        parent = self.path[-1] if self.path else ""
        if name == "coordinates" and written is not None:
            self._take(parent, _positions(written, self.number, self.limits.max_feature_vertices))
        elif name == "Polygon":
            self.drawn.append(("Polygon", self.rings))
        elif name == "SimpleData" or (name == "value" and parent == "Data"):
            self.values[self.key] = written
        elif name in _TEXTS and parent == "Placemark":
            self.values[name] = written
        elif name == "Placemark":
            self._finish()
        if name in ("value", "SimpleData", "coordinates") or name in _TEXTS:
            self.pieces = None

    def _parent(self) -> str:
        return self.path[-2] if len(self.path) > 1 else ""

    def _take(self, parent: str, positions: list[list[float]]) -> None:
        if parent == "LinearRing" and "Polygon" in self.path:
            self.rings.append(positions)
        elif parent == "Point":
            self.drawn.append(("Point", positions[0] if len(positions) == 1 else []))
        elif parent in _LINES:
            self.drawn.append(("LineString", positions))

    def _finish(self) -> None:
        self.inside = False
        kinds = {kind for kind, _coordinates in self.drawn}
        if len(kinds) > 1:
            raise Unreadable("geometry-kind", line=self.number, unit="feature", kind="MultiGeometry")
        geometry = None
        if len(self.drawn) == 1:
            geometry = build(*self.drawn[0], feature=self.number, counter=self.counter)
        elif self.drawn:
            parts = [coordinates for _kind, coordinates in self.drawn]
            geometry = build(f"Multi{kinds.pop()}", parts, feature=self.number, counter=self.counter)
        if self.ids and "id" not in self.values:
            self.values = {"id": self.ids, **self.values}
        self.builder.add(self.number, self.values.items(), geometry)


def _positions(text: str, feature: int, most: int) -> list[list[float]]:
    words = text.split()
    if len(words) > most:
        raise Unreadable("outline-too-detailed", line=feature, unit="feature", limit=most)
    positions = []
    for word in words:
        try:
            positions.append([_plain(number) for number in word.split(",")])
        except ValueError:
            raise Unreadable("not-a-number", line=feature, unit="feature", value=word[:40]) from None
    return positions


def _plain(number: str) -> float:
    if not number.isascii() or "_" in number:
        raise ValueError(number)
    return float(number)
