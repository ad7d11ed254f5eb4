"""The life of an assessment, as far as an imported round goes: its values count as checked by the city office."""

from cultivation.assessments.models import Assessment
from cultivation.assessments.permissions import can_decide, can_import
from cultivation.assessments.states import ASSESSMENT_STATES
from cultivation.core.flow import Flow, Transition

assessment_flow = Flow(
    Assessment,
    (
        Transition(
            "accept_import",
            "接收汇总表",
            ("draft", "city_checked", "decided", "withdrawn"),
            "city_checked",
            can_import,
            stage="import",
        ),
        Transition("decide", "评定", ("city_checked", "decided"), "decided", can_decide),
        Transition("announce", "公布", ("decided",), "announced", can_decide),
        Transition("withdraw", "撤回", ("draft", "city_checked", "decided"), "withdrawn", can_import),
    ),
    ASSESSMENT_STATES,
    stages=lambda assessment: assessment.round.stages,
)
