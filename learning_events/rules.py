"""Who may do what with festivals and events, as sentences; pages, forms, API and domain ask the same."""

from participation.foundation.rules import has_permission, rule

may_run_festival = has_permission("learning_events.run_festival")
may_keep_desk = has_permission("learning_events.keep_desk")


@rule
def writes_event(user, event) -> bool:
    """Who began the event, or acts for the organisation it is of."""
    participant = getattr(user, "participant", None)
    if participant is None or not user.is_active:
        return False
    submission = getattr(event, "submission", None)
    if submission is not None and submission.participant_id == participant.pk:
        return True
    return (
        event.organisation_id is not None
        and participant.organisation_roles.filter(organisation=event.organisation_id).exists()
    )


@rule
def is_trusted_organiser(user, event) -> bool:
    """Somebody who acts for a trusted organisation that organises the event: it is published without an editor."""
    participant = getattr(user, "participant", None)
    return (
        participant is not None
        and user.is_active
        and event.organisation is not None
        and event.organisation.is_trusted
        and participant.organisation_roles.filter(organisation=event.organisation_id).exists()
    )


@rule
def event_is_public(_user, event) -> bool:
    """A published page that asks for no password and no sign-in."""
    return event.live and not event.get_view_restrictions().exists()


may_see_event = event_is_public | writes_event | may_run_festival
may_change_event = writes_event | may_run_festival
may_see_bookings = writes_event | may_run_festival | may_keep_desk

may_give_any_badge = has_permission("learning_events.give_badges") | may_run_festival
may_give_badges_at = writes_event | may_give_any_badge


@rule
def gave_calendar(user, source) -> bool:
    """Who brought the calendar along, or acts for the organisation it is of."""
    participant = getattr(user, "participant", None)
    if participant is None or not user.is_active:
        return False
    if source.participant_id == participant.pk:
        return True
    return (
        source.organisation_id is not None
        and participant.organisation_roles.filter(organisation=source.organisation_id).exists()
    )


may_keep_calendar = gave_calendar | may_run_festival
