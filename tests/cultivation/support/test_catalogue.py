"""S02: one catalogue that integrates the province's services, each number of ours marked as ours."""

import pytest
from pydantic import ValidationError

from cultivation.support.services.catalogue import Change, load_catalogue
from scoring import read_indicators


def test_catalogue_holds_the_24_services_in_order() -> None:
    assert [s.code for s in load_catalogue().services] == [f"SV-{n:02d}" for n in range(1, 25)]


def test_catalogue_is_marked_calibrated() -> None:
    assert load_catalogue().source_status == "calibrated"


def test_every_fact_of_the_catalogue_is_an_indicator() -> None:
    services = load_catalogue().services
    named = {c.indicator for s in services for c in s.changes} | {
        code for s in services for r in s.requires for code in r.any
    }
    assert named - read_indicators().keys() == set()


def test_every_value_set_is_a_choice_of_its_indicator_and_bears_its_label() -> None:
    known = read_indicators()
    sets = [c for s in load_catalogue().services for c in s.changes if isinstance(c.set, str)]
    assert [c.zh for c in sets] == [known[c.indicator].choices[c.set][0] for c in sets]  # type: ignore[index]


def test_every_value_set_comes_after_the_values_it_starts_from() -> None:
    """Choices are listed in ascending order, so a service never lowers one."""
    known = read_indicators()
    for change in (c for s in load_catalogue().services for c in s.changes if isinstance(c.set, str)):
        order = list(known[change.indicator].choices)
        assert all(order.index(str(start)) < order.index(str(change.set)) for start in change.start), change


def test_packages_name_services_that_exist() -> None:
    catalogue = load_catalogue()
    named = {code for package in catalogue.packages.values() for code in package}
    assert named - {s.code for s in catalogue.services} == set()


def test_durations_run_upward() -> None:
    assert all(0 < s.duration.weeks[0] <= s.duration.weeks[1] for s in load_catalogue().services)


def test_only_services_of_public_providers_name_a_free_resource() -> None:
    assert all("P" in s.providers for s in load_catalogue().services if s.free_resource)


@pytest.mark.parametrize(
    "raw",
    [
        {"indicator": "open_licences"},
        {"indicator": "open_licences", "add": 1, "at_least": 2},
        {"indicator": "ip_insurance", "set": True},
        {"indicator": "open_licences", "add": 1, "raise": 2},
    ],
)
def test_a_change_says_exactly_one_thing(raw: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Change.model_validate(raw)
