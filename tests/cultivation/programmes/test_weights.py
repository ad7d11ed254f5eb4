"""Weights by pairwise comparison: judgements kept, weights shown, put into the draft with their reason (P05)."""

from itertools import combinations
from typing import Any

import pytest

from cultivation.core.actors import Actor
from cultivation.core.errors import BadInput, Conflict, NotAllowed
from cultivation.core.models import AuditEvent
from cultivation.programmes.models import RulebookDraft
from cultivation.programmes.services import apply_weights, judge_pairs, problems_of, undo_edit, weighing_of
from scoring import weighed_parts
from tests.factories.drafts import WHY, change, new_draft
from tests.people import People

pytestmark = pytest.mark.django_db

DIMENSIONS = ("creation", "utilisation", "protection", "management")
# 2 : 1 : 1 : 1
CREATION_COUNTS_DOUBLE = {f"{one}|{two}": "2" if one == "creation" else "1" for one, two in combinations(DIMENSIONS, 2)}
# creation above utilisation above protection above creation
CIRCLE = {
    **CREATION_COUNTS_DOUBLE,
    "creation|utilisation": "9",
    "utilisation|protection": "9",
    "creation|protection": "1/9",
}


@pytest.fixture
def officer(people: People) -> Actor:
    return people.who("province_officer").actor


@pytest.fixture
def draft(officer: Actor) -> RulebookDraft:
    return new_draft(officer)


def judge(officer: Actor, draft: RulebookDraft, judgements: dict[str, str], group: str = "") -> dict[str, Any]:
    judge_pairs(officer, draft=draft, group=group, judgements=judgements)
    return weighing_of(draft, group=group)


class TestJudging:
    def test_judgements_are_kept_before_all_are_given(self, officer: Actor, draft: RulebookDraft) -> None:
        found = judge(officer, draft, {"creation|utilisation": "3"})
        assert (found["missing"], found["result"]) == (5, None)
        assert found["judgements"] == {"creation|utilisation": "3"}

    def test_all_given_they_are_weights_and_what_these_make_of_the_maxima(
        self, officer: Actor, draft: RulebookDraft
    ) -> None:
        result = judge(officer, draft, CREATION_COUNTS_DOUBLE)["result"]
        assert result["weights"] == pytest.approx(dict(zip(DIMENSIONS, (0.4, 0.2, 0.2, 0.2), strict=True)))
        assert result["maxima"] == dict(zip(DIMENSIONS, (40, 20, 20, 20), strict=True))
        assert (round(result["ratio"], 9), result["is_consistent"], result["doubt"]) == (0, True, None)

    def test_a_circle_is_inconsistent_and_names_its_doubt(self, officer: Actor, draft: RulebookDraft) -> None:
        result = judge(officer, draft, CIRCLE)["result"]
        assert (result["ratio"] > 0.1, result["is_consistent"]) == (True, False)
        assert {result["doubt"]["one"], result["doubt"]["two"]} <= set(DIMENSIONS)

    def test_groups_are_the_dimensions_and_the_indicators_of_each(self, draft: RulebookDraft) -> None:
        assert [one["code"] for one in weighing_of(draft)["groups"]] == ["", *DIMENSIONS]
        assert [part["code"] for part in weighing_of(draft, group="protection")["parts"]][:2] == ["PR-1", "PR-2"]

    def test_titles_in_english(self, draft: RulebookDraft) -> None:
        assert weighing_of(draft, lang="en")["parts"][0]["title"] == "Creation"

    @pytest.mark.parametrize("key", ["creation|bonus", "utilisation|creation", "creation", ""])
    def test_only_pairs_of_the_group_are_judged(self, officer: Actor, draft: RulebookDraft, key: str) -> None:
        with pytest.raises(BadInput, match="有的比较不在这一组里。"):
            judge(officer, draft, {key: "3"})

    @pytest.mark.parametrize("judgement", ["0", "10", "1/10", "多", "", "1/0", "-3"])
    def test_a_judgement_is_one_of_saaty_s_scale(self, officer: Actor, draft: RulebookDraft, judgement: str) -> None:
        with pytest.raises(BadInput) as caught:
            judge(officer, draft, {"creation|utilisation": judgement})
        assert caught.value.code == "bad_judgement"

    def test_what_has_no_parts_has_no_weights(self, officer: Actor) -> None:
        with pytest.raises(BadInput, match="这一组没有可以比较的两项"):
            weighing_of(new_draft(officer, key="hnte/2016"))

    def test_weights_too_far_apart_make_no_maxima(self, officer: Actor, draft: RulebookDraft) -> None:
        nines = {f"{one}|{two}": "9" if one == "creation" else "1" for one, two in combinations(DIMENSIONS, 2)}
        for one in DIMENSIONS[1:3]:
            nines[f"{one}|management"] = "9"
        assert judge(officer, draft, nines)["result"]["maxima"] is None

    def test_others_judge_nothing(self, people: People, draft: RulebookDraft) -> None:
        with pytest.raises(NotAllowed):
            judge(people.who("city_leader").actor, draft, {})


