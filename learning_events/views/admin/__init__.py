"""The festival in the Wagtail admin: the board, decisions, sessions, clashes, and the words that events are described with."""
