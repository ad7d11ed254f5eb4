"""Settings readers take what is meant and refuse nonsense by the variable's name."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from backend.env import (
    read_bool,
    read_choice,
    read_choices,
    read_database,
    read_int,
    read_list,
    read_path,
    read_rate,
    read_text,
    read_url,
)

HERE = Path("/data/zhiyu.sqlite3")


@pytest.mark.parametrize(
    ("raw", "value"), [("1", True), ("TRUE", True), (" on ", True), ("no", False), ("0", False), ("", True)]
)
def test_bool(raw: str, value: bool) -> None:
    assert read_bool("DEBUG", True, env={"DEBUG": raw}) is value


def test_what_is_not_set_has_its_default() -> None:
    assert read_int("PORT", 8000, env={}) == 8000
    assert read_path("DATA_DIR", HERE, env={}) == HERE
    assert read_list("ALLOWED_HOSTS", ["localhost"], env={}) == ["localhost"]
    assert read_text("LOG_LEVEL", "WARNING", env={}) == "WARNING"


def test_a_list_drops_blanks_between_commas() -> None:
    assert read_list("ALLOWED_HOSTS", [], env={"ALLOWED_HOSTS": "a.cn, b.cn,,"}) == ["a.cn", "b.cn"]


def test_an_address_loses_its_last_slash() -> None:
    assert read_url("PUBLIC_BASE_URL", "", env={"PUBLIC_BASE_URL": "https://zhiyu.cn/"}) == "https://zhiyu.cn"


def bad_bool(raw: str) -> object:
    return read_bool("SETTING", False, env={"SETTING": raw})


def bad_int(raw: str) -> object:
    return read_int("SETTING", 1, low=1, high=10, env={"SETTING": raw})


def bad_choice(raw: str) -> object:
    return read_choice("SETTING", "a", {"a", "b"}, env={"SETTING": raw})


def bad_url(raw: str) -> object:
    return read_url("SETTING", "", env={"SETTING": raw})


def bad_database(raw: str) -> object:
    return read_database("SETTING", HERE, env={"SETTING": raw})


@pytest.mark.parametrize(
    ("read", "raw"),
    [
        (bad_bool, "maybe"),
        (bad_int, "ten"),
        (bad_int, "0"),
        (bad_int, "11"),
        (bad_int, "--1"),
        (bad_int, "1.5"),
        (bad_int, "²"),
        (bad_choice, "c"),
        (bad_url, "zhiyu.cn"),
        (bad_url, "ftp://zhiyu.cn"),
        (bad_database, "mysql://root@localhost/zhiyu"),
        (bad_database, "postgresql://root@localhost:port/zhiyu"),
        (bad_database, "postgresql://root@localhost"),
        (bad_database, "zhiyu"),
    ],
)
def test_nonsense_is_refused_by_name(read: Callable[[str], object], raw: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SETTING must"):
        read(raw)


@pytest.mark.parametrize(("raw", "found"), [("", ["a"]), ("none", []), ("b", ["b"]), ("a, b", ["a", "b"])])
def test_words_of_a_list(raw: str, found: list[str]) -> None:
    assert read_choices("SETTING", ["a"], {"a", "b"}, env={"SETTING": raw}) == found


def test_a_word_that_is_not_known_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="SETTING must be none or words of a, b"):
        read_choices("SETTING", [], {"a", "b"}, env={"SETTING": "a,c"})


class TestDatabase:
    def test_none_is_sqlite_beside_the_data(self) -> None:
        found = read_database("DATABASE_URL", HERE, env={})
        assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", str(HERE))

    def test_sqlite_by_path(self) -> None:
        found = read_database("DATABASE_URL", HERE, env={"DATABASE_URL": "sqlite:////data/my%20file.db"})
        assert found["NAME"] == "/data/my file.db"

    def test_postgresql_with_everything(self) -> None:
        url = "postgresql://zhi%40yu:p%2Fw@db.cn:5433/zhiyu?sslmode=require"
        found = read_database("DATABASE_URL", HERE, env={"DATABASE_URL": url})
        assert [found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")] == [
            "zhi@yu", "p/w", "db.cn", "5433", "zhiyu", {"sslmode": "require"},
        ]  # fmt: skip

    def test_postgresql_by_socket(self) -> None:
        url = "postgresql://root@/zhiyu?host=/var/run/postgresql"
        found = read_database("DATABASE_URL", HERE, env={"DATABASE_URL": url})
        assert (found["HOST"], found["OPTIONS"]) == ("/var/run/postgresql", {})


def test_a_rate_is_so_many_a_time() -> None:
    assert read_rate("TRY_RATE", "120/minute", env={}) == "120/minute"
    assert read_rate("TRY_RATE", "120/minute", env={"TRY_RATE": "5/second"}) == "5/second"


@pytest.mark.parametrize("raw", ["many", "0/minute", "-1/minute", "5", "5/fortnight", "/minute", "５/minute"])
def test_a_rate_that_is_none_is_refused(raw: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="TRY_RATE"):
        read_rate("TRY_RATE", "120/minute", env={"TRY_RATE": raw})
