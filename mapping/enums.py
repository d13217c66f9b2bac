"""The closed lists of the map of learning places."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    PENDING = "pending", _("waiting for a moderator")
    PUBLISHED = "published", _("published")
    REFUSED = "refused", _("not accepted")
    HIDDEN = "hidden", _("hidden by the city")
    CLOSED = "closed", _("closed for good")
    MERGED = "merged", _("merged with another entry")


class Stated(models.TextChoices):
    """An answer that may be missing; a missing one is shown as such and never taken for a no."""

    UNKNOWN = "", _("not stated")
    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


class Cost(models.TextChoices):
    UNKNOWN = "", _("not stated")
    FREE = "free", _("free of charge")
    PARTLY = "partly", _("partly free of charge")
    PAID = "paid", _("to be paid for")


class Symbol(models.TextChoices):
    """The drawings of the map; each kind of place has one, so that colour alone never tells kinds apart."""

    BOOK = "book", _("book")
    MUSEUM = "museum", _("columns")
    HOUSE = "house", _("house")
    SCHOOL = "school", _("school")
    UNIVERSITY = "university", _("mortarboard")
    SCREEN = "screen", _("screen")
    TOOLS = "tools", _("tools")
    STAGE = "stage", _("stage")
    SPORT = "sport", _("ball")
    TREE = "tree", _("tree")
    WORK = "work", _("briefcase")
    CHILD = "child", _("child")
    FAITH = "faith", _("arch")
    PIN = "pin", _("pin")


class SubmissionState(models.TextChoices):
    DRAFT = "draft", _("being written")
    UNCONFIRMED = "unconfirmed", _("waiting for the link in the mail")
    WAITING = "waiting", _("waiting for a moderator")
    RETURNED = "returned", _("sent back with a question")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("not accepted")


class RequestState(models.TextChoices):
    OPEN = "open", _("waiting for a moderator")
    GRANTED = "granted", _("granted")
    DECLINED = "declined", _("not granted")


class ReportKind(models.TextChoices):
    CLOSED = "closed", _("It has closed for good")
    MOVED = "moved", _("It has moved")
    HOURS = "hours", _("The opening hours are wrong")
    CONTACT = "contact", _("Telephone, e-mail or website is wrong")
    ACCESS = "access", _("What is said about accessibility is wrong")
    DUPLICATE = "duplicate", _("It is on the map twice")
    OTHER = "other", _("Something else is wrong")


class ReportState(models.TextChoices):
    OPEN = "open", _("open")
    MENDED = "mended", _("mended")
    KEPT = "kept", _("kept as it was")


class VerifiedBy(models.TextChoices):
    STEWARD = "steward", _("the people who look after it")
    SCOUT = "scout", _("a neighbour")
    STAFF = "staff", _("the city")
    IMPORT = "import", _("the source it comes from")


class VerificationAnswer(models.TextChoices):
    NONE = "", _("no answer yet")
    CORRECT = "correct", _("still correct")
    WRONG = "wrong", _("not correct any more")
    CLOSED = "closed", _("closed for good")
    UNKNOWN = "unknown", _("cannot tell")


class RowState(models.TextChoices):
    """What bringing in a row of a file does, or would do."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    CONFLICT = "conflict", _("changed here and in the file")
    UNCHANGED = "unchanged", _("unchanged")
    LEFT = "left", _("left as it is")
    GONE = "gone", _("not in the file any more")
    WRONG = "wrong", _("wrong")
