"""Saying whether an entry is still correct: by a mailed link without signing in, or of one's own accord.

Opening a page changes nothing, for programs that check mails open links; pressing its button does.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mapping.domain.verification import Question, answer_question, question_about, question_in
from mapping.enums import VerificationAnswer, VerifiedBy
from mapping.forms.report import WrongForm
from mapping.queries.place import place_for
from mapping.queries.verification import truth_of
from mapping.views.person import actor_for
from mapping.views.register import private
from mapping.views.summary import sections_of
from mapping.words import timetable_of, week_rows
from participation.foundation.errors import Missing, Refused
from participation.foundation.pages import page_view
from participation.foundation.trail import breadcrumbs

PRESSED = (VerificationAnswer.CORRECT, VerificationAnswer.UNKNOWN)


@dataclass(frozen=True)
class Door:
    """The addresses of one question: behind a mailed token, or below the place."""

    name: str
    key: str | int

    def url(self, page, name: str = "") -> str:
        return page.url_of(f"{self.name}_{name}" if name else self.name, self.key)


def _question(page, request, door: Door) -> Question:
    if door.name == "verify":
        return question_in(str(door.key))
    place = place_for(request.user, int(door.key))
    return question_about(place, by=actor_for(request, place))


def _context(page, question: Question, door: Door, title: str) -> dict:
    place = question.place
    return {
        "page": page,
        "breadcrumbs": breadcrumbs(page, ("", title)),
        "question": question,
        "place": place,
        "place_url": page.url_of("place", place.pk),
        "here_url": door.url(page),
    }


def _ask(page, request, door: Door):
    """Show what the map says, and take one of the answers that need no more words."""
    question = _question(page, request, door)
    place = question.place
    if request.method == "POST":
        return _take(page, request, question, door)
    table = timetable_of(place.opening_hours)
    row = question.row
    context = {
        **_context(page, question, door, _("Is it still correct?")),
        "sections": _stated(place, has_week=table is not None),
        "week": week_rows(table, timezone.localdate()) if table else [],
        "truth": truth_of(place),
        "answered": row.get_answer_display() if row is not None and row.answer else "",
        "is_confirmed": row is not None and row.answer == VerificationAnswer.CORRECT,
        "wrong_url": "" if question.mends_itself else door.url(page, "wrong"),
        "closed_url": page.url_of("close_place", place.pk)
        if question.mends_itself and question.row is None
        else door.url(page, "closed"),
        "can_be_unsure": question.part == VerifiedBy.SCOUT,
    }
    return TemplateResponse(request, "mapping/pages/verify.html", context)


def _stated(place, *, has_week: bool) -> list[tuple]:
    """Return each section with what it states and the names of what it does not; the week says the hours in plain words."""
    hours = str(capfirst(place._meta.get_field("opening_hours").verbose_name))
    rows = []
    for section in sections_of(place):
        facts = [fact for fact in section.facts if not (has_week and fact[0] == hours)]
        silent = ("", _("not stated"))
        rows.append(
            (
                section,
                [(name, value) for name, value in facts if value not in silent],
                [name for name, value in facts if value in silent],
            )
        )
    return rows


def _take(page, request, question: Question, door: Door):
    answer = request.POST.get("answer", "")
    if answer == VerificationAnswer.WRONG and question.mends_itself:
        answer_question(question, answer)
        messages.info(request, _("Please change what is wrong. Everybody sees it at once."))
        return redirect(page.url_of("edit_place", question.place.pk))
    answer_question(question, answer if answer in PRESSED else "")
    return _thank(page, request, question, door)


def _thank(page, request, question: Question, door: Door):
    messages.success(request, _("Thank you! You help to keep the map true."))
    if question.row is not None:
        return redirect(door.url(page))
    if question.part == VerifiedBy.SCOUT:
        return redirect(page.url_of("scout"))
    return redirect(page.url_of("place", question.place.pk))


def _tell_wrong(page, request, door: Door):
    """Take the words of who sees that something is wrong and cannot mend it."""
    question = _question(page, request, door)
    if not question.place.is_public or question.mends_itself:
        raise Missing
    form = WrongForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_question(question, VerificationAnswer.WRONG, **form.cleaned_data)
        except Refused as refusal:
            form.tell(refusal)
        else:
            return _thank(page, request, question, door)
    context = {
        **_context(page, question, door, _("Something is wrong")),
        "form": form,
        "manage_url": "" if question.part == VerifiedBy.SCOUT else page.url_of("manage_link"),
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "mapping/pages/verify_wrong.html", context, status=status)


def _tell_closed(page, request, door: Door):
    """Ask once more before a place is closed, or reported as closed."""
    question = _question(page, request, door)
    if request.method == "POST":
        answer_question(question, VerificationAnswer.CLOSED)
        if not question.closes_itself:
            return _thank(page, request, question, door)
        messages.success(
            request, _("Thank you! “%(name)s” is not on the map any more.") % {"name": question.place.name}
        )
        return redirect(page.url)
    if not question.place.is_public:
        raise Missing
    context = _context(page, question, door, _("Closed for good"))
    return TemplateResponse(request, "mapping/pages/verify_closed.html", context)


@page_view("GET", "POST")
@private
def verify(page, request, token):
    return _ask(page, request, Door("verify", token))


@page_view("GET", "POST")
@private
def verify_wrong(page, request, token):
    return _tell_wrong(page, request, Door("verify", token))


@page_view("GET", "POST")
@private
def verify_closed(page, request, token):
    return _tell_closed(page, request, Door("verify", token))


@page_view("GET", "POST")
@private
def look(page, request, pk):
    return _ask(page, request, Door("look", pk))


@page_view("GET", "POST")
@private
def look_wrong(page, request, pk):
    return _tell_wrong(page, request, Door("look", pk))


@page_view("GET", "POST")
@private
def look_closed(page, request, pk):
    return _tell_closed(page, request, Door("look", pk))


urls = [
    # Before the third: a token has slashes.
    path("verify/wrong/<path:token>/", verify_wrong, name="verify_wrong"),
    path("verify/closed/<path:token>/", verify_closed, name="verify_closed"),
    path("verify/<path:token>/", verify, name="verify"),
    path("<int:pk>/look/", look, name="look"),
    path("<int:pk>/look/wrong/", look_wrong, name="look_wrong"),
    path("<int:pk>/look/closed/", look_closed, name="look_closed"),
]
