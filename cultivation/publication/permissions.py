"""Who may issue certificates. From when on is a question of state, not of right."""

from cultivation.accounts.permissions import is_province, is_province_leader, is_system
from cultivation.core.rights import Right
from cultivation.programmes.permissions import is_trial_round

can_issue = Right(
    "leader_only",
    "正式批次由省局负责人发证；试运行批次省局经办也可以发证。",
    is_system | is_province_leader | (is_province & is_trial_round),
)
