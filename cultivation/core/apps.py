from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "cultivation.core"
    verbose_name = "机制"

    def ready(self) -> None:
        """Make every app's kinds of jobs known."""
        autodiscover_modules("jobs")
