"""Row locks that Django does not spell: a shared lock that many voters hold at once and a closer must wait for."""

from django.db import connection, models


def lock_for_share(row: models.Model) -> None:
    """Hold `row` unchanged until the transaction ends, without shutting out others who do the same.

    PostgreSQL: SELECT ... FOR SHARE. SQLite takes the whole database with BEGIN IMMEDIATE, so nothing is left to do.
    Call it inside a transaction, and read the row again afterwards: it may have changed while you waited.
    """
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(row._meta.db_table)
        key = connection.ops.quote_name(row._meta.pk.column)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE {key} = %s FOR SHARE", [row.pk])  # noqa: S608
