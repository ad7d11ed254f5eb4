"""A job is one row: taken once, carried on after a crash, stopped when asked, and plain about what failed (P14)."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from cultivation.core.actors import SYSTEM, Actor
from cultivation.core.errors import BadInput
from cultivation.core.jobs import JobContext, LeaseLost, cancel_job, enqueue, job, run_now, work_once
from cultivation.core.jobs.queue import claim_job
from cultivation.core.jobs.worker import run_claimed
from cultivation.core.models import AuditEvent, Job, NumberSeries
from cultivation.core.numbering import next_number
from tests.cultivation.core.threads import run_together

OFFICER = Actor(name="林静", role="province_officer", user_id=7, region="420000")


@job("test.add")
def add(context: JobContext, *, left: int, right: int) -> dict[str, Any]:
    context.progress(1, 2, "读数")
    context.log("读到两个数")
    context.progress(2, 2)
    return {"sum": left + right, "actor": context.actor.name}


@job("test.refuse")
def refuse(context: JobContext) -> None:
    raise BadInput("第 3 行没有企业名称。")


@job("test.break")
def break_down(context: JobContext) -> None:
    raise RuntimeError("secret detail")


@job("test.lose")
def lose_the_lease(context: JobContext) -> None:
    """As if this worker had slept through its lease and another had taken over."""
    claim_again(context.job)
    context.progress(1, 1)


@job("test.lose-quietly")
def lose_the_lease_quietly(context: JobContext) -> str:
    claim_again(context.job)
    return "late"


def claim_again(lost: Job) -> None:
    expire(lost)
    assert claim_job("worker-2") == lost


def expire(running: Job) -> None:
    Job.objects.filter(pk=running.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def add_job(**changes: Any) -> Job:
    return enqueue(OFFICER, "test.add", label="相加", **{"left": 2, "right": 3, **changes})


@pytest.mark.django_db
class TestRunning:
    def test_a_job_is_done_with_its_result(self) -> None:
        done = run_now(add_job())
        assert (done.state, done.result) == ("done", {"sum": 5, "actor": "林静"})
        assert (done.done, done.total, done.attempts, done.lease_until) == (2, 2, 1, None)

    def test_a_job_keeps_its_log(self) -> None:
        log = run_now(add_job()).log
        assert [line.split(" ", 1)[1] for line in log] == ["读到两个数"]

    def test_the_oldest_waits_least(self) -> None:
        first, second = add_job(), add_job()
        assert work_once("w")
        assert [Job.objects.get(pk=each.pk).state for each in (first, second)] == ["done", "queued"]

    def test_no_job_no_work(self) -> None:
        assert not work_once("w")

    def test_a_refusal_is_told_in_its_own_words(self) -> None:
        failed = run_now(enqueue(OFFICER, "test.refuse", label="拒绝"))
        assert (failed.state, failed.error) == ("failed", "第 3 行没有企业名称。")

    def test_a_programme_error_is_told_without_its_details(self) -> None:
        failed = run_now(enqueue(OFFICER, "test.break", label="出错"))
        assert failed.state == "failed"
        assert "secret detail" not in failed.error
        assert failed.error.startswith("处理时出现程序错误")

    def test_a_kind_that_nobody_handles_fails(self) -> None:
        assert run_now(enqueue(OFFICER, "test.unheard-of", label="？")).state == "failed"


@pytest.mark.django_db
class TestQueue:
    def test_the_row_says_who_asked_and_about_what(self) -> None:
        subject = NumberSeries.objects.create(name="s")
        row = enqueue(OFFICER, "test.add", label="相加", subject=subject, left=1, right=1)
        assert (row.user_id, row.subject_type, row.subject_id) == (7, "core.numberseries", str(subject.pk))
        assert row.payload == {"left": 1, "right": 1}

    def test_the_same_key_is_the_same_job(self) -> None:
        first = add_job(key="import:1")
        assert add_job(key="import:1") == first
        assert add_job(key="import:2") != first

    def test_a_claimed_job_is_not_claimed_again(self) -> None:
        row = add_job()
        assert (claim_job("worker-1"), claim_job("worker-2")) == (row, None)

    def test_a_lease_that_ran_out_is_taken_over(self) -> None:
        row = add_job()
        claim_job("worker-1")
        expire(row)
        taken = claim_job("worker-2")
        assert taken
        assert (taken.pk, taken.worker, taken.attempts) == (row.pk, "worker-2", 2)

    def test_a_job_whose_worker_keeps_dying_is_given_up(self) -> None:
        row = add_job()
        for _ in range(row.max_attempts):
            claim_job("worker-1")
            expire(row)
        assert work_once("worker-1")
        row.refresh_from_db()
        assert (row.state, row.error) == ("failed", "已尝试 3 次仍未完成：处理进程多次中断。")


@pytest.mark.django_db
class TestCancelling:
    def test_a_waiting_job_ends_at_once(self) -> None:
        row = cancel_job(OFFICER, job=add_job())
        assert row.state == "cancelled"
        assert claim_job("w") is None

    def test_a_running_job_ends_at_its_next_step(self) -> None:
        row = add_job()
        claimed = claim_job("w")
        assert claimed
        assert cancel_job(OFFICER, job=row).state == "running"
        run_claimed(claimed)
        row.refresh_from_db()
        assert (row.state, row.done, row.result) == ("cancelled", 1, None)

    def test_a_finished_job_stays_finished(self) -> None:
        row = run_now(add_job())
        assert cancel_job(OFFICER, job=row).state == "done"

    @pytest.mark.usefixtures("empty_audit_trail")
    def test_who_cancelled_is_on_record(self) -> None:
        cancel_job(OFFICER, job=add_job())
        assert list(AuditEvent.objects.values_list("action", "actor_name")) == [("job.cancel", "林静")]


@pytest.mark.django_db
class TestFencing:
    def test_a_late_worker_stops_at_its_next_step(self) -> None:
        row = enqueue(SYSTEM, "test.lose", label="迟到")
        work_once("worker-1")
        row.refresh_from_db()
        assert (row.state, row.worker, row.done) == ("running", "worker-2", 0)

    def test_a_late_worker_cannot_write_its_result(self) -> None:
        row = enqueue(SYSTEM, "test.lose-quietly", label="迟到")
        work_once("worker-1")
        row.refresh_from_db()
        assert (row.state, row.worker, row.result) == ("running", "worker-2", None)

    def test_a_late_worker_cannot_write_its_log(self) -> None:
        row = add_job()
        late = claim_job("worker-1")
        assert late
        claim_again(row)
        with pytest.raises(LeaseLost):
            JobContext(late).log("还在")


@pytest.mark.django_db(transaction=True)
class TestTogether:
    def test_each_job_is_claimed_by_one_worker_only(self) -> None:
        jobs = [add_job() for _ in range(20)]

        def claim_all(index: int) -> list[int]:
            return [found.pk for found in iter(lambda: claim_job(f"worker-{index}"), None)]

        claimed = [pk for taken in run_together(4, claim_all) for pk in taken]
        assert sorted(claimed) == [row.pk for row in jobs]

    def test_the_same_key_at_once_is_one_job(self) -> None:
        found = run_together(4, lambda index: add_job(key="once").pk)
        assert len(set(found)) == 1

    def test_a_job_asked_for_in_a_failed_transaction_does_not_exist(self) -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            add_job()
            raise ZeroDivisionError
        assert claim_job("w") is None

    def test_the_lease_is_renewed_while_the_work_goes_on(self, settings: Settings) -> None:
        settings.JOB_LEASE_SECONDS = 0.6
        row = enqueue(SYSTEM, "test.slow", label="慢")
        work_once("worker-1")
        row.refresh_from_db()
        assert (row.state, row.result, row.attempts) == ("done", {"stolen": False}, 1)


@job("test.slow")
def sleep_longer_than_the_lease(context: JobContext) -> dict[str, bool]:
    time.sleep(1.2)
    next_number("the database is still there")
    return {"stolen": claim_job("worker-2") is not None}
