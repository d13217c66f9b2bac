"""The agenda of a meeting: shown, kept, suggested to, printed, and its documents."""

import io

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from participation.domain import agenda
from participation.domain.agenda.documents import media_type_of
from participation.domain.agenda.items import takes_suggestions
from participation.enums import AgendaItemState, MeetingState
from participation.forms.agenda import DecisionOnItemForm, DocumentForm, ItemForm, SuggestionForm
from participation.forms.meeting import tell
from participation.foundation.errors import Missing, Refused
from participation.queries.agenda import (
    agenda_of,
    document_for,
    flat,
    item_of,
    may_see_agenda,
    suggestions_for,
)
from participation.queries.discussing import agenda_is_out, said_about
from participation.queries.meeting import meeting_for, when_words, where_words
from participation.rules import may_keep_committee, may_take_part
from participation.views.committee_page import around, committee_view
from participation.views.person import as_participant

OPEN = (MeetingState.DRAFT, MeetingState.ANNOUNCED, MeetingState.RUNNING)


def agenda_context(page, request, meeting, *, now, keeps: bool) -> dict:
    """Return what the meeting's page shows of its agenda."""
    sees = may_see_agenda(request.user, meeting)
    rows = agenda_of(meeting) if sees else []
    if agenda_is_out(meeting):
        said = said_about(row.item for row in flat(rows))
        for row in flat(rows):
            row.discuss_url = page.url_of("discuss_item", meeting.pk, row.item.pk)
            row.comment_count = said.get(row.item.pk, 0)
    context = {
        "sees_agenda": sees,
        "agenda": rows,
        "agenda_urls": {
            name: page.url_of(name, meeting.pk) for name in ("agenda", "agenda_print", "agenda_pdf")
        },
        "suggestions": [
            {
                "item": item,
                "url": page.url_of("decide_item", meeting.pk, item.pk),
                "is_open": item.state == AgendaItemState.SUGGESTED,
            }
            for item in suggestions_for(request.user, meeting)
        ],
        "suggest_url": "",
        "document_base": page.url_of("meeting", meeting.pk),
    }
    if takes_suggestions(meeting, now) and may_take_part(request.user, page):
        context["suggest_url"] = page.url_of("suggest_item", meeting.pk)
    return context


@committee_view("GET", "POST", rule=may_keep_committee, sign_in=True)
def agenda_keep(page, request, pk):
    """Keep the agenda: order, new items, suggestions; a POST adds an item."""
    meeting = meeting_for(request.user, page, pk)
    form = ItemForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            agenda.add_item(meeting, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("It is on the agenda."))
            return redirect(page.url_of("agenda", pk))
    return _keep_page(page, request, meeting, form=form)


