"""Old results are made again from their facts and pinned rulebooks, and compared byte for byte (P07)."""

import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from cultivation.accounts.states import ROLES
from cultivation.assessments.models import Answer, Assessment, Result, Verification, VerificationFinding
from cultivation.assessments.services import request_verification, verify_results, verifying
from cultivation.core.actors import SYSTEM
from cultivation.core.canonical import NOTHING, first_difference
from cultivation.core.errors import NotAllowed
from cultivation.core.jobs import run_now
from cultivation.core.models import Job
from cultivation.programmes.models import PinnedRulebook, PublishedRulebook, Round
from tests.factories.rounds import assessment_of, bring_in, new_round, scored_round
from tests.factories.workbooks import ADVANTAGE, ELSEWHERE, STARTER
from tests.people import People

pytestmark = pytest.mark.django_db


def verify(round_: Round | None = None) -> Verification:
    record, job = request_verification(SYSTEM, round_=round_)
    assert run_now(job).state == "done"
    record.refresh_from_db()
    return record


def counts(record: Verification) -> tuple[int, int, int, int]:
    return record.results, record.agreed, record.differed, record.waiting


def found(record: Verification) -> list[tuple[str, str, str]]:
    return list(record.findings.values_list("name", "cause", "path"))


def result_of(round_: Round, firm: Any) -> Result:
    return assessment_of(round_, firm).result


class TestUntouched:
    def test_every_case_agrees(self) -> None:
        record = verify(scored_round())
        assert (counts(record), found(record)) == ((4, 4, 0, 0), [])
        assert record.finished_at is not None

    def test_a_result_stored_before_facts_had_a_fingerprint_agrees(self) -> None:
        round_ = scored_round((ADVANTAGE,))
        Result.objects.update(facts_fingerprint="")
        assert counts(verify(round_)) == (1, 1, 0, 0)

    def test_all_rounds_are_verified_unless_one_is_named(self) -> None:
        first = scored_round((ADVANTAGE,))
        Round.objects.filter(pk=first.pk).update(name="上一批次")
        scored_round((ELSEWHERE, STARTER))
        assert counts(verify()) == (3, 3, 0, 0)
        assert counts(verify(first)) == (1, 1, 0, 0)

    def test_facts_brought_in_anew_wait_for_their_score(self) -> None:
        round_ = scored_round((ADVANTAGE, ELSEWHERE))
        bring_in(round_, (ADVANTAGE, STARTER))
        assert counts(verify(round_)) == (2, 1, 0, 1)

    def test_a_firm_that_left_the_round_is_still_a_case(self) -> None:
        round_ = scored_round((ADVANTAGE, ELSEWHERE))
        bring_in(round_, (ADVANTAGE,))
        assert Assessment.objects.get(enterprise__uscc=ELSEWHERE.uscc).state == "withdrawn"
        Result.objects.filter(assessment__enterprise__uscc=ELSEWHERE.uscc).update(score_low=0.5)
        assert found(verify(round_)) == [(ELSEWHERE.name, "program", "score_low")]


