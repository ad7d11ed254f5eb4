"""Who may run a round."""

from typing import Any

from rules.predicates import predicate

from cultivation.accounts.permissions import is_province, is_province_leader, is_system
from cultivation.core.actors import Actor
from cultivation.core.rights import Right


@predicate
def is_trial_round(actor: Actor, round_: Any) -> bool:
    return bool(getattr(round_, "is_trial", False))


can_run_round = Right("province_only", "只有省局人员可以办理批次。", is_system | is_province)
can_publish_round = Right(
    "leader_only",
    "正式批次的名单由省局负责人发布；试运行批次省局经办也可以发布。",
    is_system | is_province_leader | (is_province & is_trial_round),
)
