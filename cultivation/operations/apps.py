from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "cultivation.operations"
    verbose_name = "运行"
