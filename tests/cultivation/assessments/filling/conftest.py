"""Who fills in, signs and checks, and a case that was handed in."""

import pytest

from cultivation.assessments.models import Assessment
from cultivation.core.actors import Actor
from tests.factories.returning import handed_in
from tests.people import People


@pytest.fixture
def filler(people: People) -> Actor:
    return people.who("enterprise_filler").actor


@pytest.fixture
def approver(people: People) -> Actor:
    return people.who("enterprise_approver").actor


@pytest.fixture
def officer(people: People) -> Actor:
    return people.who("city_officer").actor


@pytest.fixture
def case(people: People) -> Assessment:
    return handed_in(people)
