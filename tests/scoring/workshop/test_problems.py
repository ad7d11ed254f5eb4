"""What stands between a draft and its publication, with its place (P02, P04)."""

from datetime import date
from typing import Any

import pytest

from scoring import Library, load_library, parse_rulebook
from scoring.workshop.copying import VersionError, begin_version
from scoring.workshop.edits import Edit, apply_edits
from scoring.workshop.problems import OWN_GROUPS, TITLES, check_draft, find_problems
from tests.scoring.workshop.documents import CAPABILITY, KEYS, Document, shipped

STARTS = date(2027, 1, 1)
BANDS = "/scorecard/parts/0/parts/3/bands"


def draft(*edits: Edit, key: str = "ip-capability/2026") -> Document:
    return apply_edits(begin_version(shipped(key), "2027", starts=STARTS), edits)[0]


def told(document: Document, **options: Any) -> list[tuple[str, str, str]]:
    found = find_problems(document, library=load_library(), **options)
    return [(one.law, one.pointer, one.zh) for one in found]


def changed(*edits: Edit, key: str) -> list[str]:
    """Where the draft is told to state a source."""
    found = find_problems(draft(*edits, key=key), library=load_library(), original=shipped(key))
    return [one.pointer for one in found if one.law == "changed-numbers"]


@pytest.mark.parametrize("key", KEYS)
def test_a_new_version_of_every_rulebook_has_no_problem(key: str) -> None:
    document = draft(key=key)
    assert find_problems(document, library=load_library(), original=shipped(key), today=STARTS) == []


class TestPlaces:
    def test_a_gap_is_told_at_the_band_above_it(self) -> None:
        assert told(draft(Edit("set", f"{BANDS}/1/to", 8))) == [("bands", f"{BANDS}/0", "8至10之间有空缺")]

    def test_every_value_that_cannot_be_read_is_told(self) -> None:
        document = draft(Edit("set", f"{BANDS}/0/points", "很多"), Edit("set", "/applies/0/from", "明年"))
        found = find_problems(document)
        assert {(one.law, one.pointer) for one in found} == {
            ("schema", f"{BANDS}/0/points"),
            ("schema", "/applies/0/from"),
        }
        assert {one.node for one in found} == {"CR-4", "applies"}

    def test_a_missing_piece_is_told_where_it_should_stand(self) -> None:
        document = draft()
        del document["scorecard"]["parts"][0]["max"]
        assert [(one.law, one.pointer, one.zh) for one in find_problems(document)] == [
            ("schema", "/scorecard/parts/0/max", "max：缺少这一项")
        ]

    def test_words_come_in_english_too(self) -> None:
        found = find_problems(draft(Edit("set", f"{BANDS}/1/to", 8)))
        assert found[0].en == "gap between 8 and 10"


class TestPeriods:
    def test_a_published_version_cannot_be_published_again(self) -> None:
        assert [law for law, _, _ in told(CAPABILITY)] == ["unique-key"]

    def test_two_in_force_are_told_at_the_period(self) -> None:
        document = draft(Edit("set", "/supersedes", ""))
        assert told(document) == [("one-in-force", "/applies/0", "自2027-01-01起与ip-capability/2026同时有效")]

    def test_two_from_the_beginning_of_time(self) -> None:
        endless = {**draft(Edit("set", "/applies/0/from", ""), Edit("set", "/supersedes", "")), "version": "0"}
        other = {**endless, "version": "1"}
        found = find_problems(other, library=Library([parse_rulebook(endless)]))
        assert [one.en for one in found] == ["in force together with ip-capability/0 from …"]

    def test_what_others_do_among_themselves_is_not_the_draft_s_problem(self) -> None:
        one, two = ({**draft(), "version": name, "supersedes": [], "applies": [{"to": "2026-01-01"}]} for name in "12")
        library = Library([parse_rulebook(one), parse_rulebook(two)])
        assert find_problems({**draft(), "supersedes": []}, library=library) == []

    @pytest.mark.parametrize("key", ["ip-capability/1999", "srdi-sme/2026"])
    def test_only_a_published_version_of_its_own_scheme_can_be_replaced(self, key: str) -> None:
        document = draft(Edit("set", "/supersedes", ["ip-capability/2026", key]))
        assert told(document) == [("one-in-force", "/supersedes", f"没有已发布的版本{key}")]

    @pytest.mark.parametrize("start", ["", "2026-12-31"])
    def test_no_version_is_in_force_before_its_publication(self, start: str) -> None:
        document = draft(Edit("set", "/applies/0/from", start))
        assert ("not-backdated", "/applies/0", "施行日应不早于发布日2027-01-01") in told(document, today=STARTS)

    def test_without_a_library_there_is_nothing_to_overlap(self) -> None:
        assert [one.zh for one in find_problems(draft())] == ["没有已发布的版本ip-capability/2026"]


