"""Agendas and minutes on paper: tagged PDF/UA-1, typeset by the press of the hallway."""

from participation.printing.papers import print_agenda, print_minutes

__all__ = ["print_agenda", "print_minutes"]
