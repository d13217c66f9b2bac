"""Addresses of organisers' pages."""

MINE = "/festival/my-events/"
SUBMIT = "/festival/submit/"


def page_of(event, *more) -> str:
    return "/".join([f"{MINE}{event.pk}", *map(str, more), ""]) if more else f"{MINE}{event.pk}/"
