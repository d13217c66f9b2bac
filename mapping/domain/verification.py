"""Keeping the map true: once a year somebody is asked whether an entry is still correct, and their answer counts.

First those who look after the place are asked; after 30 days without an answer up to three scouts of the neighbourhood;
after 30 more days the entry itself says that nobody has confirmed it (`queries.verification.truth_of`).
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mapping.domain.letter import path_on_site, tell
from mapping.domain.place import LinkHolder, verify_place
from mapping.domain.report import checked_words, close_for_good, file_report
from mapping.enums import ReportKind, VerificationAnswer, VerifiedBy
from mapping.models import LearningPlace, Stewardship, Verification
from mapping.queries.verification import (
    ASK_AFTER,
    UNASKED,
    WAIT,
    asked_since,
    places_to_ask_about,
    places_to_ask_scouts_about,
    round_of,
    steward_addresses,
    stewards_of,
)
from mapping.rules import looks_after, may_moderate_places, scouts_around
from participation.domain.mail import without_links
from participation.domain.notification import notify
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.link_tokens import link_token, read_link_token
from participation.models import Participant

ANSWER = "answer whether a place is correct"
LINK_LASTS = dt.timedelta(days=60)
SCOUTS_PER_PLACE = 3
# Somebody who looks after forty places is asked about them over some days, not in forty mails at once.
PER_STEWARD_AND_DAY = 5
A_DAY = dt.timedelta(hours=20)  # shorter than a day: the nightly run is not always equally quick
PER_SCOUT_AND_MONTH = 10
PLACES_PER_RUN = 500


@dataclass
class Asked:
    """What one run asked, in numbers of places and of questions."""

    places: int = 0
    stewards: int = 0
    scouts: int = 0

    def __str__(self) -> str:
        return f"{self.stewards} stewards and {self.scouts} scouts asked about {self.places} places"


@dataclass(frozen=True)
class Question:
    """Who may say whether a place is correct, and as what: by a mailed link (`row`), or of their own accord."""

    place: LearningPlace
    part: VerifiedBy
    by: Any
    row: Verification | None = None

    @property
    def closes_itself(self) -> bool:
        """Who looks after a place closes it; a neighbour's word is looked at first."""
        return self.part in (VerifiedBy.STEWARD, VerifiedBy.STAFF)

    @property
    def mends_itself(self) -> bool:
        """Whoever may change the entry with an account of theirs; the others' words go to the moderators."""
        return self.closes_itself and not isinstance(self.by, LinkHolder)


def ask_if_correct() -> Asked:
    """Ask about all places whose time has come; twice, or in two processes at once, asks nobody twice."""
    now = database_now()
    asked = Asked()
    stewards = asked_since(now - A_DAY, VerifiedBy.STEWARD)
    scouts = asked_since(now - WAIT, VerifiedBy.SCOUT)
    for pk in list(places_to_ask_scouts_about(now).values_list("pk", flat=True)):
        if asked.places >= PLACES_PER_RUN:
            return asked
        _ask(pk, now, asked, stewards, scouts, again=True)
    for pk in list(places_to_ask_about(now).values_list("pk", flat=True)):
        if asked.places >= PLACES_PER_RUN:
            return asked
        _ask(pk, now, asked, stewards, scouts, again=False)
    return asked


def forget_old_questions() -> int:
    """Delete questions of more than two years ago, and those to addresses that look after the place no more; return how many."""
    holders = Stewardship.objects.filter(place=OuterRef("place"), email=OuterRef("email"))
    old = Q(asked_at__lt=database_now() - 2 * ASK_AFTER)
    # The ids first: a row must not be looked for in the table that it is deleted from.
    gone = Verification.objects.filter(old | ~Q(email="") & ~Exists(holders)).values_list("pk", flat=True)
    return Verification.objects.filter(pk__in=list(gone)).delete()[0]


