"""An event on its way into the programme: written, handed in, changed, withdrawn and called off.

The page's own workflow in Wagtail decides whether it is published; people of trusted organisations publish at once.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState

from learning_events.domain.event_news import tell_handed_in
from learning_events.domain.session import cancel_session
from learning_events.domain.version import raise_programme_version
from learning_events.enums import Booking, EventStage
from learning_events.models import EventPage, EventSubmission, Festival
from learning_events.queries.deadline import changes_are_closed, festival_of, submissions_are_closed
from learning_events.queries.event import standing_of
from learning_events.queries.session import sessions_of
from learning_events.rules import is_trusted_organiser, may_change_event, may_run_festival
from participation.foundation.audit import record, record_change
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed, invalid_from
from participation.models import Organisation
from participation.rules import may_act_for

# What organisers may say of an event; the many-to-many ones take lists of rows.
MANY = ("topics", "audiences", "key_features")
FACTS = (
    "title", "summary", "description", "what_to_learn", "kind", "picture", "picture_alt", "organisation", "leaders",
    "contact_email", "contact_phone", "website", "attendance", "place", "venue_name", "venue_address", "online_url",
    "languages", "age_from", "age_to", "cost", "cost_note", "step_free", "accessible_toilet", "hearing_loop", "quiet_space",
    "sign_language", "access_note", "booking", "booking_url", *MANY,
)  # fmt: skip
OPEN_STAGES = (EventStage.DRAFT, EventStage.RETURNED, EventStage.WITHDRAWN)
LONGEST_TITLE = 160


def draft_event(
    festival: Festival, *, facts: Mapping[str, Any], by, organisation: Organisation | None = None
) -> EventPage:
    """Begin an event that nobody sees but who writes it; `facts` has a `title` and any other of FACTS.

    Raises NotAllowed for an organisation that `by` does not act for, Conflict after the deadline, and Invalid.
    """
    person = getattr(by, "participant", None)
    if person is None and not may_run_festival(by):
        raise NotAllowed(_("Please say first what to call you."))
    facts = {"organisation": organisation, **facts}
    _refuse_foreign(facts["organisation"], by)
    _refuse_after_deadline(festival, by)
    event = EventPage(live=False, owner=by, locale=festival.locale)
    with transaction.atomic():
        festival = _held(festival)
        _write(event, facts)
        _add_below(festival, event)
        _check(event)
        event.submission = EventSubmission.objects.create(event=event, participant=person)
        revision = event.save_revision(user=by, log_action=False, clean=False)
        record_change("learning_events.write_event", event, revision, by=by)
    return event


def change_event(
    event: EventPage,
    *,
    facts: Mapping[str, Any],
    by,
    expected_version: int | None = None,
    hand_in: bool = True,
) -> EventPage:
    """Change what is said of an event. A published one changes for everybody only when the change is published.

    With `hand_in` that happens at once for people who run the festival and those of trusted organisations, and the change
    of others waits for an editor; without it the change is a draft until `send_event`. `expected_version` is the revision
    that the writer has seen. Raises NotAllowed, Invalid or Conflict: the deadline for changes is over ("closed"), an editor
    looks at it ("in_review"), somebody else has changed it ("changed_meanwhile", details `version`).
    """
    with transaction.atomic():
        event = locked(event, by)
        _refuse_change(event, by)
        if expected_version is not None and expected_version != version_of(event):
            raise Conflict(
                _(
                    "Somebody has changed this event while you were writing. Look at it, then save again if you still want to."
                ),
                code="changed_meanwhile",
                details={"version": version_of(event)},
            )
        # Editors' drafts live in revisions alone, so the newest of them is what is written on.
        written = event.get_latest_revision_as_object()
        before = _as_written(written, facts)
        if "organisation" in facts and facts["organisation"] != written.organisation:
            _refuse_foreign(facts["organisation"], by)
        _write(written, facts)
        _check(written)
        if _as_written(written, facts) == before:
            return event
        if not event.live:
            written.save()
        revision = written.save_revision(user=by, log_action=False, clean=False)
        record_change("learning_events.change_event", event, revision, by=by, fields=sorted(facts))
        if event.live and hand_in:
            event.refresh_from_db()
            _publish_or_ask(event, written, revision, by)
    return _again(event)


def missing_for_sending(event: EventPage) -> dict[str, Any]:
    """Return what editors and visitors need to know and is not there yet: field -> what to do."""
    missing: dict[str, Any] = {}
    if not event.summary:
        missing["summary"] = _("Please say in one sentence what happens.")
    if event.kind_id is None:
        missing["kind"] = _("Please choose what kind of event it is.")
    if event.is_in_person and event.place_id is None and not event.venue_name:
        missing["place"] = _("Please say where it happens: a place on the map, or the name of another one.")
    sessions = sessions_of(event)
    if not sessions.exists():
        missing["sessions"] = _("Please say when it happens: at least one session.")
    elif event.booking in (Booking.SEATS, Booking.DRAW) and sessions.filter(seats=None).exists():
        missing["seats"] = _("Please say how many seats each session has, because people register.")
    return missing


def send_event(event: EventPage, *, by, message: str = "") -> EventPage:
    """Hand the event, or the draft of a change of a published one, in.

    It is published at once for trusted organisations, else it enters the page's workflow. Raises NotAllowed, Conflict
    (already handed in, deadline over, nothing new) or Invalid with all that is missing in `details`.
    """
    with transaction.atomic():
        event = locked(event, by)
        standing = standing_of(event)
        if event.live:
            _refuse_change(event, by)
            if not event.has_unpublished_changes:
                raise Conflict(
                    _("There is nothing new to hand in: everybody sees the event as you wrote it.")
                )
        elif standing.stage not in OPEN_STAGES:
            declined = standing.stage == EventStage.DECLINED
            raise Conflict(
                _("The editors have decided not to take this event. Please ask them if you see it otherwise.")
                if declined
                else _("This event is already handed in.")
            )
        elif standing.stage != EventStage.RETURNED:
            # Whoever is asked a question may answer it after the deadline too.
            _refuse_after_deadline(festival_of(event), by)
        written = event.get_latest_revision_as_object()
        missing = missing_for_sending(written)
        if missing:
            field, words = next(iter(missing.items()))
            raise Invalid(words, field=field, details=missing)
        _note_sending(event, message, by)
        revision = event.get_latest_revision() or event.save_revision(user=by, log_action=False)
        record_change("learning_events.send_event", event, revision, by=by)
        _publish_or_ask(event, written, revision, by)
    return _again(event)


def withdraw_event(event: EventPage, *, by) -> EventPage:
    """Take an event back that is not public yet, or the change of a public one that an editor has not decided.

    What is written stays as a draft. Raises Conflict where nothing is handed in; a public event is called off instead.
    """
    with transaction.atomic():
        event = locked(event, by)
        state = event.current_workflow_state
        if event.live and state is None:
            raise Conflict(_("The event is public. Please call it off, so that people hear of it."))
        if state is not None:
            state.cancel(user=by)
        if not event.live:
            # What is scheduled would else be published by itself.
            event.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
            EventSubmission.objects.filter(event=event).update(withdrawn_at=database_now())
        record("learning_events.withdraw_event", event, by=by)
    return _again(event)


def discard_changes(event: EventPage, *, by) -> EventPage:
    """Throw away what was written about a public event and never published. Raises Conflict where there is nothing."""
    with transaction.atomic():
        event = locked(event, by)
        _refuse_change(event, by)
        if not event.live or not event.has_unpublished_changes:
            raise Conflict(_("There are no changes to throw away."))
        state = event.current_workflow_state
        if state is not None:
            state.cancel(user=by)
        revision = event.save_revision(user=by, changed=False, log_action=False, clean=False)
        EventPage.objects.filter(pk=event.pk).update(has_unpublished_changes=False, draft_title=event.title)
        record_change("learning_events.discard_changes", event, revision, by=by)
    return _again(event)


def delete_draft(event: EventPage, *, by) -> None:
    """Delete an event that was never public and is not with the editors, with its sessions. Raises Conflict otherwise."""
    with transaction.atomic():
        festival = _held(festival_of(event))
        event = locked(event, by)
        standing = standing_of(event)
        if event.live or event.first_published_at is not None or standing.is_reviewed:
            raise Conflict(
                _("This event is handed in or was public. Please take it back or call it off instead.")
            )
        record("learning_events.delete_draft", festival, by=by, event=event.pk, title=event.title)
        event.delete()


def erase_drafts_of(user) -> None:
    """Delete what somebody wrote alone and nobody else has seen, because the person leaves."""
    drafts = EventPage.objects.filter(
        submission__participant__user=user, organisation=None, live=False, first_published_at=None
    )
    with transaction.atomic():
        for event in drafts:
            _held(festival_of(event))
            state = event.current_workflow_state
            if state is not None:
                state.cancel()
            event.delete()


def call_off_event(event: EventPage, *, reason: str, by) -> EventPage:
    """Cancel every session of the event that is still to come, with a reason for everybody. Raises NotAllowed or Invalid."""
    if not reason.strip():
        raise Invalid(
            _("Please say why, in a sentence that everybody who planned to come may read."), field="reason"
        )
    with transaction.atomic():
        event = locked(event, by)
        for session in sessions_of(event).filter(ends_at__gt=database_now()):
            cancel_session(session, reason=reason, by=by)
        record("learning_events.call_off_event", event, by=by, reason=reason)
    return event


def version_of(event: EventPage) -> int:
    """Return the number of what was written last, for `expected_version`."""
    return event.latest_revision_id or 0


def locked(event: EventPage, by) -> EventPage:
    """Return the event as it is now, held until the transaction ends; raises Missing or NotAllowed."""
    found = EventPage.objects.select_for_update(of=("self",)).filter(pk=event.pk).first()
    if found is None:
        raise Missing
    if not may_change_event(by, found):
        raise NotAllowed(_("Only the people who organise this event may change it."))
    return found


def _again(event: EventPage) -> EventPage:
    # A new instance: refresh_from_db keeps what modelcluster holds of the many-to-many fields.
    return EventPage.objects.select_related("submission").get(pk=event.pk)


def _held(festival: Festival) -> Festival:
    """Return the festival as it is now, held: whoever adds or takes a page below it counts its children."""
    if Page.objects.select_for_update(of=("self",)).filter(pk=festival.pk).first() is None:
        raise Missing
    return Festival.objects.get(pk=festival.pk)


def _refuse_foreign(organisation: Organisation | None, by) -> None:
    if organisation is not None and not (may_act_for(by, organisation) or may_run_festival(by)):
        raise NotAllowed(_("You do not act for this organisation."))


def _refuse_change(event: EventPage, by) -> None:
    if may_run_festival(by):
        return
    if standing_of(event).is_reviewed:
        raise Conflict(
            _("An editor looks at what you have handed in. Please wait, or take it back to change it."),
            code="in_review",
        )
    if event.live and changes_are_closed(festival_of(event)):
        raise Conflict(
            _("The deadline for changes is over. Please ask the festival's editors for the change."),
            code="closed",
        )


def _refuse_after_deadline(festival: Festival, by) -> None:
    if may_run_festival(by):
        return
    if not festival.takes_submissions:
        raise Conflict(_("This festival takes no events at present."), code="closed")
    if submissions_are_closed(festival):
        raise Conflict(
            _("The deadline for new events is over. Please ask the festival's editors."), code="closed"
        )


def _note_sending(event: EventPage, message: str, by) -> None:
    submission, _created = EventSubmission.objects.get_or_create(
        event=event, defaults={"participant": getattr(by, "participant", None)}
    )
    submission.sent_at, submission.withdrawn_at = database_now(), None
    submission.message, submission.answer = message.strip()[:2000], ""
    submission.save()
    event.submission = submission


def _publish_or_ask(event: EventPage, written: EventPage, revision, by) -> None:
    """Publish the revision where its writer may, else start the workflow of the page; without any it waits on the board."""
    if may_run_festival(by) or is_trusted_organiser(by, written):
        # Our rule has allowed it; Wagtail would ask for a permission in the page tree that organisers do not have.
        revision.publish(user=by, skip_permission_checks=True)
        raise_programme_version()
        return
    state = event.current_workflow_state
    workflow = event.get_workflow()
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(by)
    elif state is None and workflow is not None:
        workflow.start(event, by)
    tell_handed_in(_again(event))


def _as_written(event: EventPage, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: {row.pk for row in getattr(event, name).all()} if name in MANY else getattr(event, name)
        for name in facts
    }


def _write(event: EventPage, facts: Mapping[str, Any]) -> None:
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise ValueError(f"Not facts of an event: {sorted(unknown)}")
    for name, value in facts.items():
        if name in MANY:
            getattr(event, name).set(value)
        else:
            setattr(event, name, value)
    event.title = " ".join((event.title or "").split())
    if not event.title:
        raise Invalid(_("Please give the event a title."), field="title")
    if len(event.title) > LONGEST_TITLE:
        raise Invalid(_("Please use at most %(most)d characters.") % {"most": LONGEST_TITLE}, field="title")


def _check(event: EventPage) -> None:
    """Refuse what the model's own rules refuse, in the words of the first wrong field."""
    lists: dict[str, str] = {}
    for field in event._meta.concrete_fields:
        # A text column checks its length in forms only.
        value = getattr(event, field.attname)
        if isinstance(field, models.TextField) and field.max_length and len(value or "") > field.max_length:
            lists[field.name] = _("Please use at most %(most)d characters.") % {"most": field.max_length}
    if lists:
        raise invalid_from(ValidationError(lists))
    try:
        event.full_clean(exclude=["path", "depth", "owner"])
    except ValidationError as error:
        raise invalid_from(error) from None


def _add_below(festival: Festival, event: EventPage) -> None:
    event.slug = _free_slug(festival, event.title)
    try:
        festival.add_child(instance=event)
    except ValidationError as error:
        raise invalid_from(error) from None


def _free_slug(festival: Festival, title: str) -> str:
    """Return a short name for the address that no page beside it has, and none of the festival's own pages."""
    taken = {str(each.pattern).split("/")[0] for each in festival.get_subpage_urls()}
    wanted = slugify(title, allow_unicode=True)[:120].strip("-") or "event"
    slug, number = wanted, 1
    while slug in taken or not Page._slug_is_available(slug, festival):
        number += 1
        slug = f"{wanted}-{number}"
    return slug
