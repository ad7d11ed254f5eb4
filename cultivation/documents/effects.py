"""What the moves of a certificate do."""

from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput
from cultivation.documents.models import Certificate

SHORTEST_REASON = 5


def note_reason(certificate: Certificate, *, actor: Actor, reason: str = "") -> None:
    """The reason is public: whoever checks the certificate reads it."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise BadInput("请写明撤销理由，查验时会公开显示。", code="reason_missing", fields={"/reason": "至少 5 个字"})
    certificate.reason = reason.strip()[:300]


def note_basis(certificate: Certificate, *, actor: Actor, reason: str = "") -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise BadInput("请写明依据，例如文号和日期。", code="reason_missing", fields={"/reason": "至少 5 个字"})
    certificate.taking_basis = reason.strip()[:300]
