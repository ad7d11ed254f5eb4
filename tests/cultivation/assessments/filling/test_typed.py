"""What people type or paste is read as they mean it, or told in their words; nothing of it is lost (E05, E13)."""

from typing import Any

import pytest

from cultivation.assessments.models import Assessment
from cultivation.assessments.services.filling import Change, Saved, save_answers
from cultivation.assessments.services.filling.form import saved_page
from cultivation.core.actors import Actor
from tests.factories.filling import begin
from tests.people import People

pytestmark = pytest.mark.django_db
MONEY, COUNT, PERCENT, DATE, INDUSTRY, BAR = (
    "revenue", "employees", "niche_market_share", "registered_on", "industry_code", "fraud_ban_until",
)  # fmt: skip


@pytest.fixture
def actor(people: People) -> Actor:
    return people.who("enterprise_filler").actor


@pytest.fixture
def draft(people: People, actor: Actor) -> Assessment:
    return begin(actor, people.firm)


def save(actor: Actor, draft: Assessment, code: str, text: Any) -> Saved:
    return save_answers(actor, draft=draft, changes=[Change(code, text, 0)])[0][0]


@pytest.mark.parametrize(
    ("code", "text", "declared", "note"),
    [
        (MONEY, "1,234.50", 1234.5, ""),
        (MONEY, "1，234.50", 1234.5, ""),
        (MONEY, "１２３", 123, ""),
        (MONEY, " 1 234 ", 1234, ""),
        (MONEY, "12万", 12, "“12万”已按 12 万元 保存。"),
        (MONEY, "350000元", 35, "“350000元”已按 35 万元 保存。"),
        (MONEY, "1.2亿元", 12000, "“1.2亿元”已按 12000 万元 保存。"),
        (MONEY, "无", 0, "“无”已按 0 万元 保存。"),
        (MONEY, "不清楚", None, "“不清楚”已按“暂不知道”保存。"),
        (MONEY, "暂不知道", None, "“暂不知道”已按“暂不知道”保存。"),
        (MONEY, "不适用", "n/a", "“不适用”已按“不适用”保存。"),
        (MONEY, "12万元", 12, ""),
        (COUNT, "60人", 60, ""),
        (COUNT, "60名", 60, "“60名”已按 60 人 保存。"),
        (PERCENT, "5%", 5, ""),
        (PERCENT, "５％", 5, ""),
        (DATE, "2024.3.5", "2024-03-05", ""),
        (DATE, "2024年3月5日", "2024-03-05", ""),
        (DATE, "2024/3/5", "2024-03-05", ""),
        (DATE, "20240305", "2024-03-05", ""),
        (INDUSTRY, "C3563", "3563", ""),
        (BAR, "无", None, "“无”已按“没有”保存。"),
    ],
)
def test_it_is_read_as_meant_and_said_where_it_was_interpreted(
    actor: Actor, draft: Assessment, code: str, text: str, declared: Any, note: str
) -> None:
    saved = save(actor, draft, code, text)
    assert saved.answer is not None
    assert (saved.outcome, saved.problem, saved.answer.typed, saved.answer.declared) == ("saved", "", "", declared)
    assert saved_page(saved)["note"] == note


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        (MONEY, "-5", "不能为负数"),
        (MONEY, "1e999", "请写出完整的数"),
        (MONEY, "－", "没有请填 0"),
        (MONEY, "约12", "约数"),
        (MONEY, "100-200", "范围"),
        (MONEY, "12美元", "不折算外币"),
        (MONEY, "1.234,50", "逗号"),
        (MONEY, "二十", "只填数字"),
        (COUNT, "12.5", "应为整数"),
        (COUNT, "12万", "单位"),
        (PERCENT, "120", "最大值 100"),
        (DATE, "2024年3月", "缺少具体日期"),
        (DATE, "2024-02-30", "没有这一天"),
        (DATE, "无", "没有日期时"),
        (BAR, "不清楚", "没有日期时"),
        (INDUSTRY, "专用设备", "2 至 4 位数字"),
    ],
)
def test_what_cannot_be_read_stays_as_it_was_typed_with_a_sentence(
    actor: Actor, draft: Assessment, code: str, text: str, words: str
) -> None:
    saved = save(actor, draft, code, text)
    assert words in saved.problem
    assert saved.answer is not None
    assert (saved.answer.typed, saved.answer.declared, saved.note) == (text, None, "")


def test_a_very_long_text_is_kept_whole_with_its_edit(actor: Actor, draft: Assessment) -> None:
    text = "很长" * 5000
    saved = save(actor, draft, MONEY, text)
    assert saved.problem
    assert draft.edits.get().value == text


def test_reading_a_text_twice_is_the_same_answer(actor: Actor, draft: Assessment) -> None:
    save(actor, draft, MONEY, "12万元")
    assert save(actor, draft, MONEY, "12").outcome == "same"
