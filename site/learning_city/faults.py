"""The last answers: what people read when the server fails, and what they typed when the database is only busy (F8)."""

import sys

from django.db import OperationalError
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import defaults

from participation.foundation.api import envelope

RETRY_SECONDS = 30
# https://www.sqlite.org/rescode.html: BUSY and LOCKED, the low byte of every code derived from them.
_SQLITE_BUSY = {5, 6}
# https://www.postgresql.org/docs/current/errcodes-appendix.html: serialization failure, deadlock, lock not available.
_POSTGRES_BUSY = {"40001", "40P01", "55P03"}


def server_error(request) -> HttpResponse:
    """Answer 503 with all that was typed while somebody else holds the database for too long, otherwise 500."""
    # Django calls this while it treats the exception.
    if not is_busy(sys.exc_info()[1]):
        return defaults.server_error(request)
    if request.path.startswith("/api/"):
        answer: HttpResponse = JsonResponse(
            envelope("busy", _("The database is busy. Please try again in a minute.")), status=503
        )
    else:
        answer = HttpResponse(render_to_string("503.html", _what_was_sent(request)), status=503)
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def is_busy(error: BaseException | None) -> bool:
    """Say whether the database refused only because another connection holds what this one waited for."""
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    return (code is not None and code & 0xFF in _SQLITE_BUSY) or getattr(
        cause, "sqlstate", None
    ) in _POSTGRES_BUSY


def _what_was_sent(request) -> dict:
    """Return the form to send again: its fields in their order, without passwords (then there is no form at all)."""
    context = {"was_sent": request.method == "POST", "address": request.get_full_path()}
    try:
        fields = [(name, value) for name, values in request.POST.lists() for value in values]
        context["lost_files"] = bool(request.FILES)
    except Exception:  # a body that breaks off or is too large: the page must come all the same
        return context
    if any("password" in name for name, _value in fields):
        return context
    context["fields"] = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    if context["fields"]:
        context["csrf_token"] = get_token(request)
    return context
