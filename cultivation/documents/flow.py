"""The life of a certificate, and whether it passes on in a merger. That it lapsed is read from its date."""

from cultivation.core.flow import Flow, Transition
from cultivation.documents import effects
from cultivation.documents.models import Certificate
from cultivation.documents.permissions import can_revoke, can_settle_taking
from cultivation.documents.states import CERTIFICATE_STATES, TAKING_STATES

certificate_flow = Flow(
    Certificate,
    (
        Transition(
            "revoke",
            "撤销证书",
            ("issued",),
            "revoked",
            can_revoke,
            effects.note_reason,
            confirm="撤销后查验页会显示撤销理由，不能恢复。",
        ),
    ),
    CERTIFICATE_STATES,
)


def _is_over(certificate: Certificate) -> str:
    return "" if certificate.state == "issued" else f"这份证书已{certificate.get_state_display()}，不能承继。"


taking_flow = Flow(
    Certificate,
    (
        Transition(
            "confirm_taking",
            "确认承继",
            ("pending",),
            "confirmed",
            can_settle_taking,
            effects.note_basis,
            _is_over,
            confirm="确认后，查验页写明这份证书由存续企业承继。",
            needs=("reason",),
        ),
        Transition(
            "decline_taking",
            "不承继",
            ("pending",),
            "declined",
            can_settle_taking,
            effects.note_basis,
            confirm="查验页会写明持证企业已被合并，证书不由存续企业承继。",
            needs=("reason",),
        ),
    ),
    TAKING_STATES,
    state_field="taking",
)
