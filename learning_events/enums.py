"""The closed lists of the festival of learning."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attendance(models.TextChoices):
    IN_PERSON = "in-person", _("at a place")
    ONLINE = "online", _("online")
    MIXED = "mixed", _("at a place and online")


class Booking(models.TextChoices):
    """How people get a seat."""

    OPEN = "open", _("come along, no registration")
    SEATS = "seats", _("register for a seat")
    DRAW = "draw", _("seats are drawn by lot")
    ELSEWHERE = "elsewhere", _("register with the organiser")


class SessionStatus(models.TextChoices):
    PLANNED = "planned", _("takes place")
    CANCELLED = "cancelled", _("cancelled")


class EventStage(models.TextChoices):
    """Where an event stands on its way into the programme; Wagtail's own state of the page decides, nothing is stored."""

    DRAFT = "draft", _("being written")
    SUBMITTED = "submitted", _("handed in")
    IN_REVIEW = "review", _("being looked at")
    RETURNED = "returned", _("sent back with a question")
    ACCEPTED = "accepted", _("accepted, not yet public")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DECLINED = "declined", _("not accepted")


class SourceState(models.TextChoices):
    """Where a calendar that an organiser brought along stands."""

    PREVIEW = "preview", _("looked at, not brought in yet")
    ACTIVE = "active", _("kept up to date")
    TROUBLE = "trouble", _("cannot be read at present")
    STOPPED = "stopped", _("stopped")


class RunState(models.TextChoices):
    """What came of reading a calendar."""

    PREVIEW = "preview", _("looked at")
    DONE = "done", _("brought in")
    UNCHANGED = "unchanged", _("nothing new")
    REFUSED = "refused", _("not brought in")


class ChangeState(models.TextChoices):
    """What became of a change that an organiser asked for after the deadline."""

    OPEN = "open", _("waits for an editor")
    GRANTED = "granted", _("granted")
    DECLINED = "declined", _("declined")


class EditionState(models.TextChoices):
    """How far a printed edition is; only ready ones can be published."""

    WAITING = "waiting", _("waiting to be made")
    RUNNING = "running", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("not made")


class PrintForm(models.TextChoices):
    BOOKLET = "booklet", _("booklet")
    LARGE = "large", _("large print")
    EASY = "easy", _("easy-to-read list")


class PrintOrder(models.TextChoices):
    DAY = "day", _("by day")
    NEIGHBOURHOOD = "neighbourhood", _("by neighbourhood")


class RegistrationState(models.TextChoices):
    """Where a registration stands; `held`, `confirmed` and `offered` take seats."""

    HELD = "held", _("held while the form is filled in")
    CONFIRMED = "confirmed", _("has a seat")
    WAITING = "waiting", _("on the waiting list")
    OFFERED = "offered", _("was offered a seat")
    CANCELLED = "cancelled", _("cancelled")
    EXPIRED = "expired", _("not confirmed in time")
    DECLINED = "declined", _("offer declined")


class Channel(models.TextChoices):
    WEB = "web", _("on the web")
    DESK = "desk", _("by telephone or at a desk")
    WALK_IN = "walk-in", _("at the door")


class QuestionKind(models.TextChoices):
    TEXT = "text", _("in their own words")
    YES_NO = "yes-no", _("yes or no")
    CHOICE = "choice", _("by choosing one answer")


class AwardState(models.TextChoices):
    """Where an award stands: nothing is signed before the person has accepted it."""

    OFFERED = "offered", _("offered")
    WAITING = "waiting", _("waiting for a parent or guardian")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("not wanted")
    REVOKED = "revoked", _("revoked")


class Earned(models.TextChoices):
    """How a badge was earned; the credential says so."""

    GIVEN = "given", _("given by the organisers")
    DOOR = "door", _("picked up at the event")
    PATHWAY = "pathway", _("all steps of a learning pathway")


class StepWay(models.TextChoices):
    """How a step of a pathway was done."""

    ATTENDED = "attended", _("checked in at the event")
    DOOR = "door", _("code at the door or place")
    WORD = "word", _("by your own word")
    BADGE = "badge", _("badge accepted")


class ClashKind(models.TextChoices):
    """What does not fit between two sessions, or between a session and its place."""

    PLACE = "place", _("same place at once")
    LEADER = "leader", _("same leader at once")
    AUDIENCE = "audience", _("same people at once")
    CLOSED = "closed", _("place closed at that hour")
    SEATS = "seats", _("more seats than the room has")
