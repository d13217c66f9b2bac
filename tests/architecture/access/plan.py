"""Personal programmes, which need no account, and the printed programme."""

from tests.architecture.access.rows import Row, at

ROWS = [
    Row("festival:my_plan", "ok", at("festival", "my_plan")),
    Row("festival:star", "post", at("festival", "star")),
    Row("festival:plan_seen", "post", at("festival", "plan_seen")),
    # Nobody of the small city has starred anything.
    Row("festival:plan_remove", "none", at("festival", "plan_remove")),
    # The key of 192 bits lets in whoever holds it.
    Row("festival:plan", "ok", lambda world: world.festival.url_of("plan", world.plan.key)),
    Row("festival:plan wrong key", "none", lambda world: world.festival.url_of("plan", "x" * 32)),
    Row("festival:plan_feed", "ok", lambda world: world.festival.url_of("plan_feed", world.plan.key)),
    Row("festival:prints", "ok", at("festival", "prints")),
    Row("festival:print_file", "ok", lambda world: world.festival.url_of("print_file", "booklet-day")),
    Row("festival:print_file other", "none", lambda world: world.festival.url_of("print_file", "large-day")),
    Row("festival:short", "away", at("festival", "short", "event")),
    Row("festival:short draft", "none", at("festival", "short", "draft_event")),
    Row("event:poster", "none editor=ok administrator=ok", at("event", "poster")),
]
SECTIONS: dict[str, set[str]] = {}
OPEN_TO_STAFF: set[str] = set()
MAY_ACT_FOR_STRANGERS = {
    # A star begins a programme that only this browser knows; who holds a link may take the programme over.
    "festival:star",
    "festival:plan",
}
TAKE_PARAMETERS = ["festival:my_plan", "festival:prints"]
TAKE_PARAMETERS_OF_RESIDENTS = ["festival:my_plan"]
