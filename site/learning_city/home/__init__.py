"""The home page, information pages and what the site shows of its plugins."""
