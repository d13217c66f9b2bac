"""Printed editions in the Wagtail admin: asked for, looked at, published."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from learning_events.domain.printing import ask_for_edition, discard_edition, publish_edition
from learning_events.enums import EditionState
from learning_events.models import Festival, PrintedFile, PrintEdition
from learning_events.queries.printing import changed_since_print, editions_of
from learning_events.views.admin.board import BOARD, Board
from learning_events.views.admin.frame import PARAMETER, EditorsOnly, OfOneFestival
from learning_events.views.prints import pdf
from participation.foundation.errors import Refused

LIST, ACT, FILE = "learning_events_prints", "learning_events_print_act", "learning_events_print_file"
SHOWN = 30
ACTS = {"publish": publish_edition, "discard": discard_edition}


class Prints(EditorsOnly, OfOneFestival, WagtailAdminTemplateMixin, TemplateView):
    """All editions of a festival, how far each is, and its files; a POST asks for the next one."""

    template_name = "learning_events/admin/prints.html"
    page_title = _("Printed programme")
    header_icon = "doc-full"

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(BOARD), "label": Board.page_title},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs):
        editions = []
        if self.festival is not None:
            # What a file holds is not read for a list of names.
            files = Prefetch("files", PrintedFile.objects.defer("content").order_by("form", "order"))
            editions = list(editions_of(self.festival).prefetch_related(files)[:SHOWN])
        return super().get_context_data(
            festival=self.festival,
            festivals=self.festivals,
            editions=editions,
            is_busy=any(each.state in (EditionState.WAITING, EditionState.RUNNING) for each in editions),
            changed=len(changed_since_print(self.festival)) if self.festival is not None else 0,
            **kwargs,
        )

    def post(self, request):
        if self.festival is None:
            raise Http404
        try:
            edition = ask_for_edition(self.festival, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("Edition %(number)d is being made.") % {"number": edition.number})
        return _back(self.festival)


class ActOnEdition(EditorsOnly, View):
    """Publish an edition or throw it away."""

    http_method_names = ["post"]

    def post(self, request, pk, act):
        edition = get_object_or_404(PrintEdition.objects.select_related("festival"), pk=pk)
        if act not in ACTS:
            raise Http404
        try:
            ACTS[act](edition, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal.message))
        return _back(edition.festival)


class FileOfEdition(EditorsOnly, View):
    """Look at a file before everybody does."""

    http_method_names = ["get", "head"]

    def get(self, request, pk):
        file = get_object_or_404(PrintedFile.objects.select_related("edition"), pk=pk)
        response = pdf(bytes(file.content), f"{file.edition.number}-{file.form}-{file.order}.pdf")
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _back(festival: Festival):
    return redirect(f"{reverse(LIST)}?{PARAMETER}={festival.pk}")


admin_urls = [
    path("festival/prints/", Prints.as_view(), name=LIST),
    path("festival/prints/file/<int:pk>/", FileOfEdition.as_view(), name=FILE),
    path("festival/prints/<int:pk>/<slug:act>/", ActOnEdition.as_view(), name=ACT),
]
