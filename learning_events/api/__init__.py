"""The festival in the API: what everybody may read."""
