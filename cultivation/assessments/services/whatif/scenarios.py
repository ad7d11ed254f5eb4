"""Keep a what-if under a name, when the firm asks to, and throw it away again (E10)."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from cultivation.assessments.models import Assessment, Scenario
from cultivation.assessments.permissions import can_keep
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput

MOST = 20


def keep_scenario(actor: Actor, *, assessment: Assessment, name: str, changes: Mapping[str, Any]) -> Scenario:
    """A named set of changes, beside the result and without any effect on it."""
    can_keep.require(actor, assessment)
    _require_readable(changes)
    name = name.strip()
    with transaction.atomic():
        if Scenario.objects.filter(assessment=assessment).count() >= MOST:
            raise BadInput(f"最多保存 {MOST} 个方案，请先删除不用的。", code="too_many_scenarios")
        scenario = _named(assessment, name, changes, actor)
        audit.record(actor, "scenario.keep", scenario, detail={"facts": len(changes)})
    return scenario


def _named(assessment: Assessment, name: str, changes: Mapping[str, Any], actor: Actor) -> Scenario:
    try:
        with transaction.atomic():
            return Scenario.objects.create(assessment=assessment, name=name, changes=dict(changes), kept_by=actor.name)
    except IntegrityError as error:
        taken = {"/name": "已有同名方案"}
        raise BadInput("已有同名方案，请换一个名称。", code="name_taken", fields=taken) from error


def _require_readable(changes: Mapping[str, Any]) -> None:
    from scoring import BadValue, parse_fact, read_indicators

    bad: dict[str, str] = {}
    for code, value in changes.items():
        if code not in read_indicators():
            bad[f"/changes/{code}"] = "没有这个指标"
            continue
        try:
            parse_fact(code, value)
        except BadValue as problem:
            bad[f"/changes/{code}"] = problem.zh
    if bad or not changes:
        raise BadInput("有内容需要修改。" if bad else "还没有改动，不需要保存。", fields=bad)


def remove_scenario(actor: Actor, *, scenario: Scenario) -> None:
    can_keep.require(actor, scenario.assessment)
    with transaction.atomic():
        audit.record(actor, "scenario.remove", scenario)
        scenario.delete()
