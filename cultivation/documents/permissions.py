"""Who may take a certificate back."""

from cultivation.accounts.permissions import is_province_leader, is_system
from cultivation.core.rights import Right

can_revoke = Right("leader_only", "只有省局负责人可以撤销证书。", is_system | is_province_leader)
