"""The list: drafted from the pools, frozen by its hash when the round is published (P13, S03)."""

from datetime import date

import pytest
from django.utils import timezone

from cultivation.accounts.models import Enterprise
from cultivation.core.actors import SYSTEM
from cultivation.core.canonical import fingerprint
from cultivation.pools.models import Placement
from cultivation.programmes.flow import round_flow
from cultivation.programmes.models import Round
from cultivation.programmes.services import create_round
from cultivation.publication.models import PublishedList
from cultivation.publication.services import draft_entries, list_title, print_list
from tests.factories.rounds import bring_in, published_round, score, scored_round
from tests.factories.workbooks import ADVANTAGE, ELSEWHERE, FIRMS, STARTER, VETOED

pytestmark = pytest.mark.django_db


def names(round_: Round) -> list[str]:
    return [entry["name"] for entry in draft_entries(round_)]


class TestDraft:
    def test_names_the_upper_tiers_by_division(self) -> None:
        assert names(scored_round()) == [ADVANTAGE.name, ELSEWHERE.name]

    def test_leading_firms_stand_before_advantage_firms_of_a_division(self) -> None:
        round_ = scored_round((ADVANTAGE, STARTER))
        Enterprise.objects.filter(uscc=STARTER.uscc).update(region="420111")
        Placement.objects.filter(enterprise__uscc=STARTER.uscc).update(tier="leading")
        assert names(round_) == [STARTER.name, ADVANTAGE.name]

    def test_a_firm_whose_place_is_not_told_stands_last(self) -> None:
        round_ = scored_round((ADVANTAGE, ELSEWHERE))
        Enterprise.objects.filter(uscc=ADVANTAGE.uscc).update(region="")
        assert [entry["region_name"] for entry in draft_entries(round_)] == ["宜昌市", "属地未填"]

    def test_a_veto_keeps_a_firm_out(self) -> None:
        assert names(scored_round((VETOED,))) == []


class TestFrozen:
    def test_later_changes_leave_it_as_it_was(self) -> None:
        round_ = published_round(FIRMS)
        before = PublishedList.objects.get()
        Enterprise.objects.update(name="改名有限公司")
        Placement.objects.filter(round=round_).update(tier="starter")
        after = PublishedList.objects.get()
        assert (after.entries, after.sha256) == (before.entries, before.sha256)
        assert fingerprint(after.entries) == after.sha256

    def test_it_says_who_published_it(self) -> None:
        published_round((ADVANTAGE,))
        assert PublishedList.objects.get().published_by == "系统"

    def test_its_paper_is_printed_once(self) -> None:
        round_ = published_round((ADVANTAGE,))
        first = print_list(SYSTEM, round_=round_)
        assert (print_list(SYSTEM, round_=round_), first.is_released) == (first, True)

    def test_a_draft_of_the_same_words_is_never_taken_for_it(self) -> None:
        """Even where the day of assessment is the day of publication, so that both read alike."""
        round_ = scored_round((ADVANTAGE,))
        Round.objects.update(assessed_on=timezone.localdate())
        round_.refresh_from_db()
        draft = print_list(SYSTEM, round_=round_)
        round_flow.run(round_, "publish", actor=SYSTEM)
        frozen = print_list(SYSTEM, round_=round_)
        assert draft.fingerprint == frozen.fingerprint
        assert (draft.is_released, frozen.is_released, draft.pk == frozen.pk) == (False, True, False)

    def test_a_round_without_listed_firms_has_an_empty_list(self) -> None:
        published_round((STARTER,))
        assert PublishedList.objects.get().entries == []

    def test_a_round_without_a_scorecard_has_no_list_at_all(self) -> None:
        """It places nobody, so an empty list would only mislead the public."""
        before = date(2025, 3, 31)
        round_ = create_round(SYSTEM, name="没有评分表", assessed_on=before, demonstration=True, without_scorecard=True)
        bring_in(round_, (STARTER,))
        score(round_)
        round_flow.run(round_, "publish", actor=SYSTEM)
        assert not PublishedList.objects.exists()


def test_the_title_says_that_it_is_a_trial() -> None:
    assert list_title(scored_round((STARTER,))) == "2026年度湖北省知识产权优势企业名单（试运行）"
