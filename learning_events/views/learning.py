"""My learning: what somebody has learned, for their eyes only; to read, take along, print and erase."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from learning_events.credentials import writing
from learning_events.domain.credential import erase_award
from learning_events.domain.pathway import delete_note, forget_attendance, write_note
from learning_events.enums import AwardState
from learning_events.forms.learning import NoteForm
from learning_events.queries.credential import awards_of
from learning_events.queries.learning import record_of
from learning_events.queries.pathway import attended_by, notes_of, progress_of
from participation.foundation.errors import Missing, Refused
from participation.foundation.pages import page_view
from participation.foundation.spreadsheets import write_csv
from participation.views.person import as_participant


@never_cache
@page_view("GET", "POST", sign_in=True)
@as_participant
def my_learning(request, person):
    """Show the whole record, and take a new note."""
    form = NoteForm(
        request.POST if request.method == "POST" else None, initial={"learned_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            write_note(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.tell(refusal)
        else:
            messages.success(request, _("Your note is saved. Only you see it."))
            return redirect("learning_events:my_learning")
    awards = list(awards_of(person))
    context = {
        "offers": [award for award in awards if award.is_open],
        "awards": [award for award in awards if award.is_public],
        "sessions": list(attended_by(person)),
        "pathways": progress_of(person),
        "notes": list(notes_of(person)),
        "form": form,
        "breadcrumbs": [("/", _("Home")), ("", _("My learning"))],
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "learning_events/pages/my_learning.html", context, status=status)


@never_cache
@page_view("GET", sign_in=True)
@as_participant
def learning_json(request, person):
    """Everything as JSON, badges with their credentials."""
    content = {
        "record": [
            {"day": entry.day, "kind": entry.kind, "title": entry.title, "note": entry.note}
            for entry in record_of(person)
        ],
        "credentials": [
            writing.enveloped(award.credential)
            for award in awards_of(person).filter(state=AwardState.ACCEPTED)
        ],
    }
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = 'attachment; filename="my-learning.json"'
    return response


@never_cache
@page_view("GET", sign_in=True)
@as_participant
def learning_csv(request, person):
    """Everything as a table."""
    rows = [(entry.day.isoformat(), entry.kind_name, entry.title, entry.note) for entry in record_of(person)]
    content = write_csv([_("Day"), _("Kind"), _("What"), _("How")], rows)
    response = HttpResponse("\ufeff" + content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-learning.csv"'
    return response


@page_view("POST", sign_in=True)
@as_participant
def remove_note(request, _person, pk):
    """Delete one note."""
    delete_note(pk, by=request.user)
    messages.success(request, _("The note is deleted."))
    return redirect(reverse("learning_events:my_learning") + "#notes")


@page_view("POST", sign_in=True)
@as_participant
def remove_session(request, _person, pk):
    """Take a session off the record."""
    forget_attendance(pk, by=request.user)
    messages.success(request, _("The session is off your record."))
    return redirect(reverse("learning_events:my_learning") + "#sessions")


@page_view("POST", sign_in=True)
@as_participant
def remove_badge(request, person, pk):
    """Erase one badge of one's own from this site."""
    award = awards_of(person).filter(pk=pk).first()
    if award is None:
        raise Missing
    erase_award(award, by=request.user)
    messages.success(request, _("Your badge is erased here. Copies that you have kept are yours."))
    return redirect(reverse("learning_events:my_learning") + "#badges")


urls = [
    path("my-learning/", my_learning, name="my_learning"),
    path("my-learning/learning.json", learning_json, name="learning_json"),
    path("my-learning/learning.csv", learning_csv, name="learning_csv"),
    path("my-learning/notes/<int:pk>/delete/", remove_note, name="delete_note"),
    path("my-learning/sessions/<int:pk>/erase/", remove_session, name="erase_attendance"),
    path("my-learning/badges/<int:pk>/erase/", remove_badge, name="erase_badge"),
]
