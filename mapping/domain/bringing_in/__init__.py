"""Bringing places in from files: how a file is read, what its rows mean, what they would change, and writing that."""

from mapping.domain.bringing_in.comparing import Plan, Planned
from mapping.domain.bringing_in.reading import (
    MAX_BYTES,
    TARGETS,
    Reading,
    checked_columns,
    guess,
    read_file,
    unreadable,
    words_of_kind,
)
from mapping.domain.bringing_in.report import report_of, sentences
from mapping.domain.bringing_in.rows import understand_rows
from mapping.domain.bringing_in.upload import carry_out, prepare, table_of, take_file, throw_away
from mapping.domain.bringing_in.writing import bring_in, look_over, undo_import

__all__ = [
    "MAX_BYTES",
    "TARGETS",
    "Plan",
    "Planned",
    "Reading",
    "bring_in",
    "carry_out",
    "checked_columns",
    "guess",
    "look_over",
    "prepare",
    "read_file",
    "report_of",
    "sentences",
    "table_of",
    "take_file",
    "throw_away",
    "understand_rows",
    "undo_import",
    "unreadable",
    "words_of_kind",
]
