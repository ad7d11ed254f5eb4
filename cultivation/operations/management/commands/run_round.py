import json
from argparse import ArgumentTypeError
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cultivation.assessments.states import LEVELS
from cultivation.core.actors import SYSTEM
from cultivation.core.errors import DomainError
from cultivation.core.files import read_file
from cultivation.core.management.bar import Bar
from cultivation.documents.services.issuing import issue_documents, platform_key
from cultivation.operations.services import tables, trial
from cultivation.programmes.states import KINDS, Kind
from cultivation.publication.services import print_list


def iso_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} 不是有效日期，请写成 2026-03-31 的样子") from error


class Command(BaseCommand):
    help = "从一份市州汇总表走完一个试运行批次：读入、评分、入库、方案、名单、证书，全部写入目录。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="市州汇总表（.xlsx）")
        parser.add_argument("--out", type=Path, required=True, help="写入结果的目录")
        parser.add_argument("--on", type=iso_date, help="评价日期，默认取表中的填报日期")
        parser.add_argument("--kind", choices=list(KINDS), default="new", help="新申报 new 或复核 renewal")

    def handle(self, *args: Any, file: Path, out: Path, on: date | None, kind: Kind, **options: Any) -> None:
        try:
            self._run(file, out, on, kind)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as problem:
            raise CommandError(f"读写文件失败：{problem}") from problem

    def _run(self, file: Path, out: Path, on: date | None, kind: Kind) -> None:
        if not file.is_file():
            raise CommandError(f"没有找到文件 {file}")
        out.mkdir(parents=True, exist_ok=True)
        self._prepare_database()
        with Bar("读入汇总表") as bar:
            round_ = trial.start_trial(file.read_bytes(), filename=file.name, on=on, kind=kind, watch=bar)
        problems = self._write_problems(round_, out)
        if not round_.round.firms:
            raise CommandError(f"没有一家企业可以评分，请先看 {out / 'problems.json'}")
        with Bar("评分入库") as bar:
            trial.score_trial(round_, bar)
        self._write_results(round_, problems, out)
        failed = self._write_documents(round_, out)
        self._summarise(round_, problems, failed, out)

    def _prepare_database(self) -> None:
        """On a fresh machine the command brings its own tables."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stderr.write("数据库还没有准备好，正在建立……")
            call_command("migrate", verbosity=0)

    def _write_problems(self, round_: trial.Trial, out: Path) -> list[dict[str, str]]:
        fields = ("sheet", "cell", "value", "severity", "code", "problem", "done", "todo")
        problems = [{field: getattr(problem, field) for field in fields} for problem in round_.problems()]
        _write_json(out / "problems.json", problems)
        return problems

    def _write_results(self, round_: trial.Trial, problems: list[dict[str, str]], out: Path) -> None:
        results = trial.result_objects(round_)
        _write_json(out / "result.json", results)
        notes = [
            "本表由试运行批次生成，只用于检验办法和系统，不作为认定、奖补或其他政策的依据。",
            f"来源文件：{round_.workbook.file.name}，SHA-256 {round_.workbook.file.sha256}",
            f"评价日期：{round_.round.assessed_on.isoformat()}，申报类型：{round_.round.get_kind_display()}",
            f"企业 {len(results)} 家，问题 {len(problems)} 条。最低分已确定，最高分为补齐资料后可能达到的分数。",
        ]
        (out / "result.xlsx").write_bytes(tables.results_workbook(results, problems, notes))

    def _write_documents(self, round_: trial.Trial, out: Path) -> list[str]:
        (out / "trust.pem").write_bytes(platform_key().trust_pem)
        wanted = list(trial.drafts_of(round_))
        failed = []
        with Bar("诊断报告和培育方案") as bar:
            issued = issue_documents(SYSTEM, [draft for *_, draft in wanted], processes=settings.RENDER_PROCESSES)
            for place, ((folder, uscc, draft), answer) in enumerate(zip(wanted, issued, strict=True), start=1):
                bar(place, len(wanted), uscc)
                if answer.document is None:
                    failed.append(f"{draft.title}：{answer.problem}")
                else:
                    _write(out / folder / f"{uscc}.pdf", read_file(answer.document.file))
        _clear_others(out, {(folder, uscc) for folder, uscc, _ in wanted}, ("reports", "plans"))
        (out / "list.pdf").write_bytes(read_file(print_list(SYSTEM, round_=round_.round).file))
        return failed + self._write_certificates(round_, out)

    def _write_certificates(self, round_: trial.Trial, out: Path) -> list[str]:
        with Bar("证书") as bar:
            certificates = trial.certify_trial(round_, bar)
        for certificate in certificates:
            if certificate.document:
                _write(
                    out / "certificates" / f"{certificate.enterprise.uscc}.pdf", read_file(certificate.document.file)
                )
        _clear_others(out, {("certificates", c.enterprise.uscc) for c in certificates}, ("certificates",))
        return [f"{c.number} {c.enterprise_name}：{c.problem}" for c in certificates if not c.document]

    def _summarise(self, round_: trial.Trial, problems: list[dict[str, str]], failed: list[str], out: Path) -> None:
        levels = Counter(assessment.result.level for assessment in round_.assessments())
        severities = Counter(problem["severity"] for problem in problems)
        spread = "、".join(f"{label} {levels[code]}" for code, label in reversed(LEVELS.items()))
        self.stdout.write(f"\n{round_.round.name}")
        on = round_.round.assessed_on.isoformat()
        self.stdout.write(f"  评价日期 {on}，申报类型：{round_.round.get_kind_display()}")
        self.stdout.write(f"  企业 {sum(levels.values())} 家：{spread}；未入库 {levels['']}")
        if not any(levels[code] for code in LEVELS):
            self.stdout.write("  没有企业定级：请看 result.json 中的一票否决事项，或改用能力评分表生效之后的评价日期")
        counted = "、".join(f"{label} {severities[code]}" for code, label in tables.SEVERITIES.items())
        self.stdout.write(f"  问题 {len(problems)} 条：{counted}")
        for line in failed:
            self.stdout.write(f"  未能制作：{line}")
        self.stdout.write(f"  结果在 {out}")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _clear_others(out: Path, kept: set[tuple[str, str]], folders: tuple[str, ...]) -> None:
    """A second run leaves no document of a firm that is no longer in it."""
    for folder in folders:
        for path in (out / folder).glob("*.pdf"):
            if (folder, path.stem) not in kept:
                path.unlink()
