"""What others may ask of support."""

from cultivation.support.services.document import plan_draft, plan_payload, print_plan
from cultivation.support.services.plans import approve_plan, draft_plans, plan_placed

__all__ = ["approve_plan", "draft_plans", "plan_draft", "plan_payload", "plan_placed", "print_plan"]
