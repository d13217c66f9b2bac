"""Participatory budgeting of learning projects, from the call to the published, recountable result."""
