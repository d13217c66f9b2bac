"""Row locks that Django does not spell: a shared lock that many voters hold at once and a closer must wait for."""

import zlib
from typing import TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


def lock_for_share(row: models.Model) -> None:
    """Hold `row` unchanged until the transaction ends, without shutting out others who do the same.

    PostgreSQL: SELECT ... FOR SHARE. SQLite takes the whole database with BEGIN IMMEDIATE, so nothing is left to do.
    Call it inside a transaction, and read the row again afterwards: it may have changed while you waited.
    """
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(row._meta.db_table)
        key = connection.ops.quote_name(str(row._meta.pk.column))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE {key} = %s FOR SHARE", [row.pk])  # noqa: S608


def read_for_share(rows: models.QuerySet[Row]) -> Row | None:
    """Return the one row of `rows` (or None), held like by `lock_for_share` and read as it is once it is held."""
    if connection.vendor != "postgresql":
        return rows.first()
    sql, params = rows.order_by().query.sql_with_params()
    # PostgreSQL reads a row anew that changed while FOR SHARE waited for it.
    return next(iter(rows.model._default_manager.raw(f"{sql} FOR SHARE", params)), None)


def stand_in_line(model: type[models.Model], pk: int, *, alone: bool = False) -> None:
    """Wait for one's turn at a row that many share and few change, until the transaction ends.

    PostgreSQL lets newcomers join a shared row lock at once, past somebody who waits to change the row: in a stream of
    them that one never gets in (measured: 2.4 s with 8 voters). This line is fair: who comes after `alone` waits behind
    it. SQLite lines everybody up anyway.
    """
    if connection.vendor != "postgresql":
        return
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    table = zlib.crc32(model._meta.db_table.encode()) - 2**31
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(%s, %s)", [table, pk % 2**31])
