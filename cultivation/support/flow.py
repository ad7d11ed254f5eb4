"""The life of a plan. What follows approval comes with engagements."""

from cultivation.core.flow import Flow, Transition
from cultivation.support import effects
from cultivation.support.models import Plan
from cultivation.support.permissions import can_approve_plan
from cultivation.support.states import PLAN_STATES

plan_flow = Flow(
    Plan,
    (
        Transition(
            "approve",
            "批准方案",
            ("draft",),
            "approved",
            can_approve_plan,
            effects.note_approval,
            confirm="批准后企业可以看到方案，重新评分也不再改动它。",
        ),
    ),
    PLAN_STATES,
)
