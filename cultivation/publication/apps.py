from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "cultivation.publication"
    verbose_name = "公示与发布"

    def ready(self) -> None:
        from cultivation.core.events import subscribe
        from cultivation.programmes.events import RoundPublished
        from cultivation.publication import services

        subscribe(RoundPublished, services.freeze_list)
        subscribe(RoundPublished, services.release_certificates)