def _ask(
    pk: int,
    now: dt.datetime,
    asked: Asked,
    stewards: dict[int | str, int],
    scouts: dict[int | str, int],
    *,
    again: bool,
) -> None:
    """Ask about one place, held against a second process; `again` is for scouts after the stewards."""
    due = places_to_ask_scouts_about(now) if again else places_to_ask_about(now)
    with transaction.atomic():
        if LearningPlace.objects.select_for_update().filter(pk=pk).first() is None:
            return
        # Read anew once it is held: another process may have asked, or somebody answered.
        place = due.filter(pk=pk).first()
        if place is None:
            return
        number = round_of(place) + (0 if again else 1)
        questions = [] if again else _questions_to_stewards(place, number, now, stewards)
        if questions is None:
            return
        is_for_scouts = not questions
        if is_for_scouts:
            questions = _questions_to_scouts(place, number, now, scouts)
        if not questions:
            return
        Verification.objects.bulk_create(questions)
        for question in questions:
            _tell_scout(question, now) if is_for_scouts else _tell_steward(question)
    told = scouts if is_for_scouts else stewards
    for question in questions:
        person = question.participant_id or question.email
        told[person] = told.get(person, 0) + 1
    asked.places += 1
    if is_for_scouts:
        asked.scouts += len(questions)
    else:
        asked.stewards += len(questions)


def _questions_to_stewards(
    place: LearningPlace, number: int, now: dt.datetime, told: dict[int | str, int]
) -> list[Verification] | None:
    """Return the questions to all who look after the place; None when one of them was asked enough for today."""
    people, addresses = list(stewards_of(place)), steward_addresses(place)
    everybody: list[int | str] = [*(person.pk for person in people), *addresses]
    if any(told.get(each, 0) >= PER_STEWARD_AND_DAY for each in everybody):
        return None
    common = {"place": place, "asked": VerifiedBy.STEWARD, "round": number, "asked_at": now}
    return [
        *(Verification(participant=person, **common) for person in people),
        *(Verification(email=address, **common) for address in addresses),
    ]


def _questions_to_scouts(
    place: LearningPlace, number: int, now: dt.datetime, told: dict[int | str, int]
) -> list[Verification]:
    """Return questions to up to three scouts of the place's neighbourhood: those who were asked least, in their turn."""
    people = Participant.objects.filter(
        scouting__neighbourhood=place.neighbourhood_id, user__is_active=True
    ).exclude(
        pk__in=place.verifications.filter(round=number, participant__isnull=False).values("participant")
    )
    free = [person for person in people.order_by("pk") if told.get(person.pk, 0) < PER_SCOUT_AND_MONTH]
    # Which of the equally busy ones is asked depends on the place, so that it is not always the same three.
    free.sort(key=lambda person: (told.get(person.pk, 0), (person.pk - place.pk) % 997))
    return [
        Verification(place=place, asked=VerifiedBy.SCOUT, round=number, asked_at=now, participant=person)
        for person in free[:SCOUTS_PER_PLACE]
    ]


def _tell_steward(question: Verification) -> None:
    name = without_links(question.place.name)
    title = format_lazy(_("Is “{name}” still correct on the map?"), name=name)
    path = path_on_site("verify", token_of(question))
    facts = {
        "name": name,
        "path": path,
        "manage_path": path_on_site("manage_link"),
        "days": LINK_LASTS.days,
    }
    tell(
        question.participant,
        question.email,
        kind="mapping.still_correct",
        title=title,
        text=_(
            "Once a year we ask those who look after a place. Please look at what the map says and press one button; "
            "you need not sign in."
        ),
        path=path,
        dedupe_key=f"still-correct-{question.pk}",
        letter={"template": "still_correct", "kind": "mapping.still_correct", "context": facts},
    )


def _tell_scout(question: Verification, now: dt.datetime) -> None:
    """Tell a scout once a day that there are questions, however many."""
    notify(
        cast(Participant, question.participant),
        kind="mapping.scout",
        title=_("Can you look at a place near you?"),
        text=_(
            "Nobody has told us for long whether the map is still correct there. Your list says which places it is about."
        ),
        path=path_on_site("scout"),
        dedupe_key=f"scout-{now:%Y%m%d}",
    )


def token_of(question: Verification) -> str:
    """Return the token with which this one question can be answered, and nothing else be done (S7, S19)."""
    return link_token([question.pk, question.place_id, question.round], purpose=ANSWER)


