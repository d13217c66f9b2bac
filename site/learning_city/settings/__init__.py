"""Settings of the ready site: base for all, then development, test and production."""
