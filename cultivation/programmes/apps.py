from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _publish(**kwargs: Any) -> None:
    from cultivation.programmes.services import publish_shipped_rulebooks

    publish_shipped_rulebooks()


class ProgrammesConfig(AppConfig):
    name = "cultivation.programmes"
    verbose_name = "专项与批次"

    def ready(self) -> None:
        post_migrate.connect(_publish, sender=self)
