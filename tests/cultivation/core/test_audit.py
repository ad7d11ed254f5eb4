"""The audit trail can't be altered quietly: triggers refuse, and the hash chain tells (O05)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from cultivation.core import audit, triggers
from cultivation.core.actors import SYSTEM
from cultivation.core.models import AuditEvent, AuditSeal, Job
from tests.cultivation.core.threads import run_together

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_audit_trail")]


def write_lines(count: int) -> list[AuditEvent]:
    job = Job.objects.create(kind="test", label="测试")
    return [audit.record(SYSTEM, f"test.{index}", job, detail={"n": index}) for index in range(count)]


@contextmanager
def triggers_off() -> Iterator[None]:
    """What somebody with the keys to the database could do."""
    triggers.remove(connection)
    yield
    triggers.install(connection)


def test_an_untouched_trail_is_whole() -> None:
    write_lines(4)
    assert audit.seal_events() == 4
    assert list(audit.find_tampering()) == []


def test_sealing_goes_on_where_it_stopped() -> None:
    write_lines(3)
    assert [audit.seal_events(limit=2), audit.seal_events(), audit.seal_events()] == [2, 1, 0]
    assert list(audit.find_tampering()) == []


def test_a_changed_line_is_found() -> None:
    line = write_lines(3)[1]
    audit.seal_events()
    with triggers_off():
        AuditEvent.objects.filter(pk=line.pk).update(actor_name="别人")
    assert list(audit.find_tampering()) == [f"审计记录 {line.pk} 与封存时不一致（被改动或调换顺序）"]


def test_a_removed_line_is_found() -> None:
    line = write_lines(3)[1]
    audit.seal_events()
    with triggers_off():
        AuditEvent.objects.filter(pk=line.pk).delete()
    assert list(audit.find_tampering()) == [f"审计记录 {line.pk} 已被删除"]


def test_a_line_removed_with_its_seal_is_found_by_the_next() -> None:
    lines = write_lines(3)
    audit.seal_events()
    with triggers_off():
        AuditEvent.objects.filter(pk=lines[1].pk).delete()
        AuditSeal.objects.filter(event_id=lines[1].pk).delete()
    assert list(audit.find_tampering()) == [f"审计记录 {lines[2].pk} 与封存时不一致（被改动或调换顺序）"]


def test_reordered_lines_are_found() -> None:
    first, second, _ = write_lines(3)
    audit.seal_events()
    with triggers_off():
        AuditSeal.objects.filter(event_id=first.pk).update(event_id=0)
        AuditSeal.objects.filter(event_id=second.pk).update(event_id=first.pk)
        AuditSeal.objects.filter(event_id=0).update(event_id=second.pk)
    assert len(list(audit.find_tampering())) == 2


def change_event() -> None:
    AuditEvent.objects.update(actor_name="别人")


def delete_event() -> None:
    AuditEvent.objects.all().delete()


def change_seal() -> None:
    AuditSeal.objects.update(digest="0" * 64)


def delete_seal() -> None:
    AuditSeal.objects.all().delete()


@pytest.mark.parametrize("tamper", [change_event, delete_event, change_seal, delete_seal])
def test_the_database_itself_refuses(tamper: Callable[[], None]) -> None:
    write_lines(1)
    audit.seal_events()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        tamper()
    assert (AuditEvent.objects.count(), AuditSeal.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain() -> None:
    job = Job.objects.create(kind="test", label="测试")

    def write_and_seal(index: int) -> int:
        sealed = 0
        for _ in range(15):
            audit.record(SYSTEM, f"test.{index}", job)
            sealed += audit.seal_events()
        return sealed

    sealed = sum(run_together(4, write_and_seal)) + audit.seal_events()
    assert (sealed, list(audit.find_tampering())) == (60, [])


def test_verify_command_says_that_all_is_well() -> None:
    write_lines(2)
    out = StringIO()
    call_command("audit", "seal", stdout=out)
    call_command("audit", "verify", stdout=out)
    assert out.getvalue().splitlines() == ["2 条已封存", "审计链完整，共 2 条"]


def test_verify_command_fails_and_names_the_line() -> None:
    line = write_lines(2)[0]
    audit.seal_events()
    with triggers_off():
        AuditEvent.objects.filter(pk=line.pk).update(action="forged")
    err = StringIO()
    with pytest.raises(CommandError, match="审计链不完整：1 处"):
        call_command("audit", "verify", stderr=err)
    assert f"审计记录 {line.pk} " in err.getvalue()
