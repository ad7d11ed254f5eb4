from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cultivation.core.audit import find_tampering, seal_events
from cultivation.core.models import AuditSeal


class Command(BaseCommand):
    help = "Seal the audit trail, or verify that no sealed line was changed, removed or reordered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["seal", "verify"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        if what == "seal":
            self.stdout.write(f"{seal_events()} 条已封存")
            return
        findings = list(find_tampering())
        for finding in findings:
            self.stderr.write(finding)
        if findings:
            raise CommandError(f"审计链不完整：{len(findings)} 处")
        self.stdout.write(f"审计链完整，共 {AuditSeal.objects.count()} 条")