def apply(officer: Actor, draft: RulebookDraft, reason: str = WHY, revision: int | None = None) -> None:
    apply_weights(officer, draft=draft, revision=revision or draft.revision, group="", reason=reason)
    draft.refresh_from_db()


class TestApplying:
    def test_maxima_and_points_follow_and_the_laws_hold(self, officer: Actor, draft: RulebookDraft) -> None:
        judge(officer, draft, CREATION_COUNTS_DOUBLE)
        apply(officer, draft)
        assert [part["max"] for part in weighed_parts(draft.document)] == [40, 20, 20, 20]
        assert problems_of(draft) == []

    def test_the_audit_trail_says_how_and_why(self, officer: Actor, draft: RulebookDraft) -> None:
        judge(officer, draft, CREATION_COUNTS_DOUBLE)
        apply(officer, draft)
        detail = AuditEvent.objects.get(action="rulebookdraft.weigh").detail
        assert (detail["reason"], detail["ratio"], detail["maxima"]["creation"]) == (WHY, 0, 40)
        assert detail["judgements"] == CREATION_COUNTS_DOUBLE

    def test_it_can_be_undone(self, officer: Actor, draft: RulebookDraft) -> None:
        before = draft.document
        judge(officer, draft, CREATION_COUNTS_DOUBLE)
        apply(officer, draft)
        undo_edit(officer, draft=draft, revision=draft.revision)
        draft.refresh_from_db()
        assert draft.document == before

    def test_inconsistent_judgements_go_in_with_a_reason_alone(self, officer: Actor, draft: RulebookDraft) -> None:
        judge(officer, draft, CIRCLE)
        with pytest.raises(BadInput, match="请写明按两两比较调整权重的理由。"):
            apply(officer, draft, reason=" ")
        apply(officer, draft, reason="专家会议一致同意，虽不一致仍采用。")
        assert AuditEvent.objects.get(action="rulebookdraft.weigh").detail["ratio"] > 0.1

    def test_all_must_be_compared(self, officer: Actor, draft: RulebookDraft) -> None:
        judge(officer, draft, {"creation|utilisation": "3"})
        with pytest.raises(BadInput, match="还有没有比较的两项，先比较完。"):
            apply(officer, draft)

    def test_a_second_tab_is_told(self, officer: Actor, draft: RulebookDraft) -> None:
        judge(officer, draft, CREATION_COUNTS_DOUBLE)
        change(officer, draft, "/issuer", "湖北省知识产权局")
        with pytest.raises(Conflict):
            apply(officer, draft, revision=1)

    def test_numbers_that_cannot_be_read_are_told(self, officer: Actor, draft: RulebookDraft) -> None:
        judge(officer, draft, CREATION_COUNTS_DOUBLE)
        change(officer, draft, "/scorecard/parts/0/max", "很多")
        with pytest.raises(BadInput, match="“很多”不是数"):
            apply(officer, draft)
