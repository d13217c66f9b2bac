"""Participation: people, committees, discussion and live rooms of a learning city."""
