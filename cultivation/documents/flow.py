"""The life of a certificate. That it lapsed is read from its date, not moved by hand."""

from cultivation.core.flow import Flow, Transition
from cultivation.documents import effects
from cultivation.documents.models import Certificate
from cultivation.documents.permissions import can_revoke
from cultivation.documents.states import CERTIFICATE_STATES

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
