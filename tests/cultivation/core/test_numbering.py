"""Numbers have no gap and no duplicate, whoever asks at the same time and whatever fails (P14)."""

import pytest
from django.db import transaction

from cultivation.core.numbering import next_number
from tests.cultivation.core.threads import run_together


@pytest.mark.django_db
def test_each_series_counts_for_itself() -> None:
    assert [next_number("a"), next_number("a"), next_number("b")] == [1, 2, 1]


@pytest.mark.django_db
def test_a_number_taken_in_a_failed_transaction_is_given_again() -> None:
    next_number("a")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        next_number("a")
        raise ZeroDivisionError
    assert next_number("a") == 2


@pytest.mark.django_db(transaction=True)
def test_threads_get_all_numbers_once() -> None:
    def take(index: int) -> list[int]:
        return [next_number("certificates") for _ in range(10)]

    taken = [number for numbers in run_together(6, take) for number in numbers]
    assert sorted(taken) == list(range(1, 61))


@pytest.mark.django_db(transaction=True)
def test_threads_that_fail_now_and_then_leave_no_gap() -> None:
    def take(index: int) -> list[int]:
        kept = []
        for attempt in range(10):
            try:
                with transaction.atomic():
                    number = next_number("certificates")
                    if (attempt + index) % 3 == 0:
                        raise ZeroDivisionError
                    kept.append(number)
            except ZeroDivisionError:
                continue
        return kept

    taken = sorted(number for numbers in run_together(4, take) for number in numbers)
    assert taken == list(range(1, len(taken) + 1))
