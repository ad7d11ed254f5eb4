"""What every test can ask for: known people, an API client, files of its own, and a database that can be emptied."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings
from rest_framework.test import APIClient

from cultivation.core import triggers
from tests.people import People

# How long one example takes says nothing of the code: machines are busy, and coverage slows what it measures.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_parallel_suffix: None
) -> None:
    """SQLite in a file, not in memory: threads and worker processes must meet in it as they do in production."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        name = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        connection.settings_dict["TEST"]["NAME"] = name


@pytest.fixture(scope="session", autouse=True)
def audit_trail_can_be_emptied() -> Iterator[None]:
    """Between transactional tests the tables are emptied, which the append-only triggers would rightly refuse."""
    flush = connection.ops.execute_sql_flush

    def flush_without_triggers(statements: list[str]) -> None:
        triggers.remove(connection)
        flush(statements)
        triggers.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.ops, "execute_sql_flush", flush_without_triggers)
        yield


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> None:
    """No test writes into the data of the checkout; passwords are hashed the fast way."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SIGNING_KEY_DIR = tmp_path / "signing"
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def people(db: None) -> People:
    return People()


@pytest.fixture
def api() -> APIClient:
    return APIClient()
