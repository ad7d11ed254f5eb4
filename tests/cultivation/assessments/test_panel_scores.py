"""A panel's scores come from Excel: all of a file or none of it, with the cell that is wrong (P06)."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from cultivation.assessments.models import PanelScore
from cultivation.assessments.services.learning import import_panel_scores, panel_workbook
from cultivation.core.actors import SYSTEM
from cultivation.core.errors import BadInput, NotAllowed
from cultivation.core.models import AuditEvent
from cultivation.programmes.models import PinnedRulebook, Round
from tests.factories.accounts import valid_uscc
from tests.factories.cases import take_part
from tests.factories.rounds import new_round, scored_round
from tests.factories.workbooks import ADVANTAGE, ELSEWHERE, STARTER
from tests.people import People

pytestmark = pytest.mark.django_db
HEADS = ["统一社会信用代码", "企业名称", "评审专家", "得分", "备注"]


def sheet(*rows: list[Any], heads: list[str] = HEADS, above: int = 0) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "评分"
    for _ in range(above):
        page.append(["2026年专家组评分表"])
    for row in [heads, *rows]:
        page.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def line(firm: Any, reviewer: str, score: Any, note: str = "") -> list[Any]:
    return [firm.uscc, firm.name, reviewer, score, note]


@pytest.fixture
def round_() -> Round:
    return scored_round((ADVANTAGE, ELSEWHERE))


def take(round_: Round, data: bytes, origin: str = "panel") -> Any:
    return import_panel_scores(SYSTEM, round_=round_, data=data, origin=origin)


def stored() -> list[tuple[str, str, float, str]]:
    return list(PanelScore.objects.values_list("assessment__enterprise__name", "reviewer", "score", "origin"))


class TestReading:
    def test_each_line_is_one_score(self, round_: Round) -> None:
        rows = [line(ADVANTAGE, "严谨", 71.5, "布局好"), line(ADVANTAGE, "宽和", "80分"), line(ELSEWHERE, "严谨", 40)]
        read = take(round_, sheet(*rows, above=2))
        assert (len(read.scores), read.problems) == (3, [])
        assert stored() == [
            (ADVANTAGE.name, "严谨", 71.5, "panel"),
            (ADVANTAGE.name, "宽和", 80.0, "panel"),
            (ELSEWHERE.name, "严谨", 40.0, "panel"),
        ]
        assert PanelScore.objects.get(score=71.5).note == "布局好"
        event = AuditEvent.objects.get(action="panelscore.import")
        assert event.detail == {"scores": 3, "reviewers": 2}

    def test_a_second_file_replaces_the_same_reviewers_scores(self, round_: Round) -> None:
        take(round_, sheet(line(ADVANTAGE, "严谨", 70), line(ELSEWHERE, "严谨", 40)))
        take(round_, sheet(line(ADVANTAGE, "严谨", 75)), origin="simulated")
        assert stored() == [(ADVANTAGE.name, "严谨", 75.0, "simulated"), (ELSEWHERE.name, "严谨", 40.0, "panel")]

    def test_a_preview_counts_what_it_would_take_and_takes_nothing(self, round_: Round) -> None:
        take(round_, sheet(line(ADVANTAGE, "严谨", 70)))
        given = sheet(line(ADVANTAGE, "严谨", 60), line(ELSEWHERE, "严谨", 40))
        read = import_panel_scores(SYSTEM, round_=round_, data=given, origin="panel", is_preview=True)
        assert (len(read.scores), read.replaced, read.is_stored) == (2, 1, False)
        assert read.by_reviewer() == [{"reviewer": "严谨", "scores": 2, "mean": 50}]
        assert stored() == [(ADVANTAGE.name, "严谨", 70.0, "panel")]

    def test_lines_without_reviewer_and_score_are_not_filled_in_yet(self, round_: Round) -> None:
        read = take(round_, sheet(line(ADVANTAGE, "严谨", 70), line(ELSEWHERE, "", ""), ["", "", "", "", ""]))
        assert (len(read.scores), read.problems) == (1, [])

    def test_the_empty_sheet_holds_the_round_and_comes_back(self, round_: Round) -> None:
        book = openpyxl.load_workbook(BytesIO(panel_workbook(round_)))
        rows = [list(row) for row in book.active.iter_rows(values_only=True)]
        assert rows[0] == HEADS
        assert [row[:2] for row in rows[1:]] == [[ADVANTAGE.uscc, ADVANTAGE.name], [ELSEWHERE.uscc, ELSEWHERE.name]]
        page = book.active
        page["C2"], page["D2"] = "严谨", 66
        out = BytesIO()
        book.save(out)
        take(round_, out.getvalue())
        assert stored() == [(ADVANTAGE.name, "严谨", 66.0, "panel")]


class TestWrongCells:
    @pytest.mark.parametrize(
        ("row", "cell", "words"),
        [
            (line(ADVANTAGE, "严谨", "优"), "D2", "得分应是一个数字"),
            (line(ADVANTAGE, "严谨", True), "D2", "得分应是一个数字"),
            (line(ADVANTAGE, "严谨", None), "D2", "得分应是一个数字"),
            (line(ADVANTAGE, "严谨", 106), "D2", "得分应在 0 至 105 之间"),
            (line(ADVANTAGE, "严谨", -0.5), "D2", "得分应在 0 至 105 之间"),
            (line(ADVANTAGE, "严谨", "nan"), "D2", "得分应在 0 至 105 之间"),
            (line(ADVANTAGE, "严谨", "inf"), "D2", "得分应在 0 至 105 之间"),
            (line(ADVANTAGE, "", 70), "C2", "没有填评审专家"),
            (line(ADVANTAGE, "长" * 41, 70), "C2", "专家姓名不超过 40 个字"),
            (line(STARTER, "严谨", 70), "A2", "本批次没有这家已评定的企业，请核对代码，或删去这一行"),
            ([valid_uscc(5)[:-1], "某企业", "严谨", 70, ""], "A2", "统一社会信用代码应为 18 位，此处为 17 位"),
        ],
    )
    def test_it_is_named_with_what_to_do_and_nothing_is_stored(
        self, round_: Round, row: list[Any], cell: str, words: str
    ) -> None:
        read = take(round_, sheet(row, line(ELSEWHERE, "严谨", 60)))
        assert [(one.sheet, one.cell, one.problem) for one in read.problems] == [("评分", cell, words)]
        assert stored() == []

    def test_the_same_reviewer_twice_for_one_firm(self, round_: Round) -> None:
        read = take(round_, sheet(line(ADVANTAGE, "严谨", 70), line(ADVANTAGE, "严谨", 71)))
        assert [(one.cell, one.value) for one in read.problems] == [("C3", "严谨")]

    def test_a_firm_that_is_not_decided_has_no_panel(self, round_: Round) -> None:
        waiting = take_part(round_, {"revenue": 1000})
        read = take(round_, sheet([waiting.enterprise.uscc, "", "严谨", 70, ""]))
        assert [one.cell for one in read.problems] == ["A2"]

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"no workbook", "unreadable_workbook"),
            (sheet(heads=["企业", "分"]), "no_heads"),
            (sheet(), "no_scores"),
        ],
    )
    def test_a_file_that_is_none(self, round_: Round, data: bytes, code: str) -> None:
        with pytest.raises(BadInput) as refusal:
            take(round_, data)
        assert refusal.value.code == code

    def test_an_unknown_origin(self, round_: Round) -> None:
        with pytest.raises(BadInput, match="专家组还是模拟专家组"):
            take(round_, sheet(line(ADVANTAGE, "严谨", 70)), origin="formula")

    def test_a_round_without_a_scorecard(self) -> None:
        round_ = new_round()
        PinnedRulebook.objects.filter(round=round_, programme="ip-capability").update(rulebook=None)
        with pytest.raises(BadInput, match="没有能力评分表"):
            take(round_, sheet(line(ADVANTAGE, "严谨", 70)))


class TestApi:
    def post(self, api: APIClient, round_: Round, data: bytes, **more: str) -> Any:
        body = {"file": SimpleUploadedFile("评分.xlsx", data), "origin": "panel", **more}
        return api.post(f"/api/v1/rounds/{round_.pk}/panel-scores", body, format="multipart")

    def test_scores_are_taken_and_listed_by_reviewer(self, people: People, api: APIClient, round_: Round) -> None:
        api.force_authenticate(people.who("province_officer"))
        data = sheet(line(ADVANTAGE, "严谨", 70), line(ELSEWHERE, "宽和", 50))
        counted = {"scores": 2, "replaced": 0, "problems": []}
        reviewers = [{"reviewer": "严谨", "scores": 1, "mean": 70.0}, {"reviewer": "宽和", "scores": 1, "mean": 50.0}]
        seen = self.post(api, round_, data, preview="true").json()
        assert (seen, stored()) == ({"stored": 0, **counted, "reviewers": reviewers}, [])
        assert self.post(api, round_, data).json() == {"stored": 2, **counted, "reviewers": reviewers}
        listed = api.get(f"/api/v1/rounds/{round_.pk}/panel-scores?reviewer=宽和").json()
        assert [(row["name"], row["score"], row["origin_label"]) for row in listed["results"]] == [
            (ELSEWHERE.name, 50.0, "专家组")
        ]
        book = api.get(f"/api/v1/rounds/{round_.pk}/panel-scores/workbook")
        assert book.content.startswith(b"PK")

    def test_wrong_cells_come_back_and_nothing_is_stored(self, people: People, api: APIClient, round_: Round) -> None:
        api.force_authenticate(people.who("province_officer"))
        answer = self.post(api, round_, sheet(line(ADVANTAGE, "严谨", "高"))).json()
        assert answer["stored"] == 0
        assert answer["problems"] == [{"sheet": "评分", "cell": "D2", "value": "高", "problem": "得分应是一个数字"}]

    def test_without_a_file(self, people: People, api: APIClient, round_: Round) -> None:
        api.force_authenticate(people.who("province_officer"))
        answer = api.post(f"/api/v1/rounds/{round_.pk}/panel-scores", {"origin": "panel"}, format="multipart")
        assert (answer.status_code, answer.json()["code"]) == (422, "no_file")

    def test_others_may_not(self, people: People, round_: Round) -> None:
        with pytest.raises(NotAllowed):
            import_panel_scores(people.who("city_leader").actor, round_=round_, data=b"", origin="panel")
