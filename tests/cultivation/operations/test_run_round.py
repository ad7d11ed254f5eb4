"""`manage.py run_round`: a workbook in, results and signed papers out; run twice it is the same (P20)."""

import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from cultivation.assessments.models import Assessment
from cultivation.assessments.services import receive_workbook
from cultivation.core.actors import SYSTEM
from cultivation.core.models import Job
from cultivation.documents.models import Certificate
from cultivation.operations.services import trial
from cultivation.programmes.models import Round
from tests.factories.rounds import ON
from tests.factories.workbooks import ADVANTAGE, STARTER, VETOED, Line, cut_workbook

pytestmark = pytest.mark.django_db
FIRMS = (ADVANTAGE, VETOED)


@pytest.fixture(autouse=True)
def one_process(settings: Any) -> None:
    settings.RENDER_PROCESSES = 1


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "汇总表.xlsx"
    path.write_bytes(cut_workbook(FIRMS))
    return path


def files_of(out: Path) -> dict[str, str]:
    found = (path for path in out.rglob("*") if path.is_file())
    return {str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest() for path in found}


def test_it_writes_what_was_promised_and_the_same_when_run_again(workbook: Path, tmp_path: Path) -> None:
    """A paper of a firm that is no longer in the workbook does not stay."""
    out = tmp_path / "out"
    stray = out / "reports" / "91420100MA0000000X.pdf"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"old")
    call_command("run_round", str(workbook), "--out", str(out))
    first, numbers = files_of(out), list(Certificate.objects.values_list("number", "token"))
    papers = {f"{folder}/{ADVANTAGE.uscc}.pdf" for folder in ("reports", "plans", "certificates")}
    papers |= {f"reports/{VETOED.uscc}.pdf", "list.pdf", "trust.pem"}
    assert set(first) == papers | {"result.json", "result.xlsx", "problems.json"}
    call_command("run_round", str(workbook), "--out", str(out))
    second = files_of(out)
    assert list(Certificate.objects.values_list("number", "token")) == numbers
    assert [name for name in first if first[name] != second[name] and not name.endswith(".xlsx")] == []


class TestResults:
    @pytest.fixture
    def carried(self) -> trial.Trial:
        data = cut_workbook((ADVANTAGE, STARTER, VETOED))
        begun = trial.start_trial(data, filename="a.xlsx", on=None, kind="new", watch=print)
        trial.score_trial(begun, print)
        return begun

    def test_firms_in_the_order_of_the_workbook(self, carried: trial.Trial) -> None:
        found = [(row["uscc"], row["name"], row["region"]) for row in trial.result_objects(carried)]
        assert found == [
            (ADVANTAGE.uscc, ADVANTAGE.name, "420100"),
            (STARTER.uscc, STARTER.name, "429005"),
            (VETOED.uscc, VETOED.name, "420900"),
        ]

    def test_the_stored_object_with_its_plan(self, carried: trial.Trial) -> None:
        stored = Assessment.objects.get(enterprise__uscc=ADVANTAGE.uscc).result.object
        row = trial.result_objects(carried)[0]
        assert {key: row[key] for key in stored} == stored
        assert {tuple(service) for service in row["plan"]} == {("service", "title", "reason", "expected_points")}

    def test_a_firm_without_a_place_has_no_plan(self, carried: trial.Trial) -> None:
        row = trial.result_objects(carried)[2]
        assert (row["capability"]["level"], row["plan"]) == (None, [])

    def test_the_day_is_the_sheets_own(self, carried: trial.Trial) -> None:
        assert {row["on"] for row in trial.result_objects(carried)} == {ON.isoformat()}


def test_another_day_and_kind_make_another_round(workbook: Path, tmp_path: Path) -> None:
    for more in ({}, {"on": ON + timedelta(days=60)}, {"kind": "renewal"}):
        trial.start_trial(
            workbook.read_bytes(), filename="a.xlsx", on=more.get("on"), kind=more.get("kind", "new"), watch=print
        )
    kinds = list(Round.objects.order_by("pk").values_list("assessed_on", "kind"))
    assert kinds == [(ON, "new"), (ON + timedelta(days=60), "new"), (ON, "renewal")]


class TestKilled:
    """A run that was killed leaves its job behind; no worker is there to take it over."""

    def test_the_next_run_goes_on_when_the_lease_is_over(self, workbook: Path, tmp_path: Path) -> None:
        begun = trial.start_trial(workbook.read_bytes(), filename="a.xlsx", on=None, kind="new", watch=print)
        job = receive_workbook(SYSTEM, round_=begun.round, data=workbook.read_bytes(), filename="a.xlsx")
        Job.objects.filter(pk=job.pk).update(
            state="running", worker="gone", attempts=1, lease_until=timezone.now() + timedelta(seconds=1)
        )
        again = trial.start_trial(workbook.read_bytes(), filename="a.xlsx", on=None, kind="new", watch=print)
        assert (again.round, Job.objects.get(pk=job.pk).state) == (begun.round, "done")


class TestRefusals:
    def run(self, file: Path, out: Path, *more: str) -> None:
        call_command("run_round", str(file), "--out", str(out), *more)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="没有找到文件"):
            self.run(tmp_path / "none.xlsx", tmp_path / "out")

    def test_a_file_that_is_no_workbook(self, tmp_path: Path) -> None:
        (tmp_path / "a.xlsx").write_text("<html>")
        with pytest.raises(CommandError):
            self.run(tmp_path / "a.xlsx", tmp_path / "out")

    def test_a_day_that_is_none(self, workbook: Path, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="2026-02-30 不是有效日期"):
            self.run(workbook, tmp_path / "out", "--on", "2026-02-30")

    def test_a_day_without_a_scorecard(self, workbook: Path, tmp_path: Path) -> None:
        """The programmes of that day are still answered; there are no tiers, so no reports, plans or certificates."""
        out = tmp_path / "out"
        self.run(workbook, out, "--on", "2025-06-01")
        results = json.loads((out / "result.json").read_text())
        assert {result["capability"]["level"] for result in results} == {None}
        assert {result["programmes"]["ip-advantage"]["rulebook"] for result in results} == {"ip-advantage/2023"}
        assert sorted(path.suffix for path in out.rglob("*.*")) == [".json", ".json", ".pdf", ".pem", ".xlsx"]

    def test_a_kind_that_is_none(self, workbook: Path, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="old"):
            self.run(workbook, tmp_path / "out", "--kind", "old")

    def test_a_folder_that_is_a_file(self, workbook: Path, tmp_path: Path) -> None:
        (tmp_path / "out").write_text("")
        with pytest.raises(CommandError, match="读写文件失败"):
            self.run(workbook, tmp_path / "out")

    def test_when_no_firm_survives_the_problems_say_why(self, tmp_path: Path) -> None:
        path = tmp_path / "a.xlsx"
        path.write_bytes(cut_workbook((Line(5, "某某有限公司", "9142010", "武汉市"),)))
        with pytest.raises(CommandError, match="没有一家企业可以评分"):
            self.run(path, tmp_path / "out")
        problems = json.loads((tmp_path / "out" / "problems.json").read_text())
        assert "error" in {problem["severity"] for problem in problems}
        assert {tuple(problem) for problem in problems} == {
            ("sheet", "cell", "value", "severity", "code", "problem", "done", "todo")
        }
