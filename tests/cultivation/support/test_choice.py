"""E29: the chosen set is the best one there is, whatever overlaps."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from cultivation.support.services.card import couplings, lowest
from cultivation.support.services.catalogue import Budget, Change, Service
from cultivation.support.services.changes import apply_services
from cultivation.support.services.choice import choose_services, components
from cultivation.support.services.schedule import last_week

from .cards import LineRule, Scorecard, at, service

ON = date(2026, 6, 1)
EFFORT = {"low": 1, "medium": 2, "high": 4}
FACTS = ("a", "b", "c", "d", "e", "f")
Subset = Sequence[Service]


def effort_of(one: Service) -> int:
    return EFFORT[one.effort]


def gain(card: Scorecard, facts: dict[str, int], subset: Subset) -> Decimal:
    after = card.assess({**facts, **apply_services(facts, subset, on=ON)})
    return lowest(after) - lowest(card.assess(facts))


def choose(
    card: Scorecard, facts: dict[str, int], services: Subset, budget: Budget, package: Sequence[str] = ()
) -> Subset:
    return choose_services(
        services, gains_of=lambda subsets: [gain(card, facts, subset) for subset in subsets],
        couplings=couplings(card.assess(facts)), budget=budget, effort_of=effort_of, package=package,
    )  # fmt: skip


def fits(subset: Subset, budget: Budget) -> bool:
    return sum(map(effort_of, subset)) <= budget.effort and last_week(subset, parallel=budget.parallel) <= budget.weeks


def every_set(services: Subset) -> chain[tuple[Service, ...]]:
    return chain.from_iterable(combinations(services, size) for size in range(len(services) + 1))


@st.composite
def shared_line(draw: st.DrawFn, number: int) -> LineRule:
    """A line of one to three facts: points by the sum of the facts, in steps that may need two services together."""
    facts = tuple(draw(st.lists(st.sampled_from(FACTS), min_size=1, max_size=3, unique=True)))
    steps = draw(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 12)), min_size=1, max_size=3))

    def points(values: Sequence[int]) -> Decimal:
        return max([Decimal(0), *(Decimal(p) / 2 for least, p in steps if sum(values) >= least)])

    parent = draw(st.sampled_from(["creation", "management", "bonus", "best-of"]))
    return LineRule(f"line{number}", parent, facts, points, Decimal(6))


@st.composite
def small_worlds(draw: st.DrawFn) -> tuple[Scorecard, dict[str, int], list[Service], Budget]:
    card = Scorecard(tuple(draw(shared_line(n)) for n in range(draw(st.integers(1, 5)))), bonus_cap=Decimal(3))
    facts = {code: draw(st.integers(0, 2)) for code in FACTS}
    change = st.builds(lambda code, n: Change(indicator=code, add=n), st.sampled_from(FACTS), st.integers(1, 3))
    changes = st.lists(change, min_size=1, max_size=2)
    services = [
        service(f"S{n}", *draw(changes), effort=draw(st.sampled_from(sorted(EFFORT))), weeks=draw(st.integers(1, 20)))
        for n in range(draw(st.integers(1, 7)))
    ]
    budget = Budget(effort=draw(st.integers(1, 8)), weeks=draw(st.integers(5, 30)), parallel=draw(st.integers(1, 3)))
    return card, facts, services, budget


@settings(max_examples=150, deadline=None)
@given(small_worlds())
def test_choice_equals_brute_force(world: tuple[Scorecard, dict[str, int], list[Service], Budget]) -> None:
    card, facts, services, budget = world
    chosen = choose(card, facts, services, budget)
    best = max(gain(card, facts, subset) for subset in every_set(services) if fits(subset, budget))
    assert gain(card, facts, chosen) == best


@settings(max_examples=60, deadline=None)
@given(small_worlds())
def test_choice_spends_the_least_effort_for_its_gain_and_never_more_than_the_budget(
    world: tuple[Scorecard, dict[str, int], list[Service], Budget],
) -> None:
    card, facts, services, budget = world
    chosen = choose(card, facts, services, budget)
    won = gain(card, facts, chosen)
    equal = [s for s in every_set(services) if fits(s, budget) and gain(card, facts, s) == won]
    assert fits(chosen, budget)
    assert sum(map(effort_of, chosen)) == min(sum(map(effort_of, subset)) for subset in equal)


@settings(max_examples=40, deadline=None)
@given(small_worlds(), st.randoms())
def test_choice_does_not_depend_on_the_order_of_the_catalogue(
    world: tuple[Scorecard, dict[str, int], list[Service], Budget], random: object
) -> None:
    card, facts, services, budget = world
    shuffled = list(services)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert choose(card, facts, shuffled, budget) == choose(card, facts, services, budget)


def test_two_services_under_one_cap_are_counted_jointly() -> None:
    """Each alone brings 4 of a bonus capped at 5: the second is worth 1, less than the 2 of another line."""
    card = Scorecard((at("a", (1, "4"), parent="bonus"), at("b", (1, "4"), parent="bonus"), at("c", (1, "2"))))
    services = [service(code, Change(indicator=code.lower(), add=1)) for code in ("A", "B", "C")]
    chosen = choose(card, {"a": 0, "b": 0, "c": 0}, services, Budget(effort=2, weeks=52, parallel=2))
    assert [s.code for s in chosen] == ["A", "C"]


def test_equal_gain_goes_to_the_firms_own_package() -> None:
    card = Scorecard((at("a", (1, "3")), at("b", (1, "3"))))
    services = [service(code, Change(indicator=code.lower(), add=1)) for code in ("A", "B")]
    chosen = choose(card, {"a": 0, "b": 0}, services, Budget(effort=1, weeks=52, parallel=1), package=["B"])
    assert [s.code for s in chosen] == ["B"]


def test_a_service_too_long_for_the_year_is_left_out() -> None:
    card = Scorecard((at("a", (1, "9")), at("b", (1, "1"))))
    services = [service("A", Change(indicator="a", add=1), weeks=104), service("B", Change(indicator="b", add=1))]
    chosen = choose(card, {"a": 0, "b": 0}, services, Budget(effort=8, weeks=52, parallel=2))
    assert [s.code for s in chosen] == ["B"]


def test_components_meet_only_where_facts_count_together() -> None:
    one, two, three = (service(c, Change(indicator=c.lower(), add=1)) for c in ("A", "B", "C"))
    found = components([one, two, three], [{"a", "revenue"}, {"b", "c"}, {"c", "revenue"}])
    assert [[s.code for s in group] for group in found] == [["A"], ["B", "C"]]
