"""A button to follow a thing, for any page: `{% follow_thing "committee" page.pk %}`."""

from django import template

from participation.queries.follow import is_following_thing

register = template.Library()


@register.inclusion_tag("participation/parts/follow_thing.html", takes_context=True)
def follow_thing(context, kind: str, key) -> dict:
    """Show the button that follows the thing, or stops it; one query for who is signed in."""
    request = context["request"]
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "kind": kind,
        "key": str(key),
        "is_following": is_following_thing(request.user, kind, str(key)),
    }
