"""Reports of what is wrong on the map: made by anybody, answered by moderators or by those who look after the place."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mapping.domain.letter import path_on_site, tell, write_to
from mapping.domain.place import close_place
from mapping.enums import ReportKind, ReportState
from mapping.models import LearningPlace, PlaceReport
from mapping.queries.report import open_reports
from mapping.queries.verification import steward_addresses, stewards_of
from mapping.rules import may_answer_reports
from participation.domain.limits import spend_attempt
from participation.domain.mail import without_links
from participation.domain.notification import notify_many
from participation.domain.participant import TooManyTries
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.text import clean_text

PER_PERSON_AND_DAY = 20
# Who has no account is known by nothing, so the number of all their reports is what stops a machine.
BY_STRANGERS_A_DAY = 500
BY_STRANGERS_ON_A_PLACE = 20
PER_ADDRESS_AND_DAY = 10
TEXT_AT_MOST = 1000


def report_error(place: LearningPlace, *, by, kind: str, text: str = "", email: str = "") -> PlaceReport:
    """Say that a published place is not as the map says; `by` is a user or nobody in particular.

    `email` is where somebody without an account gets an answer, "" for none. The same words again are the same report.
    Raises Missing, Invalid (naming the field) or TooManyTries. Call it outside of a transaction, for it counts tries.
    """
    if not place.is_public:
        raise Missing
    participant = getattr(by, "participant", None)
    kind, text = checked_words(kind, text)
    email = "" if participant else _checked_address(email)
    _spend(place, participant, email)
    with transaction.atomic():
        return file_report(place, kind=kind, text=text, participant=participant, email=email)


def checked_words(kind: str, text: str) -> tuple[ReportKind, str]:
    """Return what is wrong as a kind and in clean words; raises Invalid naming the field."""
    if kind not in ReportKind.values:
        raise Invalid(_("Please choose what is wrong."), field="kind")
    text = clean_text(text)
    if len(text) > TEXT_AT_MOST:
        raise Invalid(_("Please use at most %(most)d characters.") % {"most": TEXT_AT_MOST}, field="text")
    if kind == ReportKind.OTHER and not text:
        raise Invalid(_("Please write what is wrong, so that somebody can mend it."), field="text")
    return ReportKind(kind), text


def file_report(
    place: LearningPlace, *, kind: ReportKind, text: str, participant=None, email: str = ""
) -> PlaceReport:
    """Put a report into the queue, inside of a transaction, and tell those who look after the place."""
    same = {"place": place, "kind": kind, "text": text, "participant": participant, "email": email}
    before = PlaceReport.objects.filter(state=ReportState.OPEN, **same).first()
    if before is not None:
        return before
    is_first = not open_reports().filter(place=place).exists()
    report = PlaceReport.objects.create(**same)
    if is_first:
        _tell_stewards(place, report)
    return report


def answer_reports(place: LearningPlace, *, pks: Iterable[int], by, state: str, answer: str = "") -> int:
    """Answer some of a place's open reports alike, and tell who made them; return how many were still open.

    `state` is "mended", or "kept" for an entry that stays as it is, which needs an answer. `by` is a moderator, somebody
    who looks after the place, or a LinkHolder. Raises NotAllowed, Invalid, or Conflict when all are answered already.
    """
    if not may_answer_reports(by, place):
        raise NotAllowed(_("Only moderators and those who look after this place can answer its reports."))
    if state not in (ReportState.MENDED, ReportState.KEPT):
        raise Invalid(_("Please say whether the entry was mended or stays as it is."), field="state")
    answer = clean_text(answer)[:TEXT_AT_MOST]
    if state == ReportState.KEPT and not answer:
        raise Invalid(
            _("Please write why the entry stays as it is. Who reported it will read your answer."),
            field="answer",
        )
    with transaction.atomic():
        reports = list(
            PlaceReport.objects.select_for_update(of=("self",))
            .filter(place=place, pk__in=list(pks), state=ReportState.OPEN)
            .order_by("pk")
        )
        if not reports:
            raise Conflict(_("Somebody else has answered this meanwhile."))
        _answer(place, reports, by=by, state=ReportState(state), answer=answer)
    return len(reports)


def close_for_good(
    place: LearningPlace, *, by, successor: LearningPlace | None = None, reason: str = ""
) -> LearningPlace:
    """Close the place as `close_place` does, and thank those who have reported that it has closed."""
    with transaction.atomic():
        place = close_place(place, by=by, successor=successor, reason=reason)
        said = open_reports().filter(place=place, kind=ReportKind.CLOSED).select_for_update(of=("self",))
        if reports := list(said):
            _answer(place, reports, by=by, state=ReportState.MENDED, answer="")
    return place


def _answer(place: LearningPlace, reports: list[PlaceReport], *, by, state: ReportState, answer: str) -> None:
    now = database_now()
    for report in reports:
        report.state, report.answer, report.decided_at = state, answer, now
        report.decided_by = by if getattr(by, "is_authenticated", False) else None
        _tell_reporter(place, report)
        report.email = ""  # it was kept for this answer alone
        report.save()
    record("mapping.answer_reports", place, by=by, state=str(state), number=len(reports))


def _tell_reporter(place: LearningPlace, report: PlaceReport) -> None:
    mended = report.state == ReportState.MENDED
    title = format_lazy(
        _("Thank you: “{name}” was mended") if mended else _("Your report on “{name}”"),
        name=without_links(place.name),
    )
    path = path_on_site("place", place.pk)
    facts = {
        "name": without_links(place.name),
        "answer": without_links(report.answer),
        "is_mended": mended,
        "path": path,
    }
    tell(
        report.participant,
        report.email,
        kind="mapping.report",
        title=title,
        text=report.answer,
        path=path,
        dedupe_key=f"report-{report.pk}",
        letter={"template": "report_answered", "kind": "mapping.report", "context": facts},
    )


def _tell_stewards(place: LearningPlace, report: PlaceReport) -> None:
    """Tell of the first open report on a place; the others are found beside it."""
    title = format_lazy(
        _("Somebody says that something is wrong at “{name}”"), name=without_links(place.name)
    )
    stewards = stewards_of(place)
    if report.participant is not None:
        stewards = stewards.exclude(pk=report.participant.pk)
    notify_many(
        stewards,
        kind="mapping.report_on_mine",
        title=title,
        text=_("Please look whether it is so, mend the entry, and answer."),
        path=path_on_site("own_reports"),
        dedupe_key=f"report-on-{place.pk}-{report.pk}",
    )
    for address in steward_addresses(place):
        if address != report.email:
            write_to(
                address,
                template="report_on_mine",
                kind="mapping.report_on_mine",
                subject=title,
                context={"name": without_links(place.name), "path": path_on_site("manage_link")},
            )


def _spend(place: LearningPlace, participant, email: str) -> None:
    day = dt.timedelta(days=1)
    if participant is not None:
        allowed = spend_attempt("report places", participant.pk, limit=PER_PERSON_AND_DAY, per=day)
    else:
        allowed = (
            spend_attempt("report places, strangers on", place.pk, limit=BY_STRANGERS_ON_A_PLACE, per=day)
            and spend_attempt("report places", "strangers", limit=BY_STRANGERS_A_DAY, per=day)
            and (
                not email
                or spend_attempt("report places, answers to", email, limit=PER_ADDRESS_AND_DAY, per=day)
            )
        )
    if not allowed:
        raise TooManyTries(
            _("You have reported many errors today. Thank you! Please go on tomorrow.")
            if participant
            else _("Many errors were reported today. Please sign in, or try again tomorrow.")
        )


def _checked_address(email: str) -> str:
    email = email.strip().lower()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Invalid(
                _("Please write your e-mail address, such as name@example.org, or leave it empty."),
                field="email",
            ) from None
    return email
