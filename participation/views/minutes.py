"""Minutes: read, written, compared, checked, published, corrected, and as PDF."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from participation.domain import minutes as domain
from participation.enums import MinutesState
from participation.forms.meeting import tell
from participation.forms.minutes import CorrectionForm, MinutesForm
from participation.foundation.errors import Conflict, Missing, Refused
from participation.foundation.rich_text import notation_of
from participation.foundation.text import clean_html
from participation.queries.meeting import meeting_for, when_words
from participation.queries.minutes import body_of, minutes_for, text_of, version_of, versions_of
from participation.queries.motion import differences, in_words
from participation.rules import may_check_minutes, may_keep_committee, may_lead_committee
from participation.views.agenda import pdf_response
from participation.views.committee_page import around, committee_view

TONES = {MinutesState.PUBLISHED: "good", MinutesState.APPROVED: "good", MinutesState.CHECKED: "info"}


def minutes_context(page, request, meeting) -> dict:
    """Return the link that the meeting's page shows to who may read its minutes."""
    try:
        found = minutes_for(request.user, meeting)
    except Missing:
        return {"minutes_url": ""}
    words = (
        _("Read the minutes") if found.state == MinutesState.PUBLISHED else _("Minutes: not published yet")
    )
    return {"minutes_url": page.url_of("minutes", meeting.pk), "minutes_words": words}


def _trail(page, meeting) -> tuple:
    """Return the way down to a meeting."""
    return (page.url_of("meetings"), _("Meetings")), (page.url_of("meeting", meeting.pk), meeting.title)


def _to_minutes(page, meeting) -> tuple:
    """Return the way down to a meeting's minutes."""
    return *_trail(page, meeting), (page.url_of("minutes", meeting.pk), _("Minutes"))


@committee_view("GET")
def minutes_detail(page, request, pk):
    """Show minutes, their state and their corrections."""
    meeting = meeting_for(request.user, page, pk)
    found = minutes_for(request.user, meeting)
    keeps = may_keep_committee(request.user, page)
    state = MinutesState(found.state)
    context = {
        **around(page, request, "meetings", *_trail(page, meeting), ("", _("Minutes"))),
        "meeting": meeting,
        "when": when_words(meeting),
        "minutes": found,
        "state": capfirst(found.get_state_display()),
        "tone": TONES.get(state, "quiet"),
        # Cleaned again on its way out: what a revision holds may be older than the rules for it.
        "body": mark_safe(clean_html(text_of(found))),
        "corrections": list(found.corrections.all()),
        "pdf_url": page.url_of("minutes_pdf", pk),
        "versions_url": page.url_of("minutes_versions", pk),
        "edit_url": page.url_of("edit_minutes", pk) if keeps and state == MinutesState.DRAFT else "",
        "correct_url": page.url_of("correct_minutes", pk)
        if state == MinutesState.PUBLISHED and may_lead_committee(request.user, page)
        else "",
        "steps": _steps(page, request, found, keeps),
        "approved_url": page.url_of("meeting", found.approved_at_meeting_id)
        if found.approved_at_meeting_id
        else "",
    }
    return TemplateResponse(request, "participation/pages/minutes.html", context)


def _steps(page, request, found, keeps: bool) -> list[tuple]:
    """Return (address, words) of what somebody may do next with the minutes."""
    pk = found.meeting_id
    steps = []
    if found.state == MinutesState.DRAFT and may_check_minutes(found)(request.user, page):
        steps.append(
            (page.url_of("minutes_step", pk, "check"), _("They are right: let the next meeting approve them"))
        )
    if keeps and found.state == MinutesState.CHECKED:
        steps.append((page.url_of("minutes_step", pk, "return"), _("Send them back to change them")))
    if keeps and found.state == MinutesState.APPROVED:
        steps.append((page.url_of("minutes_step", pk, "publish"), _("Publish the minutes")))
    return steps


@committee_view("POST", rule=may_keep_committee, sign_in=True)
def minutes_draft(page, request, pk):
    """Draft minutes from what happened, or go to those there are."""
    meeting = meeting_for(request.user, page, pk)
    found = domain.draft_minutes(meeting, by=request.user)
    return redirect(page.url_of("edit_minutes" if found.state == MinutesState.DRAFT else "minutes", pk))


@committee_view("GET", "POST", rule=may_keep_committee, sign_in=True)
def minutes_edit(page, request, pk):
    """Write the minutes."""
    return _write(page, request, pk, MinutesForm, _("Write the minutes"), _save)


@committee_view("GET", "POST", rule=may_lead_committee, sign_in=True)
def minutes_correct(page, request, pk):
    """Correct published minutes."""
    return _write(page, request, pk, CorrectionForm, _("Correct the minutes"), _correct)


