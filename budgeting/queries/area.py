"""Reads of areas."""

from budgeting.models import Area


def neighbourhood_of(area: Area | None) -> list[tuple[str, int]]:
    """Return the neighbourhood of an area as what people follow; nothing for the whole city."""
    if area is None or area.neighbourhood_id is None:
        return []
    return [("neighbourhood", area.neighbourhood_id)]
