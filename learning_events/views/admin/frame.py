"""What the festival's pages in the Wagtail admin share: who may enter, and which festival they are about."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from learning_events.models import EventPage, Festival
from learning_events.queries.board import present_festival
from learning_events.rules import may_run_festival

PARAMETER = "festival"


class EditorsOnly:
    """Lets in who may run the festival; the admin sends others away with a message."""

    def dispatch(self, request, *args, **kwargs):
        if not may_run_festival(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class OfOneFestival:
    """A page about the festival that the address names, else about the present one."""

    @cached_property
    def festivals(self) -> list[Festival]:
        return list(Festival.objects.order_by("-starts_on", "pk"))

    @cached_property
    def festival(self) -> Festival | None:
        asked = self.request.GET.get(PARAMETER, "")
        for each in self.festivals:
            if str(each.pk) == asked:
                return each
        return present_festival(self.festivals)

    def get_page_subtitle(self):
        return self.festival.title if self.festival else ""


class OfOneEvent:
    """A page about one event; nobody learns here whether there is another."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.event = None

    def dispatch(self, request, *args, **kwargs):
        if may_run_festival(request.user):
            rows = EventPage.objects.select_related(
                "kind", "organisation", "place", "submission__participant"
            )
            try:
                self.event = get_object_or_404(rows, pk=kwargs["pk"])
            except OverflowError:
                raise Http404 from None
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def festival(self) -> Festival:
        return self.event.get_parent().specific

    def get_page_subtitle(self):
        return self.event.title
