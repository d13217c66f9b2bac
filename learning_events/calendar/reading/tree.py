"""A small tree of the XML that programmes come in: no entities, no document type, bounded."""

from dataclasses import dataclass, field

from learning_events.calendar.reading.refusal import Limits, Unreadable
from mapping.spatial.reading.xml import SafeXml


@dataclass(slots=True)
class Element:
    """An element without its namespace: its attributes, its own text and what is in it."""

    name: str
    attributes: dict[str, str]
    line: int
    texts: list[str] = field(default_factory=list)
    children: list["Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.texts).strip()

    def all(self, name: str) -> list["Element"]:
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "Element | None":
        return next((child for child in self.children if child.name == name), None)

    def text_of(self, name: str) -> str:
        """Return the text of the first element of that name that has any."""
        return next((child.text for child in self.children if child.name == name and child.text), "")


def tree_of(content: bytes, limits: Limits) -> Element:
    """Return the first element with everything in it; raise Unreadable for what is wrong."""
    open_ones: list[Element] = []
    roots: list[Element] = []
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > limits.max_parts:
            raise Unreadable("too-many-parts", line=parser.line, limit=limits.max_parts)
        if len(open_ones) >= limits.max_depth:
            raise Unreadable("too-deep", line=parser.line, limit=limits.max_depth)
        element = Element(
            name, {key.rpartition(" ")[2]: value for key, value in attributes.items()}, parser.line
        )
        (open_ones[-1].children if open_ones else roots).append(element)
        open_ones.append(element)

    def end(_name: str) -> None:
        open_ones.pop()

    def text(piece: str) -> None:
        if open_ones:
            open_ones[-1].texts.append(piece)

    parser = SafeXml(start, end, text)
    parser.feed(content, last=True)
    return roots[0]
