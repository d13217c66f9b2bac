"""Refusals that domain functions raise: each has words a resident may read and a code a program may read."""

from collections.abc import Mapping

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Something was asked that the rules do not allow; nothing was changed.

    `message` is a whole translatable sentence that says what to do next, `code` a stable word for programs,
    `field` the input it is about (empty: the request as a whole), `status` the HTTP status pages and API use.
    """

    status = 400
    code = "refused"

    def __init__(self, message, *, code: str | None = None, field: str = "", details: Mapping | None = None):
        super().__init__(str(message))
        self.message = message
        self.code = code or self.code
        self.field = field
        self.details = dict(details or {})


class Invalid(Refused):
    """The input itself is wrong."""

    code = "invalid"


class NotAllowed(Refused):
    """This person may not do this."""

    status = 403
    code = "not_allowed"


class Missing(Refused):
    """There is no such thing, or this person may not know that there is."""

    status = 404
    code = "not_found"

    def __init__(self, message=None, **kwargs):
        super().__init__(message or _("We could not find that."), **kwargs)


class Conflict(Refused):
    """The world has moved on: closed, changed by somebody else, already done."""

    status = 409
    code = "conflict"


class Unprocessable(Refused):
    """The request contradicts an earlier one (same key, other content)."""

    status = 422
    code = "unprocessable"


def invalid_from(error: ValidationError) -> Invalid:
    """Return a model's or field's refusal as ours: its first wrong field and words, all of them in `details`."""
    wrong = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    field, messages = next(iter(wrong.items()))
    field = "" if field == NON_FIELD_ERRORS else field
    return Invalid(messages[0], field=field, details={name: words[0] for name, words in wrong.items()})
