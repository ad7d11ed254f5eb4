from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cultivation.accounts.states import ROLES
from cultivation.core.errors import DomainError
from cultivation.operations.services.demonstration import PEOPLE, load_demonstration


class Command(BaseCommand):
    help = "装入演示省：各角色人员、17 个市州局和一个走完全程的批次，全部标明演示数据。再次运行不改动已有内容。"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            round_ = load_demonstration()
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"演示批次：{round_.name}")
        self.stdout.write(f"演示账号（密码均为 {settings.DEMO_PASSWORD}）：")
        for person in PEOPLE:
            self.stdout.write(f"  {person.username:<18}{ROLES[person.role]} · {person.full_name}")
