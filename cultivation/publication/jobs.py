"""Long work on publication."""

from typing import Any

from cultivation.core.jobs import JobContext, job
from cultivation.programmes.models import Round
from cultivation.publication.services import issue_certificates


@job("publication.issue_certificates")
def run_issue(context: JobContext, *, round_id: int) -> dict[str, Any]:
    round_ = Round.objects.get(pk=round_id)
    issued = issue_certificates(context.actor, round_=round_, progress=context.progress)
    context.log(f"共 {len(issued)} 份证书，均已签名")
    return {"certificates": len(issued)}
