from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "cultivation.documents"
    verbose_name = "文书"
