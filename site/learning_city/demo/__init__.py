"""The demo city, built by the domain functions."""
