"""Who may run a round, and who may write and approve rules."""

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


@predicate
def is_writer(actor: Actor, draft: Any) -> bool:
    """Who began the draft, submitted it, or ever changed a word of it, later taken back or not."""
    if actor.user_id is None:
        return False
    known = {draft.author_id, draft.editor_id, draft.submitter_id}
    return actor.user_id in known or draft.edits.filter(editor_id=actor.user_id).exists()


@predicate
def is_second_person(actor: Actor, draft: Any) -> bool:
    return actor.user_id is not None and not is_writer.test(actor, draft)


can_use_workshop = Right("province_only", "只有省局人员可以使用规则工坊。", is_system | is_province)
can_write_rules = Right("province_only", "只有省局人员可以修改规则书。", is_system | is_province)
can_withdraw_rules = Right(
    "writers_only", "只有起草人、修改人或提交人可以撤回。", is_system | (is_province & is_writer)
)
can_approve_rules = Right(
    "second_person",
    "规则书须由另一位省局人员审批：起草人、修改人和提交人不能审批自己的稿件。",
    is_province & is_second_person,
)
can_keep_designations = Right("province_only", "只有省局人员可以登记和撤销称号、名单。", is_system | is_province)
