from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "cultivation.support"
    verbose_name = "培育服务"

    def ready(self) -> None:
        from cultivation.core.events import subscribe
        from cultivation.pools.events import FirmsPlaced
        from cultivation.support import services

        subscribe(FirmsPlaced, services.plan_placed)
