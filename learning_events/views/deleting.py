"""Pages that cannot be deleted in the admin, because people count on what is on them."""

from collections.abc import Iterable

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from learning_events.queries.session import has_taken_seats


def keep_booked_events(request, page):
    """Send an editor back who would delete seats that people have (hook `before_delete_page`)."""
    return _refusal(request, [page])


def keep_booked_events_of_many(request, action_type, pages, action):
    """The same for several pages at once (hook `before_bulk_action`)."""
    if action_type == "delete" and action.model is Page:
        return _refusal(request, pages)
    return None


def _refusal(request, pages: Iterable[Page]):
    for page in pages:
        if has_taken_seats(page):
            words = _(
                "“%(title)s” was not deleted: people have seats there. Please call the event off first, so that they hear "
                "of it, or unpublish the page. Its figures stay for the report."
            )
            messages.error(request, words % {"title": page.title})
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
