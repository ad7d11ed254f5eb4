"""Readers of environment variables that refuse nonsense and name the variable."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}
_UNITS = {"second", "minute", "hour", "day"}


def read_text(name: str, default: str = "", *, env: Mapping[str, str] = os.environ) -> str:
    return env.get(name, default).strip()


def read_bool(name: str, default: bool, *, env: Mapping[str, str] = os.environ) -> bool:
    raw = read_text(name, env=env).lower()
    if not raw:
        return default
    if raw in _TRUE | _FALSE:
        return raw in _TRUE
    raise ImproperlyConfigured(f"{name} must be true or false, not {raw!r}")


def read_int(name: str, default: int, *, low: int = 0, high: int = 2**31, env: Mapping[str, str] = os.environ) -> int:
    raw = read_text(name, env=env)
    if not raw:
        return default
    if not raw.removeprefix("-").isdecimal() or not low <= int(raw) <= high:
        raise ImproperlyConfigured(f"{name} must be a whole number from {low} to {high}, not {raw!r}")
    return int(raw)


def read_rate(name: str, default: str, *, env: Mapping[str, str] = os.environ) -> str:
    """How often one address may ask: ``120/minute``."""
    raw = read_text(name, default, env=env)
    count, _, unit = raw.partition("/")
    if not (count.isascii() and count.isdecimal() and int(count) > 0 and unit in _UNITS):
        raise ImproperlyConfigured(f"{name} must be like 120/minute (second, minute, hour, day), not {raw!r}")
    return raw


def read_choice(name: str, default: str, choices: set[str], *, env: Mapping[str, str] = os.environ) -> str:
    raw = read_text(name, default, env=env)
    if raw not in choices:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(sorted(choices))}, not {raw!r}")
    return raw


def read_list(name: str, default: list[str], *, env: Mapping[str, str] = os.environ) -> list[str]:
    raw = read_text(name, env=env)
    return [part.strip() for part in raw.split(",") if part.strip()] if raw else default


def read_choices(name: str, default: list[str], choices: set[str], *, env: Mapping[str, str] = os.environ) -> list[str]:
    """Words of a list, with commas; "none" is the empty list."""
    words = read_list(name, default, env=env)
    words = [] if words == ["none"] else words
    if not set(words) <= choices:
        raise ImproperlyConfigured(f"{name} must be none or words of {', '.join(sorted(choices))}, not {words!r}")
    return words


def read_path(name: str, default: Path, *, env: Mapping[str, str] = os.environ) -> Path:
    raw = read_text(name, env=env)
    return Path(raw).expanduser().resolve() if raw else default


def read_url(name: str, default: str, *, env: Mapping[str, str] = os.environ) -> str:
    raw = read_text(name, default, env=env).rstrip("/")
    parts = urlsplit(raw)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ImproperlyConfigured(f"{name} must be an http or https address, not {raw!r}")
    return raw


def read_database(name: str, sqlite: Path, *, env: Mapping[str, str] = os.environ) -> dict[str, object]:
    """SQLite at the given path unless the variable holds a postgresql:// or sqlite:// address."""
    raw = read_text(name, env=env)
    if not raw:
        return _sqlite(sqlite)
    parts = urlsplit(raw)
    if parts.scheme == "sqlite":
        return _sqlite(Path("/" + unquote(parts.path).lstrip("/")))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must start with postgresql:// or sqlite:///, not {parts.scheme!r}")
    return _postgresql(name, parts)


def _postgresql(name: str, parts: SplitResult) -> dict[str, object]:
    database = unquote(parts.path.lstrip("/"))
    try:
        port = parts.port
    except ValueError as problem:
        raise ImproperlyConfigured(f"{name} must have a number as its port") from problem
    if not database:
        raise ImproperlyConfigured(f"{name} must end with the name of a database")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def _sqlite(path: Path) -> dict[str, object]:
    """Write-ahead log and immediate transactions: readers never wait, writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
