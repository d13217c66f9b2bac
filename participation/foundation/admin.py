"""What our pages in the Wagtail admin share: who may enter, queues of what waits, and the page on which one is decided."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from participation.foundation.rules import Rule
from participation.foundation.search import matching


class ForThose:
    """Lets in whom `rule` allows; the admin sends others away with a message."""

    rule: Rule

    def dispatch(self, request, *args, **kwargs):
        if not self.rule(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class Queue(ForThose, BaseListingView):
    """What waits for somebody, as a list that is searched in the fields of `searched` by the rows' own words."""

    paginate_by = 30
    searched: tuple[str, ...] = ()

    @property
    def is_searchable(self) -> bool:
        return bool(self.searched)

    def search_queryset(self, queryset):
        return matching(queryset, self.search_query, list(self.searched)) if self.is_searching else queryset


def queue_urls(route: str, queue: type[Queue]) -> list[URLPattern]:
    """Return the addresses of a queue and of its list alone, which the admin fetches when somebody filters."""
    return [
        path(route, queue.as_view(), name=queue.index_url_name),
        path(f"{route}results/", queue.as_view(results_only=True), name=queue.index_results_url_name),
    ]


class AdminPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of ours in the admin for those whom `rule` allows, about what `find` finds."""

    rule: Rule

    def dispatch(self, request, *args, **kwargs):
        # Before anything is looked for: nobody else learns whether there is such a thing.
        if not self.rule(request.user):
            raise PermissionDenied
        return self.find(**kwargs) or super().dispatch(request, *args, **kwargs)

    def find(self, **kwargs: Any) -> HttpResponse | None:
        """Find what the page is about, or raise Http404; return where else to go when there is nothing to do here."""

    def not_done(self, form, **kwargs: Any) -> HttpResponse:
        """Show the page again with what is wrong with the form, and say so at the top, where the page begins."""
        wrong = [str(each) for errors in form.errors.values() for each in errors]
        messages.error(self.request, wrong[0] if len(wrong) == 1 else str(_NOT_DONE))
        return self.render_to_response(self.get_context_data(**(kwargs or {"form": form})), status=400)


_NOT_DONE = _("Nothing has been changed yet. Please look at what is marked below.")
