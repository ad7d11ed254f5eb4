"""A version ends where its successor begins, and nothing is written into it (P02)."""

import json
from datetime import date
from typing import Any

import pytest

from scoring import Library, Rulebook, parse_rulebook
from scoring.checks import check_files
from scoring.succession import find_overlaps

NEW_ONLY, RENEWAL_ONLY = ["new"], ["renewal"]


def period(start: str | None = None, end: str | None = None, **more: Any) -> dict[str, Any]:
    return {**({"from": start} if start else {}), **({"to": end} if end else {}), **more}


def version(name: str, *applies: dict[str, Any], supersedes: tuple[str, ...] = (), scheme: str = "s") -> Rulebook:
    text = {"zh": "甲", "en": "A"}
    return parse_rulebook(
        {
            "id": scheme,
            "version": name,
            "title": text,
            "issuer": "省局",
            "document": "文件",
            "source": "文件",
            "status": "official",
            "applies": list(applies),
            "supersedes": [f"{scheme}/{old}" for old in supersedes],
            "criteria": {"id": "c", "title": text, "source": "文件", "fact": "own_brand", "is": True},
        }
    )


def found(*versions: Rulebook, on: str, kind: Any = "new", region: str = "420000") -> str | None:
    match = Library(versions).find("s", kind=kind, region=region, on=date.fromisoformat(on))
    return match.rulebook.body.version if match.rulebook else None


def overlaps(*versions: Rulebook) -> list[tuple[str, str, str | None]]:
    return [
        (one.one[0].version, one.two[0].version, one.from_.isoformat() if one.from_ else None)
        for one in find_overlaps([version.body for version in versions])
    ]


OLD = version("1", period("2026-01-01"))
NEXT = version("2", period("2027-01-01"), supersedes=("1",))


class TestLookup:
    @pytest.mark.parametrize(
        ("on", "expected"), [("2025-12-31", None), ("2026-01-01", "1"), ("2026-12-31", "1"), ("2027-01-01", "2")]
    )
    def test_the_old_one_ends_on_the_day_before(self, on: str, expected: str | None) -> None:
        assert found(OLD, NEXT, on=on) == found(NEXT, OLD, on=on) == expected

    def test_only_the_kinds_of_the_successor_are_taken_over(self) -> None:
        successor = version("2", period("2027-01-01", kinds=NEW_ONLY), supersedes=("1",))
        assert found(OLD, successor, on="2027-05-01") == "2"
        assert found(OLD, successor, on="2027-05-01", kind="renewal") == "1"

    def test_only_the_regions_of_the_successor_are_taken_over(self) -> None:
        successor = version("2", period("2027-01-01", regions=["4201"]), supersedes=("1",))
        assert found(OLD, successor, on="2027-05-01", region="420100") == "2"
        assert found(OLD, successor, on="2027-05-01", region="420500") == "1"

    def test_the_old_one_does_not_come_back(self) -> None:
        successor = version("2", period("2027-01-01", "2027-12-31"), supersedes=("1",))
        assert found(OLD, successor, on="2028-01-01") is None

    def test_what_is_not_superseded_stays_and_the_latest_is_found(self) -> None:
        assert found(OLD, version("2", period("2027-01-01")), on="2027-05-01") == "2"
        assert found(version("2", period("2027-01-01")), OLD, on="2027-05-01") == "2"

    def test_another_scheme_supersedes_nothing(self) -> None:
        stranger = version("2", period("2026-06-01"), supersedes=("1",), scheme="other")
        assert found(OLD, stranger, on="2027-05-01") == "1"

    def test_without_beginnings_the_successor_alone_is_found(self) -> None:
        assert found(version("1", period()), version("2", period(), supersedes=("1",)), on="2026-05-01") == "2"


class TestOverlaps:
    def test_a_successor_overlaps_nothing(self) -> None:
        assert overlaps(OLD, NEXT) == overlaps(NEXT, OLD) == []

    def test_a_third_need_name_only_the_second(self) -> None:
        assert overlaps(OLD, NEXT, version("3", period("2028-01-01"), supersedes=("2",))) == []

    def test_a_third_that_names_only_the_first_overlaps_the_second(self) -> None:
        assert overlaps(OLD, NEXT, version("3", period("2028-01-01"), supersedes=("1",))) == [("2", "3", "2028-01-01")]

    def test_who_names_nobody_overlaps(self) -> None:
        assert overlaps(OLD, version("2", period("2027-01-01"))) == [("1", "2", "2027-01-01")]
        assert overlaps(version("1", period()), version("2", period())) == [("1", "2", None)]

    def test_a_successor_that_begins_after_the_meeting_does_not_settle_it(self) -> None:
        late = version("3", period("2029-01-01"), supersedes=("1",))
        assert overlaps(OLD, version("2", period("2027-01-01", "2028-01-01")), late) == [("1", "2", "2027-01-01")]

    def test_periods_one_after_the_other_do_not_overlap(self) -> None:
        assert overlaps(version("1", period("2026-01-01", "2026-12-31")), version("2", period("2027-01-01"))) == []

    def test_a_region_within_one_that_was_taken_over_is_settled(self) -> None:
        successor = version("2", period("2027-01-01", regions=["42"]), supersedes=("1",))
        assert overlaps(OLD, successor, version("3", period("2028-01-01", regions=["4201"]), supersedes=("2",))) == []

    def test_a_region_that_was_not_taken_over_is_not(self) -> None:
        part = version("2", period("2027-01-01", regions=["4201"]), supersedes=("1",))
        whole = version("3", period("2028-01-01"), supersedes=("2",))
        assert overlaps(OLD, part, whole) == [("1", "3", "2028-01-01")]

    def test_places_apart_and_kinds_apart_do_not_meet(self) -> None:
        assert overlaps(version("1", period(regions=["4201"])), version("2", period(regions=["4205"]))) == []
        assert overlaps(version("1", period(kinds=NEW_ONLY)), version("2", period(kinds=RENEWAL_ONLY))) == []

    def test_a_file_is_told_with_its_line(self) -> None:
        files = [(f"{one.key}.yaml", json.dumps(one.document(), indent=1)) for one in (OLD, NEXT)]
        assert [fault.law for fault in check_files(files)] == []
        files[1] = (files[1][0], files[1][1].replace('"s/1"', ""))
        fault = next(iter(check_files(files)))
        assert (fault.law, fault.zh, fault.path) == ("one-in-force", "与s/1同时有效", ("applies", 0))
