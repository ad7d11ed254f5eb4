"""The flow is the only door to a state: right state, right person, one audit line, all or nothing."""

from typing import Any

import pytest
from rules.predicates import always_allow, always_deny, predicate

from cultivation.core.actors import PUBLIC, SYSTEM, Actor
from cultivation.core.errors import BadInput, NotAllowed, NotHere, WrongState
from cultivation.core.flow import Flow, Transition
from cultivation.core.models import AuditEvent, Job
from cultivation.core.rights import Right

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_audit_trail")]

OFFICER = Actor(name="林静", role="province_officer", user_id=7)
LABELS = {"queued": "排队", "running": "进行", "done": "完成", "failed": "失败", "cancelled": "取消"}


@predicate
def is_officer(actor: Actor, obj: Any) -> bool:
    return actor.role == "province_officer"


officers_only = Right("officers_only", "只有省局经办可以操作。", is_officer)
anyone = Right("anyone", "", always_allow)
nobody = Right("nobody", "谁都不可以。", always_deny)


def set_note(job: Job, *, actor: Actor, note: str = "") -> None:
    job.note = note


def refuse(job: Job, *, actor: Actor) -> None:
    Job.objects.create(kind="test.side-effect", label="")
    raise BadInput("办不到。")


def needs_label(job: Job) -> str:
    return "" if job.label else "请先填写名称。"


def flow(*, stages: set[str] | None = None) -> Flow[Job]:
    """The life of a job row serves as a subject: begin → finish, with the middle in a stage of its own."""
    return Flow(
        Job,
        (
            Transition("begin", "开始", ("queued",), "running", officers_only, set_note, needs_label, stage="middle"),
            Transition("finish", "结束", ("running",), "done", anyone),
            Transition("spoil", "弄坏", ("queued", "running"), "failed", anyone, refuse),
            Transition("drop", "放弃", ("queued",), "cancelled", nobody, confirm="确定吗？"),
        ),
        LABELS,
        stages=lambda job: stages,
    )


@pytest.fixture
def job() -> Job:
    return Job.objects.create(kind="test", label="测试")


def test_run_sets_the_state_and_runs_the_effect(job: Job) -> None:
    flow().run(job, "begin", actor=OFFICER, note="出发")
    job.refresh_from_db()
    assert (job.state, job.note) == ("running", "出发")


def test_run_writes_one_audit_line(job: Job) -> None:
    flow().run(job, "begin", actor=OFFICER, note="出发")
    line = AuditEvent.objects.get()
    assert (line.action, line.actor_id, line.actor_name, line.role) == ("job.begin", 7, "林静", "province_officer")
    assert (line.subject_type, line.subject_id) == ("core.job", str(job.pk))
    assert (line.before, line.after, line.detail) == ("queued", "running", {"note": "出发"})


def test_wrong_state_is_409_and_names_both_states(job: Job) -> None:
    with pytest.raises(WrongState) as caught:
        flow().run(job, "finish", actor=OFFICER)
    assert (caught.value.status, caught.value.code) == (409, "wrong_state")
    assert str(caught.value) == "当前状态是“排队”，不能结束。"


def test_missing_right_is_403_with_the_code_of_the_right(job: Job) -> None:
    with pytest.raises(NotAllowed) as caught:
        flow().run(job, "begin", actor=PUBLIC)
    assert (caught.value.status, caught.value.code, str(caught.value)) == (
        403,
        "officers_only",
        "只有省局经办可以操作。",
    )


def test_not_ready_is_409_with_the_reason() -> None:
    nameless = Job.objects.create(kind="test", label="")
    with pytest.raises(WrongState) as caught:
        flow().run(nameless, "begin", actor=OFFICER)
    assert (caught.value.code, str(caught.value)) == ("not_ready", "请先填写名称。")


def test_unknown_move_is_404(job: Job) -> None:
    with pytest.raises(NotHere) as caught:
        flow().run(job, "fly", actor=OFFICER)
    assert (caught.value.status, caught.value.code) == (404, "no_such_action")


@pytest.mark.parametrize(("name", "actor"), [("finish", OFFICER), ("begin", PUBLIC), ("spoil", OFFICER)])
def test_a_refused_move_leaves_nothing_behind(job: Job, name: str, actor: Actor) -> None:
    with pytest.raises((WrongState, NotAllowed, BadInput)):
        flow().run(job, name, actor=actor)
    job.refresh_from_db()
    assert job.state == "queued"
    assert AuditEvent.objects.count() == 0
    assert list(Job.objects.values_list("kind", flat=True)) == ["test"]


def test_the_state_is_read_from_the_database_not_from_the_caller(job: Job) -> None:
    stale = Job.objects.get(pk=job.pk)
    flow().run(job, "begin", actor=OFFICER)
    with pytest.raises(WrongState):
        flow().run(stale, "begin", actor=OFFICER)


def test_available_lists_only_what_this_actor_may_do_now(job: Job) -> None:
    assert [move["name"] for move in flow().available(job, OFFICER)] == ["begin", "spoil"]
    assert [move["name"] for move in flow().available(job, SYSTEM)] == ["spoil"]


def test_available_disables_what_must_wait_and_says_why() -> None:
    nameless = Job.objects.create(kind="test", label="")
    begin = flow().available(nameless, OFFICER)[0]
    assert begin == {
        "name": "begin",
        "label": "开始",
        "enabled": False,
        "reason": "请先填写名称。",
        "confirm": "",
        "needs": [],
    }


def test_a_round_without_the_stage_has_no_such_move(job: Job) -> None:
    with pytest.raises(WrongState):
        flow(stages=set()).run(job, "begin", actor=OFFICER)


def test_a_round_without_the_stage_goes_on_from_before_it(job: Job) -> None:
    flow(stages=set()).run(job, "finish", actor=OFFICER)
    assert job.state == "done"


def test_a_round_with_the_stage_must_pass_through_it(job: Job) -> None:
    with pytest.raises(WrongState):
        flow(stages={"middle"}).run(job, "finish", actor=OFFICER)
