from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "cultivation.documents"
    verbose_name = "文书"

    def ready(self) -> None:
        from cultivation.accounts.events import EnterprisesMerged
        from cultivation.core.events import subscribe
        from cultivation.documents.services.taking import take_over

        subscribe(EnterprisesMerged, take_over)