class TestTampered:
    @pytest.fixture
    def round_(self) -> Round:
        return scored_round((ADVANTAGE, ELSEWHERE))

    def test_a_changed_answer_is_found(self, round_: Round) -> None:
        answer = Answer.objects.filter(assessment=assessment_of(round_, ADVANTAGE), code="valid_invention_patents")
        answer.update(approved=3)
        record = verify(round_)
        assert counts(record) == (2, 1, 1, 0)
        [(name, cause, path)] = found(record)
        assert (name, cause) == (ADVANTAGE.name, "facts")
        assert path.startswith("capability.clauses[")

    def test_a_changed_answer_that_no_rule_reads_is_found(self, round_: Round) -> None:
        assessment = assessment_of(round_, ADVANTAGE)
        Answer.objects.create(assessment=assessment, code="designation_body", state="known", approved="某单位")
        assert found(verify(round_)) == [(ADVANTAGE.name, "facts", "facts_fingerprint")]

    def test_a_changed_result_is_found_with_both_values(self, round_: Round) -> None:
        result = result_of(round_, ELSEWHERE)
        result.object["capability"]["level"] = "leading"
        result.save()
        record = verify(round_)
        finding = record.findings.get()
        assert (finding.name, finding.cause, finding.path) == (ELSEWHERE.name, "result", "capability.level")
        assert (finding.stored, finding.subject) == ('"leading"', ELSEWHERE.uscc)
        assert finding.again != finding.stored

    def test_a_removed_clause_is_found(self, round_: Round) -> None:
        result = result_of(round_, ADVANTAGE)
        removed = result.object["programmes"]["hnte"]["clauses"].pop()
        result.save()
        finding = verify(round_).findings.get()
        assert finding.path == f"programmes.hnte.clauses[{removed['id']}]"
        assert finding.stored == "（无）"

    @pytest.mark.parametrize(
        "change", [{"level": "leading"}, {"score_low": 104.5}, {"score_high": None}, {"level_possible": ""}]
    )
    def test_a_changed_column_is_found(self, round_: Round, change: dict[str, Any]) -> None:
        Result.objects.filter(pk=result_of(round_, ADVANTAGE).pk).update(**change)
        assert found(verify(round_)) == [(ADVANTAGE.name, "program", *change)]

    def test_a_changed_fingerprint_is_found(self, round_: Round) -> None:
        Result.objects.filter(pk=result_of(round_, ADVANTAGE).pk).update(fingerprint="0" * 64)
        assert found(verify(round_)) == [(ADVANTAGE.name, "result", "fingerprint")]

    def test_a_changed_rulebook_is_named_and_so_is_every_case_under_it(self, round_: Round) -> None:
        verify(round_)  # what a worker has in memory hides nothing
        book = PublishedRulebook.objects.get(key="ip-capability/2026")
        book.document["tiers"][1]["at_least"] = 5
        book.save()
        record = verify(round_)
        assert counts(record) == (2, 0, 2, 0)
        assert found(record) == [
            (ADVANTAGE.name, "rulebook", "capability.fingerprint"),
            (ELSEWHERE.name, "rulebook", "capability.fingerprint"),
            ("规则书 ip-capability/2026", "rulebook", "document"),
        ]

    def test_a_rulebook_that_can_not_be_read_any_more_is_named(self, round_: Round) -> None:
        PublishedRulebook.objects.filter(key="ip-capability/2026").update(document={"id": "ip-capability"})
        record = verify(round_)
        assert counts(record) == (2, 0, 2, 0)
        assert ("规则书 ip-capability/2026", "rulebook", "document") in found(record)

    def test_another_rulebook_in_the_place_of_the_pinned_one_is_found(self, round_: Round) -> None:
        other = PublishedRulebook.objects.get(key="srdi-sme/2026")
        PinnedRulebook.objects.filter(round=round_, programme="srdi-sme").update(rulebook=other)
        record = verify(round_)
        assert ("规则书 srdi-sme/2026", "rulebook", "document") in found(record)
        assert record.agreed == 0

    def test_a_result_of_a_newer_program_is_not_guessed_at(self, round_: Round) -> None:
        Result.objects.filter(pk=result_of(round_, ADVANTAGE).pk).update(output_version=99)
        assert found(verify(round_)) == [(ADVANTAGE.name, "program", "output_version")]


