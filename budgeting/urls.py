"""The budget's own pages below its place in the page tree."""

page_urls: list = []
