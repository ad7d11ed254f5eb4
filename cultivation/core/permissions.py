"""Rights over the mechanism itself."""

from typing import Any

from rules.predicates import predicate

from cultivation.core.actors import Actor
from cultivation.core.rights import Right


@predicate
def is_own_job(actor: Actor, job: Any) -> bool:
    return actor.is_system or (actor.user_id is not None and job.user_id == actor.user_id)


can_cancel_job = Right("not_your_job", "只有发起任务的人可以取消它。", is_own_job)
