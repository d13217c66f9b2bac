"""A meeting's live room: the page of those in it, the big screen, the desk of who runs it, and what is left of it."""

from participation.views.room import desk, entry, following, hall, page, report

urls: list = [*page.urls, *following.urls, *hall.urls, *desk.urls, *report.urls]
entry_urls: list = [*entry.urls]

__all__ = ["entry_urls", "urls"]
