"""The ledger's count is used where there is one, and every difference from what was declared is reported."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cultivation.assessments.services.ledger import NO_UPPER_BOUND, derive_counts
from cultivation.assessments.services.workbook import FirmRow, Problem, RightRow, reconcile
from tests.cultivation.assessments.test_ledger_counts import ON, PLAIN


def settle(rights: list[RightRow], **declared: Any) -> tuple[dict[str, Any], list[Problem]]:
    firm = FirmRow("91420106MA4KYJ51X1", True, "甲企业有限公司", "421100", "", None, "汇总表", 5, values=declared)
    firm.cells = dict.fromkeys(declared, "AE5")
    return reconcile(firm, derive_counts(rights, on=ON))


def test_settled_count_replaces_the_declared_one_and_says_so() -> None:
    facts, problems = settle([PLAIN], valid_invention_patents=3)
    assert facts["valid_invention_patents"] == 1
    assert [problem.as_dict() for problem in problems] == [
        {
            "sheet": "汇总表", "cell": "AE5", "value": "3", "severity": "warning", "code": "ledger_differs",
            "problem": "甲企业有限公司申报 3，专利清单逐项核计为 1", "done": "采用清单核计的数",
            "todo": "核对专利清单和申报数；清单不全的，请补全后重新上传",
        }
    ]  # fmt: skip


def test_settled_count_fills_what_nobody_declared() -> None:
    facts, problems = settle([PLAIN], valid_invention_patents=None)
    assert (facts["valid_invention_patents"], facts["valid_utility_models"], problems) == (1, 0, [])


def test_agreement_is_silent() -> None:
    assert settle([PLAIN], valid_invention_patents=1)[1] == []


def test_lacking_fact_leaves_bounds() -> None:
    facts, _ = settle([replace(PLAIN, emerging=None), replace(PLAIN, row=3, emerging=True)])
    assert facts["high_value_invention_patents"] == (1, 2)


@pytest.mark.parametrize(("declared", "severity"), [(2, "info"), (5, "warning"), (0, "warning")])
def test_declared_count_settles_nothing_that_the_ledger_leaves_open(declared: int, severity: str) -> None:
    rights = [replace(PLAIN, emerging=None), replace(PLAIN, row=3, emerging=True)]
    facts, problems = settle(rights, high_value_invention_patents=declared)
    assert (facts["high_value_invention_patents"], [problem.severity for problem in problems]) == ((1, 2), [severity])


def test_patents_alone_do_not_close_class_one() -> None:
    """Plant varieties and layouts are class I too, and a list of patents is silent on them."""
    facts, _ = settle([PLAIN])
    assert facts["class1_ip"] == (1, NO_UPPER_BOUND)


def test_class_one_is_closed_by_the_declared_other_rights() -> None:
    assert settle([PLAIN], other_ip=0)[0]["class1_ip"] == 1


def test_class_two_takes_the_declared_copyrights_as_possible() -> None:
    assert settle([PLAIN], software_copyrights=4)[0]["class2_ip"] == (0, 4)


def test_list_of_granted_patents_does_not_overrule_declared_applications() -> None:
    assert settle([PLAIN], patent_applications_3y=12)[0]["patent_applications_3y"] == 12


def test_declared_applications_below_the_listed_ones_are_overruled() -> None:
    facts, problems = settle([replace(PLAIN, filed_on=date(2024, 1, 1))], patent_applications_3y=0)
    assert facts["patent_applications_3y"] == (1, NO_UPPER_BOUND)
    assert [problem.problem for problem in problems] == ["甲企业有限公司申报 0，专利清单逐项核计为 不少于 1"]


def test_firm_that_the_ledger_does_not_know_keeps_what_it_declared() -> None:
    facts, problems = settle([], valid_invention_patents=3)
    assert (facts, [problem.code for problem in problems]) == ({"valid_invention_patents": 3}, ["not_in_ledger"])