def question_in(token: str) -> Question:
    """Return the question that a mailed link is about.

    Raises Missing for a token that is forged or too old, and for who does not look after the place any more.
    """
    content = read_link_token(token, purpose=ANSWER, lasts=LINK_LASTS)
    row = None
    if isinstance(content, list) and len(content) == 3:
        row = (
            Verification.objects.select_related(
                "place__category", "place__neighbourhood", "place__organisation", "participant__user"
            )
            .filter(pk=content[0], place=content[1], round=content[2])
            .first()
        )
    if row is None:
        raise Missing
    if row.participant is None:
        if row.email not in steward_addresses(row.place):
            raise Missing
        return Question(row.place, VerifiedBy.STEWARD, LinkHolder(row.place_id, row.email), row)
    user = row.participant.user
    part = VerifiedBy(row.asked)
    if not (looks_after if part == VerifiedBy.STEWARD else scouts_around)(user, row.place):
        raise Missing
    return Question(row.place, part, user, row)


def question_about(place: LearningPlace, *, by) -> Question:
    """Return the question that `by` (a user or a LinkHolder) may answer of their own accord.

    Raises Missing for a place that is not public, and NotAllowed for who neither looks after it nor is a scout there.
    """
    if not place.is_public:
        raise Missing
    if looks_after(by, place):
        part = VerifiedBy.STEWARD
    elif scouts_around(by, place):
        part = VerifiedBy.SCOUT
    elif may_moderate_places(by):
        part = VerifiedBy.STAFF
    else:
        raise NotAllowed(
            _("Scouts of the neighbourhood and those who look after the place say whether it is correct.")
        )
    return Question(place, part, by)


def answer_question(question: Question, answer: str, *, kind: str = "", text: str = "") -> LearningPlace:
    """Keep the answer and do what follows from it; return the place. The last answer of a person counts.

    "correct" confirms the entry; "closed" closes it, or reports it where a neighbour says so; "wrong" reports `kind` and
    `text`, unless the person can mend it. Raises Invalid, or Conflict when the place is not on the map any more.
    """
    if answer not in (*VerificationAnswer.values,) or answer == VerificationAnswer.NONE:
        raise Invalid(_("Please choose one of the answers."), field="answer")
    reports = answer == VerificationAnswer.WRONG and not question.mends_itself
    words = checked_words(kind, text) if reports else (ReportKind.CLOSED, "")
    with transaction.atomic():
        row = _held_row(question)
        place = LearningPlace.objects.get(pk=question.place.pk)
        if not place.is_public:
            raise Conflict(_("This place is not on the map any more. There is nothing left to answer."))
        if answer == VerificationAnswer.CORRECT:
            place = verify_place(place, how=question.part, by=question.by)
        elif answer == VerificationAnswer.CLOSED and question.closes_itself:
            place = close_for_good(place, by=question.by)
        elif reports or answer == VerificationAnswer.CLOSED:
            _report(question, place, *words)
        if row is not None:
            row.answer, row.answered_at = answer, database_now()
            row.save()
    return place


def _held_row(question: Question) -> Verification | None:
    """Return the row that keeps the answer, held: that of the link, an open question of this person, or one of its own."""
    rows = Verification.objects.select_for_update()
    if question.row is not None:
        return rows.get(pk=question.row.pk)
    if question.part == VerifiedBy.STAFF:  # the audit trail tells
        return None
    if isinstance(question.by, LinkHolder):
        who: dict[str, Any] = {"email": question.by.email}
    else:
        who = {"participant": question.by.participant}
    mine = rows.filter(place=question.place, answer=VerificationAnswer.NONE, **who)
    if (row := mine.order_by("-round").first()) is not None:
        return row
    row, _is_new = rows.get_or_create(
        place=question.place,
        round=UNASKED,
        **who,
        defaults={"asked": question.part, "asked_at": database_now()},
    )
    row.asked = question.part
    return row


def _report(question: Question, place: LearningPlace, kind: ReportKind, text: str) -> None:
    if isinstance(question.by, LinkHolder):
        file_report(place, kind=kind, text=text, email=question.by.email)
    else:
        file_report(place, kind=kind, text=text, participant=question.by.participant)
