"""Who has a seat, waits for one or came: registrations, the organiser's questions, the lot, and the taps at the door."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning_events.enums import Channel, QuestionKind, RegistrationState

MOST_PEOPLE = 10
# Seats that nobody else can have, and registrations of which a person may have one for each session.
TAKES_SEATS = (RegistrationState.HELD, RegistrationState.CONFIRMED, RegistrationState.OFFERED)
IS_LIVE = (RegistrationState.CONFIRMED, RegistrationState.WAITING, RegistrationState.OFFERED)


class Registration(models.Model):
    """One or more people who come together to one session, or wait for it: all of them get a seat or none.

    `key` (128 random bits) is all that somebody without an account needs to see, change and cancel it. `line` is the place in
    the order in which people came to the waiting list, never given twice; `lot` the number under which they take part in a
    draw. Every change goes through `learning_events.domain.registration`.
    """

    session = models.ForeignKey(
        "learning_events.Session", on_delete=models.CASCADE, related_name="registrations"
    )
    key = models.CharField(max_length=32, unique=True, editable=False)
    participant = models.ForeignKey(
        "participation.Participant",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    people = models.PositiveSmallIntegerField(_("number of people"), default=1)
    answers = models.JSONField(_("answers to the organiser's questions"), default=list, blank=True)
    note = models.CharField(_("note of the staff"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RegistrationState.choices)
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel.choices, default=Channel.WEB)
    line = models.PositiveIntegerField(_("place in the order of the waiting list"), null=True, blank=True)
    lot = models.PositiveIntegerField(_("number in the draw"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)
    offered_until = models.DateTimeField(_("to be accepted until"), null=True, blank=True)
    passed_from = models.DateTimeField(_("may be passed by smaller groups from"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    checked_in_at = models.DateTimeField(_("came at"), null=True, blank=True)
    absent_at = models.DateTimeField(_("found absent at"), null=True, blank=True)
    anonymised_at = models.DateTimeField(_("made anonymous at"), null=True, blank=True)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        indexes = [
            models.Index(fields=["session", "state", "line"], name="registrations_of_session"),
            models.Index(fields=["participant", "state"], name="registrations_of_person"),
            models.Index(
                fields=["held_until"], name="registrations_held", condition=Q(state=RegistrationState.HELD)
            ),
            models.Index(
                fields=["offered_until"],
                name="registrations_offered",
                condition=Q(state=RegistrationState.OFFERED),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gte=1, people__lte=MOST_PEOPLE), name="registration_is_of_1_to_10_people"
            ),
            models.UniqueConstraint(
                fields=["session", "email"],
                condition=Q(state__in=IS_LIVE) & ~Q(email=""),
                name="one_live_registration_per_address",
            ),
            models.UniqueConstraint(
                fields=["session", "line"], condition=Q(line__isnull=False), name="one_place_in_line_each"
            ),
            models.UniqueConstraint(
                fields=["session", "lot"], condition=Q(lot__isnull=False), name="one_number_in_the_draw_each"
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.WAITING) | Q(line__isnull=False),
                name="who_waits_has_a_place_in_line",
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.OFFERED) | Q(offered_until__isnull=False),
                name="offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.HELD) | Q(held_until__isnull=False),
                name="held_seat_has_an_end",
            ),
        ]

    def __str__(self):
        return self.name or self.code

    @property
    def code(self) -> str:
        """Eight characters that somebody can read out at the door."""
        return f"{self.key[:4]} {self.key[4:8]}"

    @property
    def is_live(self) -> bool:
        return self.state in IS_LIVE


class Question(models.Model):
    """Something an organiser needs to know of everybody who registers."""

    event = models.ForeignKey("learning_events.EventPage", on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=200)
    kind = models.CharField(
        _("how people answer"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.TEXT
    )
    choices = models.TextField(_("answers to choose from, one on each line"), max_length=1000, blank=True)
    required = models.BooleanField(_("everybody must answer"), default=False)
    sort_order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("question to the registered")
        verbose_name_plural = _("questions to the registered")

    def __str__(self):
        return self.text

    @property
    def options(self) -> list[str]:
        return [line.strip() for line in self.choices.splitlines() if line.strip()]


class Draw(models.Model):
    """A lot for the seats of one session: its seed is made before anybody enters, and published when it is drawn.

    `digest` is the seed's SHA-256, shown from the beginning, so that nobody can choose the seed afterwards.
    """

    session = models.OneToOneField("learning_events.Session", on_delete=models.CASCADE, related_name="draw")
    closes_at = models.DateTimeField(_("people can take part until"))
    seed = models.CharField(max_length=64, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    drawn_at = models.DateTimeField(_("drawn at"), null=True, blank=True, editable=False)
    published = models.JSONField(
        _("order of the numbers, with people and who has a seat"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("draw")
        verbose_name_plural = _("draws")

    def __str__(self):
        return f"{self.session}"


class DoorTap(models.Model):
    """One tap on a list at the door; it may arrive late, twice and out of order, and counts once, at its own time."""

    key = models.CharField(max_length=36, unique=True)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="taps")
    is_in = models.BooleanField(_("came"))
    tapped_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["tapped_at", "pk"]
        verbose_name = _("tap at the door")
        verbose_name_plural = _("taps at the door")

    def __str__(self):
        return self.key