class TestSources:
    AT = "/criteria/all/1/all/1"

    def test_a_changed_number_of_a_copy_of_others_words_needs_a_source(self) -> None:
        key = "srdi-sme/2026"
        limit = Edit("set", f"{self.AT}/at_least", 4)
        assert changed(limit, key=key) == [f"{self.AT}/source"]
        assert changed(limit, Edit("set", f"{self.AT}/source", "省局通知"), key=key) == []
        assert changed(limit, Edit("set", f"{self.AT}/status", "calibrated"), key=key) == []
        assert changed(Edit("compare", f"{self.AT}/at_least", "more_than"), key=key) == [f"{self.AT}/source"]

    def test_a_changed_title_needs_none(self) -> None:
        assert changed(Edit("set", f"{self.AT}/title/zh", "改名"), key="srdi-sme/2026") == []

    def test_our_own_numbers_may_change_under_their_source(self) -> None:
        assert changed(Edit("set", f"{BANDS}/1/points", 1.5), key="ip-capability/2026") == []

    def test_a_copied_clause_of_others_needs_one_too(self) -> None:
        assert changed(Edit("copy", self.AT), key="srdi-sme/2026") == ["/criteria/all/1/all/2/source"]

    def test_the_size_table_answers_to_the_source_of_the_whole(self) -> None:
        key = "size-class/2017"
        assert changed(Edit("set", "/sizes/1/large/0", 2000), key=key) == ["/sizes/source"]
        assert changed(Edit("set", "/sizes/1/large/0", 2000), Edit("set", "/source", "新办法"), key=key) == []


class TestChecklist:
    def states(self, document: Document, **options: Any) -> dict[str, str]:
        return {one.law: one.state for one in check_draft(find_problems(document, library=load_library(), **options))}

    def test_every_law_is_listed_with_its_title(self) -> None:
        listed = [one.law for one in check_draft([])]
        assert listed == [law for laws in OWN_GROUPS for law in laws]
        assert set(listed) <= set(TITLES)
        assert {"monotone", "maximum", "adds-up", "no-dead-parts", "bands"} <= set(listed)

    def test_all_hold_of_a_fresh_copy(self) -> None:
        assert set(self.states(draft()).values()) == {"holds"}

    def test_what_cannot_be_read_leaves_the_rest_untested(self) -> None:
        states = self.states(draft(Edit("set", f"{BANDS}/0/points", "")))
        assert (states["schema"], states["bands"], states["one-in-force"]) == ("broken", "untested", "untested")
        assert states["changed-numbers"] == "holds"

    def test_a_broken_sum_leaves_reach_untested_but_not_the_periods(self) -> None:
        states = self.states(draft(Edit("set", "/scorecard/parts/0/max", 31)))
        assert (states["adds-up"], states["bands"], states["maximum"], states["one-in-force"]) == (
            "broken",
            "holds",
            "untested",
            "holds",
        )

    def test_an_indicator_that_measures_nothing_is_told(self) -> None:
        edits = [Edit("set", f"{BANDS}/{place}/points", 3) for place in range(4)]
        found = [one for one in find_problems(draft(*edits)) if one.law == "no-dead-parts"]
        assert [(one.node, one.zh, one.en) for one in found] == [
            ("CR-4", "不论填什么都得3分", "gives 3 points whatever is stated")
        ]


class TestNewVersions:
    def test_it_takes_the_place_of_its_model_from_a_day_on(self) -> None:
        begun = begin_version(CAPABILITY, "2027", starts=STARTS)
        assert (begun["version"], begun["supersedes"]) == ("2027", ["ip-capability/2026"])
        assert begun["applies"] == [{"kinds": ["new", "renewal"], "from": "2027-01-01"}]
        assert CAPABILITY["version"] == "2026"

    def test_periods_that_are_over_stay_behind_and_later_ones_stay_later(self) -> None:
        begun = begin_version(shipped("srdi-sme/2026"), "2027", starts=STARTS)
        assert [(one["kinds"], one["from"]) for one in begun["applies"]] == [
            (["new"], "2027-01-01"),
            (["renewal"], "2029-01-01"),
        ]

    def test_of_a_version_that_is_over_the_last_period_is_opened_again(self) -> None:
        begun = begin_version(
            {**CAPABILITY, "applies": [{"to": "2026-01-31"}, {"to": "2026-06-30"}]}, "3", starts=STARTS
        )
        assert begun["applies"] == [{"from": "2027-01-01"}]

    def test_a_copy_of_a_draft_supersedes_what_the_draft_does(self) -> None:
        one = begin_version(CAPABILITY, "2027", starts=STARTS)
        assert begin_version(one, "2027b", starts=STARTS, is_published=False)["supersedes"] == ["ip-capability/2026"]

    @pytest.mark.parametrize("version", ["", "2027 年", "-1", "x" * 21, "2027/1"])
    def test_a_version_is_a_short_word(self, version: str) -> None:
        with pytest.raises(VersionError, match="版本号只能用字母"):
            begin_version(CAPABILITY, version, starts=STARTS)
