"""Items of the Wagtail admin's menus that only those see whom a rule allows."""

from collections.abc import Callable

from wagtail.admin.menu import MenuItem

from participation.foundation.rules import Rule


class MenuItemFor(MenuItem):
    """A menu item shown to whom `rule` allows, with the number of what waits there; the page behind it asks the rule again."""

    def __init__(self, label, url, *, rule: Rule, count: Callable[[], int] = lambda: 0, **kwargs):
        self.rule, self.count = rule, count
        super().__init__(label, url, **kwargs)

    def is_shown(self, request) -> bool:
        return self.rule(request.user)

    def render_component(self, request):
        component = super().render_component(request)
        if waiting := self.count():
            component.label = f"{self.label} ({waiting})"
        return component
