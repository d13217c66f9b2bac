"""Addresses of files below a page: `calendar.ics` has no slash behind it."""


class FilesBelow:
    """A routable page some of whose addresses end in a file's name; `urls.page_file` sends those here."""

    def resolve_subpage(self, path):
        # Wagtail closes every path with a slash before it looks for the view.
        if "." in path.rstrip("/").rsplit("/", 1)[-1]:
            path = path.rstrip("/")
        return super().resolve_subpage(path)
