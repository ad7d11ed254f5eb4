from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "cultivation.operations"
    verbose_name = "运行"

    def ready(self) -> None:
        from cultivation.operations import jobs  # noqa: F401
