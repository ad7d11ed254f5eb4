"""What a service does to a fact, and what it leaves alone."""

from datetime import date
from typing import Any

import pytest

from cultivation.support.services.catalogue import Change, Precondition
from cultivation.support.services.changes import apply_services, is_open_to

from .cards import service

ON = date(2026, 6, 1)
MONITORING = Change.model_validate({"indicator": "infringement_monitoring", "set": "ad_hoc", "from": ["none"]})
INSURANCE = Change.model_validate({"indicator": "ip_insurance", "set": True, "from": [False]})
LEVEL = Change(indicator="iso56005_level", at_least=2, up_to=5)
VALID = Change(indicator="gbt29490_valid_until", years_on=3)
SHARE = Change(indicator="ip_trained_share", add=10, up_to=100)
COUNT = Change(indicator="open_licences", add=1)


@pytest.mark.parametrize(
    ("change", "present", "after"),
    [
        (MONITORING, "none", "ad_hoc"),
        (MONITORING, None, "ad_hoc"),
        (INSURANCE, False, True),
        (LEVEL, 0, 2),
        (LEVEL, [1, 4], [2, 4]),
        (COUNT, 0, 1),
        (COUNT, 2.5, 3.5),
        (COUNT, None, [1, 10**15]),
        (LEVEL, None, [2, 5]),
        (SHARE, None, [10, 100]),
        (SHARE, 95, 100),
        (VALID, "2026-12-31", "2029-06-01"),
    ],
)
def test_service_changes_fact(change: Change, present: Any, after: Any) -> None:
    facts = {} if present is None else {change.indicator: present}
    assert apply_services(facts, [service("A", change)], on=ON) == {change.indicator: after}


@pytest.mark.parametrize(
    ("change", "present"),
    [
        (MONITORING, "continuous"),
        (MONITORING, "n/a"),
        (INSURANCE, True),
        (LEVEL, 3),
        (COUNT, "n/a"),
        (SHARE, 100),
        (VALID, "2030-01-01"),
        (VALID, None),
    ],
)
def test_service_never_lowers_a_fact(change: Change, present: Any) -> None:
    facts = {} if present is None else {change.indicator: present}
    assert apply_services(facts, [service("A", change)], on=ON) == {}


def test_new_certificate_brings_its_date_along() -> None:
    edition = Change.model_validate({"indicator": "gbt29490_edition", "set": "2023", "from": ["none", "2013"]})
    found = apply_services({"gbt29490_edition": "2013"}, [service("A", edition, VALID)], on=ON)
    assert found == {"gbt29490_edition": "2023", "gbt29490_valid_until": "2029-06-01"}


def test_valid_until_survives_the_leap_day() -> None:
    found = apply_services({"gbt29490_valid_until": "2028-03-01"}, [service("A", VALID)], on=date(2028, 2, 29))
    assert found == {"gbt29490_valid_until": "2031-02-28"}


@pytest.mark.parametrize(
    ("facts", "open_"),
    [
        ({"valid_designs": 0, "valid_utility_models": 1}, True),
        ({"valid_designs": 0, "valid_utility_models": 0}, False),
        ({"valid_designs": 0}, True),
        ({"valid_designs": [0, 2], "valid_utility_models": 0}, True),
        ({"valid_designs": "n/a", "valid_utility_models": 0}, False),
    ],
)
def test_precondition_closes_a_service_only_when_known_to_fail(facts: dict[str, Any], open_: bool) -> None:
    condition = Precondition(any=("valid_designs", "valid_utility_models"), at_least=1)
    wanted = service("A", COUNT).model_copy(update={"requires": (condition,)})
    assert is_open_to(wanted, facts) is open_
