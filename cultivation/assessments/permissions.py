"""Who may bring firms into a round and decide on them."""

from cultivation.accounts.permissions import is_province, is_system
from cultivation.core.rights import Right

can_import = Right("province_only", "只有省局人员可以导入汇总表。", is_system | is_province)
can_decide = Right("province_only", "只有省局人员可以评定。", is_system | is_province)
