"""The map in the API: what everybody may read, and what stewards may change."""
