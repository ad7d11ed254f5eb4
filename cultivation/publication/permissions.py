"""Who may issue certificates, and from when."""

from typing import Any

from rules.predicates import predicate

from cultivation.accounts.permissions import is_province, is_province_leader, is_system
from cultivation.core.actors import Actor
from cultivation.core.rights import Right
from cultivation.programmes.permissions import is_trial_round


def is_out(round_: Any) -> bool:
    """Its list is published."""
    return round_.state in {"published", "closed"}


@predicate
def is_published(actor: Actor, round_: Any) -> bool:
    return is_out(round_)


can_issue = Right(
    "not_published",
    "名单发布后才能发证；正式批次由省局负责人发证。",
    (is_published & (is_province_leader | (is_province & is_trial_round)))
    | (is_system & (is_published | is_trial_round)),
)
