from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cultivation.core"
    verbose_name = "机制"
