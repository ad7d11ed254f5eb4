from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cultivation.assessments.models import Verification
from cultivation.assessments.services import request_verification
from cultivation.assessments.states import DEVIATION_CAUSES
from cultivation.core.actors import SYSTEM
from cultivation.core.jobs import run_now
from cultivation.core.management.bar import Bar
from cultivation.programmes.models import Round


class Command(BaseCommand):
    help = "按各批次锁定的规则书重新计算全部存档结果，逐字节核对；有不一致的逐一列出，退出码为 1。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--verify", action="store_true", required=True, help="只核对，不改动任何结果")
        parser.add_argument("--round", type=int, dest="round_id", metavar="ID", help="只核对这一批次，默认全部批次")

    def handle(self, *args: Any, round_id: int | None = None, **options: Any) -> None:
        record, job = request_verification(SYSTEM, round_=_round(round_id))
        with Bar("复算核验") as bar:
            done = run_now(job, watch=bar)
        if done.state != "done":
            raise CommandError(done.error or "复算核验没有完成")
        record.refresh_from_db()
        self._report(record)

    def _report(self, record: Verification) -> None:
        for finding in record.findings.iterator():
            cause = DEVIATION_CAUSES[finding.cause]
            change = f"存档 {finding.stored}，复算 {finding.again}" if finding.again else finding.stored
            self.stdout.write(
                f"{finding.round_name}  {finding.subject} {finding.name}  {cause}  {finding.path}：{change}"
            )
        waiting = f"，{record.waiting} 家重新导入后尚未评分" if record.waiting else ""
        self.stdout.write(f"共 {record.results} 家：{record.agreed} 家一致，{record.differed} 家不一致{waiting}")
        if record.findings.exists():
            raise CommandError("存档结果与复算不完全一致", returncode=1)


def _round(pk: int | None) -> Round | None:
    if pk is None:
        return None
    found = Round.objects.filter(pk=pk).first()
    if found is None:
        raise CommandError(f"没有编号为 {pk} 的批次")
    return found
