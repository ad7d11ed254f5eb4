from django.apps import AppConfig


class PoolsConfig(AppConfig):
    name = "cultivation.pools"
    verbose_name = "培育库"

    def ready(self) -> None:
        from cultivation.assessments.events import AssessmentsScored, AssessmentsWithdrawn
        from cultivation.core.events import subscribe
        from cultivation.pools import services

        subscribe(AssessmentsScored, services.place_scored)
        subscribe(AssessmentsWithdrawn, services.remove_withdrawn)
