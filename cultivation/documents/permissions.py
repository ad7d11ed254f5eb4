"""Who may take a certificate back, and say whether it passes on in a merger."""

from cultivation.accounts.permissions import is_province, is_province_leader, is_system
from cultivation.core.rights import Right

can_revoke = Right("leader_only", "只有省局负责人可以撤销证书。", is_system | is_province_leader)
can_settle_taking = Right("province_only", "由省局人员按发证机关的意见确认。", is_system | is_province)
