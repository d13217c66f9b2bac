"""Committees: what everybody reads, what one must sign in for, what those who lead decide; a private one is nowhere."""

from participation.domain.joining import PURPOSE
from participation.foundation.link_tokens import link_token
from tests.architecture.access.rows import Row, at, of

_LEAD = "login no chair=ok administrator=ok"
_LEADING = {
    "lead": (),
    "requests": (),
    "request": ("join_request",),
    "invitations": (),
    "seats": (),
    "seat": ("vacant_seat",),
    "settings": (),
    "people": (),
    "person": ("access",),
    "members_in": (),
}

ROWS = [
    Row("committees:committees", "ok", at("committees", "committees")),
    Row("committees:committees_calendar", "ok", at("committees", "committees_calendar")),
    Row("committees:start_circle", "login ok", at("committees", "start_circle")),
    Row("committee:committee", "ok", at("committee", "committee")),
    Row("committee:members", "ok", at("committee", "members")),
    Row("committee:join", "login ok", at("committee", "join")),
    Row("committee:apply", "login ok", at("committee", "apply", "vacant_seat")),
    Row("committee:withdraw_request", "post", at("committee", "withdraw_request")),
    Row("committee:interests", "login none", at("committee", "interests")),
    Row("committee:leave", "login none chair=ok", at("committee", "leave")),
    Row(
        "committee:invitation",
        "ok",
        lambda w: w.committee.url_of("invitation", link_token(w.invitation.pk, purpose=PURPOSE)),
    ),
    Row(
        "committee:invitation forged", "none", lambda w: w.committee.url_of("invitation", "WzFd/forged/token")
    ),
    *(Row(f"committee:{name}", _LEAD, at("committee", name, *things)) for name, things in _LEADING.items()),
    Row("committee:take_back_invitation", "post", at("committee", "take_back_invitation", "invitation")),
    Row("committee:budget_work", "ok", at("committee", "budget_work")),
    Row("committee:budget_voice", _LEAD, at("committee", "budget_voice", "shown")),
    Row("committee:budget_order", _LEAD, at("committee", "budget_order", "call_area")),
    Row("committee:budget_adopt", _LEAD, at("committee", "budget_adopt", "adoptable")),
    Row(
        "committee:budget_work private",
        "none chair=ok administrator=ok",
        at("hidden_committee", "budget_work"),
    ),
    Row("committee:plan", "ok", at("committee", "plan")),
    Row("committee:new_plan", _LEAD, at("committee", "new_plan")),
    Row("committee:resources", _LEAD, at("committee", "resources")),
    Row("committee:resource", "ok", at("committee", "resource", "resource")),
    Row("committee:remove_resource", "post", at("committee", "remove_resource", "resource")),
    Row("committee:plan private", "none chair=ok administrator=ok", at("hidden_committee", "plan")),
    Row(
        "committee:resource private",
        "none chair=ok administrator=ok",
        at("hidden_committee", "resource", "hidden_resource"),
    ),
    # Nobody outside learns that a private committee is there: not even that one would have to sign in.
    Row("committee:committee private", "none chair=ok administrator=ok", at("hidden_committee", "committee")),
    Row("committee:members private", "none chair=ok administrator=ok", at("hidden_committee", "members")),
    Row("committee:join private", "none chair=ok administrator=ok", at("hidden_committee", "join")),
    Row("committee:leave private", "none chair=ok", at("hidden_committee", "leave")),
    Row("committee:lead private", "none chair=ok administrator=ok", at("hidden_committee", "lead")),
    Row(
        "committee:seat private",
        "none chair=ok administrator=ok",
        at("hidden_committee", "seat", "hidden_seat"),
    ),
    Row("api-committees", "ok", "/api/v1/committees/"),
    Row("api-committee", "ok", of("api-committee", "committee")),
    Row("api-committee private", "none", of("api-committee", "hidden_committee")),
]

SECTIONS: dict[str, set[str]] = {}
OPEN_TO_STAFF: set[str] = set()
TAKE_PARAMETERS = ["committees:committees", "api-committees"]
TAKE_PARAMETERS_OF_RESIDENTS: list[str] = []