def _keep_page(page, request, meeting, *, form=None, status=None) -> TemplateResponse:
    form = form or ItemForm(meeting=meeting)
    rows = agenda_of(meeting)
    context = {
        **around(page, request, "meetings", *_trail(page, meeting), ("", _("Agenda"))),
        "meeting": meeting,
        "when": when_words(meeting),
        "agenda": rows,
        "total": sum(row.minutes for row in rows),
        "length": int((meeting.ends_at - meeting.starts_at).total_seconds() // 60),
        "suggestions": [
            {
                "item": item,
                "url": page.url_of("decide_item", meeting.pk, item.pk),
                "is_open": item.state == "suggested",
            }
            for item in suggestions_for(request.user, meeting)
        ],
        "form": form,
        "is_open": meeting.state in OPEN,
        "back": page.url_of("meeting", meeting.pk),
        "publish_url": page.url_of("publish_agenda", meeting.pk),
        "item_base": page.url_of("agenda", meeting.pk),
        "can_publish": meeting.agenda_published_at is None
        and meeting.state in (MeetingState.ANNOUNCED, MeetingState.RUNNING),
    }
    status = status or (400 if form.is_bound else 200)
    return TemplateResponse(request, "participation/pages/agenda.html", context, status=status)


def _trail(page, meeting) -> tuple:
    """Return the way down to a meeting."""
    return (page.url_of("meetings"), _("Meetings")), (page.url_of("meeting", meeting.pk), meeting.title)


def _to_agenda(page, meeting) -> tuple:
    """Return the way down to a meeting's agenda."""
    return *_trail(page, meeting), (page.url_of("agenda", meeting.pk), _("Agenda"))


@committee_view("GET", "POST", rule=may_keep_committee, sign_in=True)
def item_change(page, request, pk, item):
    """Change one item, and add documents to it."""
    meeting = meeting_for(request.user, page, pk)
    found = item_of(meeting, item)
    form = ItemForm(request.POST or None, meeting=meeting, item=found)
    if request.method == "POST" and form.is_valid():
        try:
            agenda.change_item(found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("The item is changed."))
            return redirect(page.url_of("agenda", pk))
    return _item_page(page, request, meeting, found, form=form)


def _item_page(page, request, meeting, item, *, form=None, document_form=None) -> TemplateResponse:
    form = form or ItemForm(meeting=meeting, item=item)
    document_form = document_form or DocumentForm()
    context = {
        **around(
            page,
            request,
            "meetings",
            *_trail(page, meeting),
            (page.url_of("agenda", meeting.pk), _("Agenda")),
            ("", item.title),
        ),
        "meeting": meeting,
        "item": item,
        "form": form,
        "document_form": document_form,
        "documents": [
            (
                page.url_of("agenda_document", meeting.pk, document.pk),
                document,
                page.url_of("remove_document", meeting.pk, document.pk),
            )
            for document in item.documents.defer("content")
        ],
        "document_url": page.url_of("add_document", meeting.pk, item.pk),
        "remove_url": page.url_of("remove_item", meeting.pk, item.pk),
        "is_open": meeting.state in OPEN,
        "back": page.url_of("agenda", meeting.pk),
    }
    wrong = form.is_bound or document_form.is_bound
    return TemplateResponse(
        request, "participation/pages/agenda_item.html", context, status=400 if wrong else 200
    )


@committee_view("POST", rule=may_keep_committee, sign_in=True)
def item_move(page, request, pk, item, direction):
    """Move an item up or down."""
    meeting = meeting_for(request.user, page, pk)
    if direction not in ("up", "down"):
        raise Missing
    agenda.move_item(item_of(meeting, item), by=request.user, up=direction == "up")
    return redirect(f"{page.url_of('agenda', pk)}#item-{item}")


@committee_view("POST", rule=may_keep_committee, sign_in=True)
def item_remove(page, request, pk, item):
    """Take an item off the agenda."""
    agenda.remove_item(item_of(meeting_for(request.user, page, pk), item), by=request.user)
    messages.success(request, _("It is off the agenda."))
    return redirect(page.url_of("agenda", pk))


@committee_view("POST", rule=may_keep_committee, sign_in=True)
def agenda_publish(page, request, pk):
    """Publish the agenda."""
    agenda.publish_agenda(meeting_for(request.user, page, pk), by=request.user)
    messages.success(request, _("The agenda is published, and the committee's people are told."))
    return redirect(page.url_of("agenda", pk))


@committee_view("GET", "POST", sign_in=True, rule=may_take_part)
def item_suggest(page, request, pk):
    """Suggest an item."""

    def suggest(request, _person):
        meeting = meeting_for(request.user, page, pk)
        form = SuggestionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                agenda.suggest_item(meeting, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                tell(form, refusal)
            else:
                messages.success(request, _("Thank you. We write to you when it is decided on."))
                return redirect(page.url_of("meeting", pk))
        context = {
            **around(page, request, "meetings", *_trail(page, meeting), ("", _("Suggest an item"))),
            "meeting": meeting,
            "when": when_words(meeting),
            "form": form,
            "back": page.url_of("meeting", pk),
        }
        return TemplateResponse(
            request, "participation/pages/agenda_suggest.html", context, status=400 if form.is_bound else 200
        )

    return as_participant(suggest)(request)


@committee_view("GET", "POST", rule=may_keep_committee, sign_in=True)
def item_decide(page, request, pk, item):
    """Put a suggestion on the agenda, or say why not."""
    meeting = meeting_for(request.user, page, pk)
    found = item_of(meeting, item)
    form = DecisionOnItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if "accept" in request.POST:
                agenda.accept_item(found, by=request.user)
            else:
                agenda.decline_item(found, by=request.user, answer=form.cleaned_data["answer"])
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("Decided; the person is told."))
            return redirect(page.url_of("agenda", pk))
    context = {
        **around(
            page,
            request,
            "meetings",
            *_trail(page, meeting),
            (page.url_of("agenda", pk), _("Agenda")),
            ("", found.title),
        ),
        "meeting": meeting,
        "item": found,
        "form": form,
        "is_open": found.state == AgendaItemState.SUGGESTED,
        "back": page.url_of("agenda", pk),
    }
    return TemplateResponse(
        request, "participation/pages/agenda_decide.html", context, status=400 if form.is_bound else 200
    )


@committee_view("POST", rule=may_keep_committee, sign_in=True)
def document_add(page, request, pk, item):
    """Add a document to an item."""
    meeting = meeting_for(request.user, page, pk)
    found = item_of(meeting, item)
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            agenda.add_document(found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("The document is there."))
            return redirect(page.url_of("agenda_item", pk, item))
    return _item_page(page, request, meeting, found, document_form=form)


@committee_view("POST", rule=may_keep_committee, sign_in=True)
def document_remove(page, request, pk, document):
    """Throw a document away."""
    meeting = meeting_for(request.user, page, pk)
    found = document_for(request.user, meeting, document)
    agenda.remove_document(found, by=request.user)
    messages.success(request, _("The document is gone."))
    return redirect(page.url_of("agenda_item", pk, found.item_id))


@committee_view("GET")
def document(page, request, pk, document):
    """Hand out a document, always as a download: nothing in it may run on this site (X10)."""
    found = document_for(request.user, meeting_for(request.user, page, pk), document)
    response = FileResponse(
        io.BytesIO(bytes(found.content)),
        as_attachment=True,
        filename=found.name,
        content_type=media_type_of(found),
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@committee_view("GET")
def agenda_print(page, request, pk):
    """Show the agenda alone, for printing."""
    meeting = meeting_for(request.user, page, pk)
    if not may_see_agenda(request.user, meeting):
        raise Missing
    context = {
        **around(page, request, "meetings", *_trail(page, meeting), ("", _("Agenda"))),
        "meeting": meeting,
        "when": when_words(meeting),
        "where": where_words(meeting),
        "agenda": agenda_of(meeting),
        "pdf_url": page.url_of("agenda_pdf", pk),
        "document_base": page.url_of("meeting", meeting.pk),
    }
    return TemplateResponse(request, "participation/pages/agenda_print.html", context)


@committee_view("GET")
def agenda_pdf(page, request, pk):
    """Return the agenda as PDF."""
    from participation.printing import print_agenda

    meeting = meeting_for(request.user, page, pk)
    if not may_see_agenda(request.user, meeting):
        raise Missing
    return pdf_response(print_agenda(meeting), f"agenda-{meeting.pk}.pdf")


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Return a PDF as a file."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


urls = [
    path("meetings/<int:pk>/agenda/", agenda_keep, name="agenda"),
    path("meetings/<int:pk>/agenda/print/", agenda_print, name="agenda_print"),
    path("meetings/<int:pk>/agenda.pdf", agenda_pdf, name="agenda_pdf"),
    path("meetings/<int:pk>/agenda/publish/", agenda_publish, name="publish_agenda"),
    path("meetings/<int:pk>/agenda/suggest/", item_suggest, name="suggest_item"),
    path("meetings/<int:pk>/agenda/<int:item>/", item_change, name="agenda_item"),
    path("meetings/<int:pk>/agenda/<int:item>/decide/", item_decide, name="decide_item"),
    path("meetings/<int:pk>/agenda/<int:item>/remove/", item_remove, name="remove_item"),
    path("meetings/<int:pk>/agenda/<int:item>/document/", document_add, name="add_document"),
    path("meetings/<int:pk>/agenda/<int:item>/<slug:direction>/", item_move, name="move_item"),
    path("meetings/<int:pk>/documents/<int:document>/", document, name="agenda_document"),
    path("meetings/<int:pk>/documents/<int:document>/remove/", document_remove, name="remove_document"),
]