def _save(found, form, user) -> str:
    domain.save_minutes(found, by=user, body=form.body, version=form.seen)
    return _("The minutes are saved.")


def _correct(found, form, user) -> str:
    domain.correct_minutes(found, by=user, body=form.body, text=form.cleaned_data["why"], version=form.seen)
    return _("The minutes are corrected; what you wrote about it stands below them.")


def _write(page, request, pk, kind, title, keep) -> TemplateResponse:
    meeting = meeting_for(request.user, page, pk)
    found = minutes_for(request.user, meeting)
    wanted = MinutesState.DRAFT if kind is MinutesForm else MinutesState.PUBLISHED
    if found.state != wanted:
        raise Conflict(
            _("These minutes are “%(state)s”, so this cannot be done with them now.")
            % {"state": found.get_state_display()}
        )
    initial = {"text": notation_of(text_of(found)), "version": version_of(found)}
    form = kind(request.POST or None, initial=initial)
    theirs, version, status = "", None, 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                said = keep(found, form, request.user)
            except Refused as refusal:
                status = refusal.status
                if refusal.code == "version":
                    theirs, version = notation_of(refusal.details["text"]), refusal.details["version"]
                tell(form, refusal, {"text": "why", "body": "text"})
            else:
                messages.success(request, said)
                return redirect(page.url_of("minutes", pk))
    context = {
        **around(
            page,
            request,
            "meetings",
            *_to_minutes(page, meeting),
            ("", title),
        ),
        "title": title,
        "meeting": meeting,
        "form": form,
        "theirs": theirs,
        "differences": differences(theirs, form["text"].value() or "") if theirs else [],
        "version": version,
        "back": page.url_of("minutes", pk),
    }
    return TemplateResponse(request, "participation/pages/minutes_form.html", context, status=status)


@committee_view("POST", rule=may_keep_committee, sign_in=True)
def minutes_step(page, request, pk, step):
    """Take the next step with the minutes."""
    acts = {
        "check": (
            domain.check_minutes,
            _("The minutes are checked, and stand on the next agenda for approval."),
        ),
        "return": (domain.return_minutes, _("The minutes are a draft again.")),
        "publish": (domain.publish_minutes, _("The minutes are published.")),
    }
    if step not in acts:
        raise Missing
    act, said = acts[step]
    act(minutes_for(request.user, meeting_for(request.user, page, pk)), by=request.user)
    messages.success(request, said)
    return redirect(page.url_of("minutes", pk))


@committee_view("GET", rule=may_keep_committee, sign_in=True)
def minutes_versions(page, request, pk):
    """Compare two versions of the minutes; without a choice the last two."""
    meeting = meeting_for(request.user, page, pk)
    found = minutes_for(request.user, meeting)
    versions = versions_of(found)
    newer = _chosen(versions, request.GET.get("to", ""), 0)
    older = _chosen(versions, request.GET.get("from", ""), min(1, len(versions) - 1))
    changes = (
        differences(notation_of(body_of(older)), notation_of(body_of(newer)))
        if older is not None and newer
        else []
    )
    context = {
        **around(
            page,
            request,
            "meetings",
            *_to_minutes(page, meeting),
            ("", _("Versions")),
        ),
        "meeting": meeting,
        "versions": [{"revision": each, "number": len(versions) - at} for at, each in enumerate(versions)],
        "older": older,
        "newer": newer,
        "changes": changes,
        "in_words": in_words(changes),
        "back": page.url_of("minutes", pk),
    }
    return TemplateResponse(request, "participation/pages/minutes_versions.html", context)


def _chosen(versions, text: str, otherwise: int):
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    found = next((each for each in versions if each.pk == wanted), None)
    return found or (versions[otherwise] if versions else None)


@committee_view("GET")
def minutes_pdf(page, request, pk):
    """Return the minutes as PDF."""
    from participation.printing import print_minutes

    found = minutes_for(request.user, meeting_for(request.user, page, pk))
    return pdf_response(print_minutes(found), f"minutes-{pk}.pdf")


urls = [
    path("meetings/<int:pk>/minutes/", minutes_detail, name="minutes"),
    path("meetings/<int:pk>/minutes.pdf", minutes_pdf, name="minutes_pdf"),
    path("meetings/<int:pk>/minutes/draft/", minutes_draft, name="draft_minutes"),
    path("meetings/<int:pk>/minutes/write/", minutes_edit, name="edit_minutes"),
    path("meetings/<int:pk>/minutes/correct/", minutes_correct, name="correct_minutes"),
    path("meetings/<int:pk>/minutes/versions/", minutes_versions, name="minutes_versions"),
    path("meetings/<int:pk>/minutes/<slug:step>/", minutes_step, name="minutes_step"),
]
