"""Pages of the tree that have addresses of their own below them, and files among these."""

from importlib import import_module

from wagtail.contrib.routable_page.models import RoutablePageMixin


class FilesBelow(RoutablePageMixin):
    """A routable page some of whose addresses end in a file's name; `page_files.py` sends those here."""

    def resolve_subpage(self, path):
        # Wagtail closes every path with a slash before it looks for the view.
        if "." in path.rstrip("/").rsplit("/", 1)[-1]:
            path = path.rstrip("/")
        return super().resolve_subpage(path)


class PagesBelow(FilesBelow):
    """A page whose own addresses are listed in `page_urls_at` ("app.urls.name"), a floor above the models."""

    page_urls_at = ""

    @classmethod
    def get_subpage_urls(cls):
        # The views lie on a floor above the models and are looked up by name, so that imports go one way.
        module, _dot, name = cls.page_urls_at.rpartition(".")
        return tuple(getattr(import_module(module), name))

    @classmethod
    def reserved_slugs(cls) -> set[str]:
        """Return what no page below this one may be called, because its own pages begin with it."""
        first = {str(route.pattern).split("/")[0] for route in cls.get_subpage_urls()}
        return {name for name in first if name and "<" not in name}

    @classmethod
    def check(cls, **kwargs):
        # The inherited check reads the views' URLs, which need the app registry that checks of models come before.
        return super(RoutablePageMixin, cls).check(**kwargs)

    def url_of(self, name: str, *args, **kwargs) -> str:
        """Return the path of one of the page's own pages, for example `url_of("meeting", meeting.pk)`."""
        return (self.url or "/") + self.reverse_subpage(name, args=args, kwargs=kwargs)
