"""The report of outgoing mail in the Wagtail admin: what waits, what was sent, what failed, and another try."""

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView

from participation.domain.mail import TOO_MANY_TRIES, try_again
from participation.foundation.errors import Refused
from participation.models import OutgoingMail
from participation.queries.mail import mails_for_report
from participation.rules import may_see_outbox, may_try_mail_again

WAITING, SENT, DROPPED, GIVEN_UP = "waiting", "sent", "dropped", "given_up"
STATES = {
    WAITING: gettext_lazy("waiting"),
    SENT: gettext_lazy("sent"),
    DROPPED: gettext_lazy("not sent on purpose"),
    GIVEN_UP: gettext_lazy("given up after too many tries"),
}
_IN_STATE = {
    WAITING: Q(sent_at=None, dropped_because=""),
    SENT: Q(sent_at__isnull=False),
    DROPPED: ~Q(dropped_because="") & ~Q(dropped_because=TOO_MANY_TRIES),
    GIVEN_UP: Q(dropped_because=TOO_MANY_TRIES),
}


def state_of(mail: OutgoingMail) -> str:
    if mail.sent_at:
        return SENT
    if mail.dropped_because == TOO_MANY_TRIES:
        return GIVEN_UP
    return DROPPED if mail.dropped_because else WAITING


def _details(mail: OutgoingMail) -> str:
    return mail.last_error or mail.dropped_because


class OutboxFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=list(STATES.items()), method="in_state"
    )

    def in_state(self, mails, name, value):
        return mails.filter(_IN_STATE[value])

    class Meta:
        model = OutgoingMail
        fields = []


class OutboxReport(ReportView):
    """Subjects, addressees and outcomes; the texts of mails are for their readers alone."""

    page_title = gettext_lazy("Outgoing mail")
    header_icon = "mail"
    model = OutgoingMail
    filterset_class = OutboxFilterSet
    index_url_name = "participation_outbox"
    index_results_url_name = "participation_outbox_results"
    default_ordering = "-created_at"
    is_searchable = False

    def dispatch(self, request, *args, **kwargs):
        if not may_see_outbox(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        return mails_for_report()

    @cached_property
    def columns(self):
        return [
            TitleColumn("subject", label=gettext_lazy("Subject"), get_url=self._again_url),
            Column("to", label=gettext_lazy("To"), accessor="recipient"),
            StatusTagColumn(
                "state",
                label=gettext_lazy("State"),
                accessor=lambda mail: STATES[state_of(mail)],
                primary=lambda mail: state_of(mail) == SENT,
            ),
            Column("details", label=gettext_lazy("Why"), accessor=_details),
            Column("attempts", label=gettext_lazy("Tries")),
            DateColumn("created_at", label=gettext_lazy("Written")),
            DateColumn("next_attempt_at", label=gettext_lazy("Next try")),
        ]

    def _again_url(self, mail):
        if state_of(mail) == GIVEN_UP and mail.notification_id and may_try_mail_again(self.request.user):
            return reverse("participation_mail_again", args=[mail.pk])
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def mail_again(request, pk):
    """Ask, and put a given-up mail back into the outbox."""
    if not may_try_mail_again(request.user):
        raise PermissionDenied
    mail = get_object_or_404(mails_for_report(), pk=pk)
    if request.method == "POST":
        try:
            try_again(mail, by=request.user)
            messages.success(request, _("The mail will be tried again now."))
        except Refused as refusal:
            messages.error(request, str(refusal.message))
        return redirect("participation_outbox")
    context = {"mail": mail, "page_title": _("Try this mail again"), "header_icon": "mail"}
    return TemplateResponse(request, "participation/admin/mail_again.html", context)


admin_urls = [
    path("outgoing-mail/", OutboxReport.as_view(), name="participation_outbox"),
    path(
        "outgoing-mail/results/", OutboxReport.as_view(results_only=True), name="participation_outbox_results"
    ),
    path("outgoing-mail/<int:pk>/again/", mail_again, name="participation_mail_again"),
]
