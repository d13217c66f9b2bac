"""Read and write elections in the Pabulib `.pb` format.

The format is described at https://pabulib.org/format and in Faliszewski et al., "Participatory Budgeting: Data,
Tools, and Analysis" (IJCAI 2023). The reader accepts what real files contain and says in words what it cannot accept:
bytes to `records`, records to `sections`, sections (with `amounts` and `ballots`) to an election in `reader`.
"""

from budgeting.counting.pabulib.ballots import MAX_POINTS
from budgeting.counting.pabulib.reader import read_pabulib
from budgeting.counting.pabulib.records import MAX_RECORD, MAX_RECORD_LINES
from budgeting.counting.pabulib.tables import PabulibError, PabulibTables, PabulibWarning, ParsedFile
from budgeting.counting.pabulib.writer import tables_from, tables_of, write_pabulib

__all__ = [
    "MAX_POINTS",
    "MAX_RECORD",
    "MAX_RECORD_LINES",
    "PabulibError",
    "PabulibTables",
    "PabulibWarning",
    "ParsedFile",
    "read_pabulib",
    "tables_from",
    "tables_of",
    "write_pabulib",
]
