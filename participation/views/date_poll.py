"""Finding a date: offering some, answering, and making one of them a meeting."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from participation.domain.date_poll import answer_dates, ask_for_dates, settle_date
from participation.forms.meeting import DateAnswersForm, DatePollForm, tell
from participation.foundation.errors import Missing, Refused
from participation.queries.meeting import poll_for, span_words
from participation.rules import may_keep_committee, may_take_part
from participation.views.committee_page import around, committee_view


@committee_view("GET", "POST", rule=may_keep_committee, sign_in=True)
def new_date_poll(page, request):
    """Offer some dates."""
    form = DatePollForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            poll = ask_for_dates(
                page,
                by=request.user,
                title=cleaned["title"],
                options=form.options,
                closes_on=cleaned["closes_on"],
            )
        except Refused as refusal:
            form.tell(refusal)
        else:
            messages.success(request, _("The committee's people are asked when they can."))
            return redirect(page.url_of("date_poll", poll.pk))
    context = {
        **around(page, request, "meetings", (page.url_of("meetings"), _("Meetings")), ("", _("Find a date"))),
        "form": form,
        "back": page.url_of("meetings"),
    }
    return TemplateResponse(
        request, "participation/pages/date_poll_form.html", context, status=400 if form.is_bound else 200
    )


@committee_view("GET", "POST")
def date_poll(page, request, pk):
    """Show who can come when; a POST answers."""
    poll = poll_for(request.user, page, pk)
    options = list(poll.options.all())
    words = {option.pk: span_words(option.starts_at, option.ends_at, poll.zone) for option in options}
    person = getattr(request.user, "participant", None)
    own = {
        option.pk: answer.choice
        for option in options
        for answer in option.answers.all()
        if person is not None and answer.participant_id == person.pk
    }
    form = DateAnswersForm(request.POST or None, poll=poll, words=words, own=own)
    if request.method == "POST" and form.is_valid():
        try:
            answer_dates(poll, by=request.user, choices=form.choices)
        except Refused as refusal:
            if refusal.status in (403, 404):
                raise
            tell(form, refusal)
        else:
            messages.success(request, _("Thank you. You can change your answers until the date is found."))
            return redirect(page.url_of("date_poll", poll.pk))
    best = max((option.yes, option.maybe) for option in options)
    names = sorted({answer.participant.display_name for option in options for answer in option.answers.all()})
    context = {
        **around(page, request, "meetings", (page.url_of("meetings"), _("Meetings")), ("", poll.title)),
        "poll": poll,
        "form": form,
        "rows": [
            {
                "option": option,
                "words": words[option.pk],
                "is_best": (option.yes, option.maybe) == best and option.yes > 0,
                "settle_url": page.url_of("settle_date", poll.pk, option.pk),
            }
            for option in options
        ],
        "names": names,
        "meeting_url": page.url_of("meeting", poll.meeting_id) if poll.meeting_id else "",
        "may_answer": poll.closed_at is None and may_take_part(request.user, page),
        "keeps": may_keep_committee(request.user, page),
        "sign_in_url": page.url_of("date_poll", poll.pk),
    }
    return TemplateResponse(
        request, "participation/pages/date_poll.html", context, status=400 if form.is_bound else 200
    )


@committee_view("POST", rule=may_keep_committee, sign_in=True)
def date_settle(page, request, pk, option):
    """Plan the meeting on one of the dates."""
    poll = poll_for(request.user, page, pk)
    chosen = next((each for each in poll.options.all() if each.pk == option), None)
    if chosen is None:
        raise Missing
    meeting = settle_date(poll, chosen, by=request.user)
    messages.success(request, _("The date is found. Say where it is, then announce it."))
    return redirect(page.url_of("change_meeting", meeting.pk))


urls = [
    path("dates/new/", new_date_poll, name="new_date_poll"),
    path("dates/<int:pk>/", date_poll, name="date_poll"),
    path("dates/<int:pk>/<int:option>/settle/", date_settle, name="settle_date"),
]
