"""Triggers that keep the audit trail append-only, on SQLite and on PostgreSQL."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("core_auditevent", "core_auditseal")

_SQLITE = """create trigger if not exists {table}_no_{verb} before {verb} on {table}
begin select raise(abort, 'the audit trail is append-only'); end"""
_FUNCTION = """create or replace function audit_append_only() returns trigger language plpgsql as
$$ begin raise exception 'the audit trail is append-only'; end $$"""
_POSTGRES = """create trigger {table}_no_{verb} before {verb} on {table}
for each statement execute function audit_append_only()"""


def install(connection: BaseDatabaseWrapper) -> None:
    postgres = connection.vendor == "postgresql"
    verbs = ("update", "delete", "truncate") if postgres else ("update", "delete")
    with connection.cursor() as cursor:
        if postgres:
            cursor.execute(_FUNCTION)
        for table in TABLES:
            for verb in verbs:
                cursor.execute((_POSTGRES if postgres else _SQLITE).format(table=table, verb=verb))


def remove(connection: BaseDatabaseWrapper) -> None:
    on = " on {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for table in TABLES:
            for verb in ("update", "delete", "truncate"):
                cursor.execute(f"drop trigger if exists {table}_no_{verb}{on.format(table=table)}")
