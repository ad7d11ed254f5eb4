"""Who may take a firm's data away."""

from cultivation.accounts.permissions import is_enterprise
from cultivation.core.rights import Right

can_take_all = Right("own_firm_only", "只有企业的人员可以导出本企业资料。", is_enterprise)