class TestRun:
    def test_a_batch_asks_the_database_the_same_number_of_times_however_many_cases_there_are(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        round_ = scored_round()
        seen: list[int] = []
        asked = []
        for size in (4, 2, 1):
            monkeypatch.setattr(verifying, "BATCH", size)
            record, _ = request_verification(SYSTEM, round_=round_)
            with CaptureQueriesContext(connection) as queries:
                verify_results(record, progress=lambda done, total, note: seen.append(done))
            asked.append(len(queries))
        assert seen == [4, 2, 4, 1, 2, 3, 4]
        assert asked[2] - asked[1] == 2 * (asked[1] - asked[0])

    def test_a_run_that_was_killed_goes_on_and_counts_nothing_twice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(verifying, "BATCH", 2)
        round_ = scored_round()
        Result.objects.update(level="leading")

        def kill(done: int, total: int, note: str) -> None:
            raise KeyboardInterrupt

        record, _ = request_verification(SYSTEM, round_=round_)
        with pytest.raises(KeyboardInterrupt):
            verify_results(record, progress=kill)
        again = Verification.objects.get(pk=record.pk)
        assert (again.results, again.finished_at) == (2, None)
        verify_results(again)
        assert (counts(again), again.findings.count()) == ((4, 0, 4, 0), 4)

    @pytest.mark.parametrize("role", ["city_leader", "enterprise_approver", "expert", "system_admin"])
    def test_others_may_not_ask_for_it(self, people: People, role: str) -> None:
        with pytest.raises(NotAllowed):
            request_verification(people.who(role).actor)
        assert not Verification.objects.visible_to(people.who(role).actor).exists()

    @pytest.mark.parametrize("role", ["province_officer", "audit_admin"])
    def test_the_province_and_the_auditor_may(self, people: People, role: str) -> None:
        record, _ = request_verification(people.who(role).actor)
        assert Verification.objects.visible_to(people.who(role).actor).get() == record


class TestApi:
    @pytest.mark.parametrize("role", ["province_officer", "audit_admin"])
    def test_what_can_be_made_again(self, people: People, api: APIClient, role: str) -> None:
        scored = scored_round((ADVANTAGE,))
        new_round(name="还没有评分")
        api.force_authenticate(people.who(role))
        page = api.get("/api/v1/verifications/choices").json()
        assert (page["can_start"]["name"], page["can_start"]["enabled"]) == ("verify", True)
        if role == "province_officer":
            assert page["rounds"] == [{"id": scored.pk, "name": scored.name, "scored": 1}]

    def test_a_run_is_asked_for_and_its_findings_read(self, people: People, api: APIClient) -> None:
        round_ = scored_round((ADVANTAGE, ELSEWHERE))
        Result.objects.filter(pk=result_of(round_, ELSEWHERE).pk).update(level="leading")
        api.force_authenticate(people.who("province_officer"))
        asked = api.post("/api/v1/verifications", {"round": round_.pk}, format="json")
        assert (asked.status_code, asked.json()["job"]["state"]) == (202, "queued")
        run_now(Job.objects.get(kind="assessments.verify_results"))
        run = api.get("/api/v1/verifications").json()["results"][0]
        assert (run["round_name"], run["results"], run["agreed"], run["differed"]) == (round_.name, 2, 1, 1)
        found = api.get(f"/api/v1/verifications/{run['id']}/findings").json()["results"]
        assert [(one["subject"], one["path"], one["stored"]) for one in found] == [
            (ELSEWHERE.uscc, "level", '"leading"')
        ]

    @pytest.mark.parametrize("role", sorted(set(ROLES) - {"province_officer", "province_leader", "audit_admin"}))
    def test_others_are_refused(self, people: People, api: APIClient, role: str) -> None:
        api.force_authenticate(people.who(role))
        assert api.get("/api/v1/verifications/choices").status_code == 403
        assert api.post("/api/v1/verifications", {}, format="json").status_code == 403


class TestCommand:
    def command(self, **options: Any) -> str:
        out = io.StringIO()
        call_command("rescore", "--verify", stdout=out, **options)
        return out.getvalue()

    def test_it_says_that_all_agree(self) -> None:
        scored_round()
        assert self.command().splitlines() == ["共 4 家：4 家一致，0 家不一致"]

    def test_it_names_each_case_that_differs_and_fails(self) -> None:
        round_ = scored_round((ADVANTAGE, ELSEWHERE))
        Result.objects.filter(pk=result_of(round_, ELSEWHERE).pk).update(level="leading")
        out = io.StringIO()
        with pytest.raises(CommandError) as refusal:
            call_command("rescore", "--verify", round_id=round_.pk, stdout=out)
        lines = out.getvalue().splitlines()
        assert (refusal.value.returncode, len(lines)) == (1, 2)
        assert lines[0].startswith(
            f'{round_.name}  {ELSEWHERE.uscc} {ELSEWHERE.name}  程序复算结果不同  level：存档 "leading"'
        )
        assert lines[1] == "共 2 家：1 家一致，1 家不一致"

    def test_it_tells_which_wait(self) -> None:
        bring_in(scored_round((ADVANTAGE,)), (ADVANTAGE,))
        assert "1 家重新导入后尚未评分" in self.command()

    def test_an_unknown_round_is_refused(self) -> None:
        with pytest.raises(CommandError, match="没有编号为 77 的批次"):
            self.command(round_id=77)

    def test_it_must_be_told_to_verify(self) -> None:
        with pytest.raises(CommandError, match="--verify"):
            call_command("rescore")


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ({"a": 1}, {"a": 1}, None),
        ({"a": 1}, {"a": 1.0}, ("a", 1, 1.0)),
        ({"a": True}, {"a": 1}, ("a", True, 1)),
        ({"b": 1, "a": {"c": [1, 2]}}, {"b": 2, "a": {"c": [1, 3]}}, ("a.c[1]", 2, 3)),
        ({"a": [{"id": "X", "n": 1}]}, {"a": [{"id": "X", "n": 2}]}, ("a[X].n", 1, 2)),
        ([1], [1, 2], ("[1]", NOTHING, 2)),
        ({"a": 1}, {}, ("a", 1, NOTHING)),
        ({"a": None}, {}, ("a", None, NOTHING)),
        ([1], {"a": 1}, ("", [1], {"a": 1})),
    ],
)
def test_the_first_difference_is_named(one: Any, two: Any, expected: Any) -> None:
    assert first_difference(one, two) == expected
    assert first_difference(json.loads(json.dumps(one)), one) is None


def test_findings_outlive_the_names_they_were_made_under() -> None:
    round_ = scored_round((ADVANTAGE,))
    Result.objects.update(level="leading")
    record = verify(round_)
    Round.objects.filter(pk=round_.pk).update(name="改名后的批次")
    assert VerificationFinding.objects.get(verification=record).round_name == round_.name
