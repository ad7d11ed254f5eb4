from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.management.base import CommandError
from django.db.models.signals import post_migrate

from cultivation.core.errors import Conflict


def _publish(**kwargs: Any) -> None:
    """A changed rulebook under a published key stops the migration with its sentence, not with a traceback."""
    from cultivation.programmes.services import publish_shipped_rulebooks

    try:
        publish_shipped_rulebooks()
    except Conflict as refusal:
        advice = f"如果 {settings.DATA_DIR} 里只有演示数据，可把它移走，再启动时重新建立。"
        raise CommandError(f"{refusal}\n{advice}") from refusal


class ProgrammesConfig(AppConfig):
    name = "cultivation.programmes"
    verbose_name = "专项与批次"

    def ready(self) -> None:
        from cultivation.accounts.events import EnterprisesMerged
        from cultivation.core.events import subscribe
        from cultivation.programmes.services.designations import take_over

        post_migrate.connect(_publish, sender=self)
        subscribe(EnterprisesMerged, take_over)
