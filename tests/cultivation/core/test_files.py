"""Files lie under their hash; a name is shown, never trusted (O12)."""

import hashlib

import pytest
from django.core.files.storage import default_storage

from cultivation.core.files import clean_name, read_file, store_file

DATA = "湖北省企业汇总表".encode()


@pytest.mark.django_db
def test_what_was_stored_is_read_again() -> None:
    stored = store_file(DATA, name="汇总表.xlsx", media_type="application/octet-stream")
    assert (read_file(stored), stored.size, stored.name) == (DATA, len(DATA), "汇总表.xlsx")
    assert stored.sha256 == hashlib.sha256(DATA).hexdigest()


@pytest.mark.django_db
def test_the_same_bytes_lie_on_disk_once() -> None:
    first = store_file(DATA, name="一.xlsx", media_type="a/b")
    second = store_file(DATA, name="二.xlsx", media_type="a/b")
    assert first.path == second.path
    assert default_storage.listdir(first.sha256[:2]) == ([], [first.sha256])


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\资料\\汇总表.xlsx", "汇总表.xlsx"),
        ("行\n列\x00表\u202e.xlsx", "行列表.xlsx"),
        ("", "未命名"),
        ("/", "未命名"),
        ("长" * 300 + ".xlsx", "长" * 195 + ".xlsx"),
    ],
)
def test_a_name_is_cleaned(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned
