"""What answers outside the API: the health check, the page of the front end, and settings that stop a bad start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

PAGE = "<!doctype html><title>知育</title>"


@pytest.fixture
def built(settings: Settings, tmp_path: Path) -> None:
    settings.FRONTEND_DIST = tmp_path
    (tmp_path / "index.html").write_text(PAGE)


@pytest.mark.django_db
def test_health(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("address", ["/", "/rounds/3", "/check/abc"])
def test_every_page_is_the_front_end(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.content.decode() == PAGE
    assert "csrftoken" in answer.cookies


@pytest.mark.usefixtures("built")
def test_the_page_carries_a_content_security_policy(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy


def test_an_unbuilt_front_end_says_what_to_do(client: Client, settings: Settings, tmp_path: Path) -> None:
    settings.FRONTEND_DIST = tmp_path
    answer = client.get("/")
    assert answer.status_code == 503
    assert "make setup" in answer.content.decode()


@pytest.mark.parametrize("address", ["/api/v1/nothing", "/api/nothing", "/static/nothing.js"])
def test_an_unknown_address_of_the_api_is_not_the_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def start(**env: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "backend.settings", **env},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("variable", "raw"),
    [
        ("PORT", "eighty"),
        ("DEBUG", "perhaps"),
        ("DATABASE_URL", "oracle://x"),
        ("UPLOAD_MAX_MB", "0"),
        ("MFA_REQUIRED_FOR", "everybody"),
    ],
)
def test_a_bad_setting_stops_the_start_by_name(tmp_path: Path, variable: str, raw: str) -> None:
    ended = start(DATA_DIR=str(tmp_path), **{variable: raw})
    assert ended.returncode == 1
    assert f"{variable} must" in ended.stderr


def test_production_needs_its_own_secret(tmp_path: Path) -> None:
    ended = start(DATA_DIR=str(tmp_path), PRODUCTION="true", SECRET_KEY="")
    assert ended.returncode == 1
    assert "SECRET_KEY must be set in production" in ended.stderr


def test_production_needs_a_way_to_send_mail(tmp_path: Path) -> None:
    """Or the codes that sign people in would stand in the log (E38)."""
    ended = start(DATA_DIR=str(tmp_path), PRODUCTION="true", SECRET_KEY="x" * 50, EMAIL_HOST="")
    assert ended.returncode == 1
    assert "EMAIL_HOST must be set in production" in ended.stderr


def test_elsewhere_the_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    secrets = []
    for _ in range(2):
        assert start(DATA_DIR=str(tmp_path), SECRET_KEY="").returncode == 0
        secrets.append((tmp_path / "secret-key").read_text())
    assert secrets[0] == secrets[1]
    assert len(secrets[0]) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
