"""What the festival holds about a person."""

from django.utils.translation import gettext_lazy as _

from learning_events.domain.calendars import forget_keeper
from learning_events.domain.event import erase_drafts_of
from learning_events.domain.registration import forget_bookings_of
from participation.foundation.personal_data import Held, OnErasure

HELD = (
    Held(
        "learning_events.Registration",
        _("Sessions of the festival that you have registered for, and those you came to."),
        OnErasure.ANONYMISE,
        _(
            "What is still to come is cancelled, so that others get the seats; how many people came stays known."
        ),
        of="participant__user",
        columns=(
            "session__event__title",
            "session__starts_at",
            "name",
            "email",
            "phone",
            "people",
            "answers",
            "state",
            "created_at",
            "confirmed_at",
            "checked_in_at",
        ),
        erase=forget_bookings_of,
    ),
    Held(
        "learning_events.Plan",
        _("Your personal programme of the festival: the sessions that you starred."),
        OnErasure.ERASE,
        _("It is for you alone. Links and calendars that show it stop working."),
        of="participant__user",
        columns=("planned__session__event__title", "planned__session__starts_at", "planned__added_at"),
    ),
    Held(
        "learning_events.PrintEdition",
        _("Printed editions that you made as staff."),
        OnErasure.ANONYMISE,
        _("The printed programme stays; who had it made is forgotten."),
        of="created_by",
        columns=("number", "created_at"),
    ),
    Held(
        "learning_events.Award",
        _("Badges that you were offered or have accepted."),
        OnErasure.ERASE,
        _(
            "Copies that you have saved stay valid. Who checks one learns nothing here but whether it was revoked."
        ),
        of="participant__user",
        columns=(
            "achievement__name",
            "name",
            "state",
            "earned",
            "event__title",
            "pathway__title",
            "offered_at",
            "issued_at",
            "revoked_at",
            "revoked_reason",
            "credential",
        ),
    ),
    Held(
        "learning_events.StepDone",
        _("Steps that you have taken on learning pathways."),
        OnErasure.ERASE,
        _("They are for you alone."),
        of="participant__user",
        columns=("step__pathway__title", "way", "done_at"),
    ),
    Held(
        "learning_events.LearningNote",
        _("Your notes on what you learned."),
        OnErasure.ERASE,
        _("They are for you alone."),
        of="participant__user",
        columns=("learned_on", "text"),
    ),
    Held(
        "learning_events.CalendarSource",
        _("Calendars that you brought along to a festival."),
        OnErasure.ANONYMISE,
        _("The events stay, and the calendar is asked no more; that it was yours is forgotten."),
        of="participant__user",
        columns=("title", "address", "file_name", "state", "created_at", "fetched_at"),
        erase=forget_keeper,
    ),
    Held(
        "learning_events.EventSubmission",
        _("Events of the festival that you submitted."),
        OnErasure.ANONYMISE,
        _(
            "Events in the programme stay there, and so do those of organisations; that you wrote them is forgotten. What only "
            "you have seen is deleted."
        ),
        of="participant__user",
        columns=(
            "event__title",
            "event__summary",
            "event__description",
            "event__leaders",
            "event__contact_email",
            "event__contact_phone",
            "message",
            "answer",
            "started_at",
            "sent_at",
            "withdrawn_at",
            "declined_at",
        ),
        erase=erase_drafts_of,
    ),
    Held(
        "learning_events.ChangeRequest",
        _("Changes of events that you asked for."),
        OnErasure.ANONYMISE,
        _("What was asked and decided about the event stays known; that it was you is forgotten."),
        of="participant__user",
        columns=("event__title", "text", "wishes", "state", "answer", "created_at", "decided_at"),
    ),
)
