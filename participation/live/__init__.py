"""Carries what changes in a room to everybody in it: sockets, server-sent events, and what both have in common."""
