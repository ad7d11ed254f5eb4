import pytest
from django.db import connection

from cultivation.core import triggers
from cultivation.core.models import AuditEvent, AuditSeal


@pytest.fixture
def empty_audit_trail(request: pytest.FixtureRequest) -> None:
    """Migrating publishes the shipped rulebooks, and that is on record; these tests count their own lines."""
    request.getfixturevalue("transactional_db" if _is_transactional(request) else "db")
    triggers.remove(connection)
    AuditSeal.objects.all().delete()
    AuditEvent.objects.all().delete()
    triggers.install(connection)


def _is_transactional(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))
