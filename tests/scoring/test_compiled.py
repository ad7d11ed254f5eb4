"""A compiled scorecard gives what the engine gives: for many firms by either kind of loop, and for one firm."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import scoring.compiled.card as card_module
import scoring.compiled.machine as machine
from scoring import NOT_APPLICABLE, UNKNOWN, Frame, evaluate, load_library, read_indicators
from scoring.arrays import ArrayFrame
from scoring.assess import read_facts
from scoring.compiled import Card, Firm
from scoring.compiled.kernel import BLOCK, add_up
from scoring.compiled.plain import add_up_plainly
from scoring.compiled.scale import find_scale
from scoring.compiled.steps import Cut
from scoring.facts import Fact
from tests.scoring.cards import CARDS, STEPS, part, rulebook, shares
from tests.scoring.firms import scorecard_firm

ON = date(2026, 5, 1)
REAL = load_library().get("ip-capability/2026")
ALL = {**CARDS, "real": REAL}
EDGES = [-101, -100, -1, 0, 1, 2, 3, 4, 5, 9, 10, 20, 60, 99, 100, 101, 5000, 20000, 19999.5, 2.5, 5000.01, 2.99, 1e18]


def matrix(card: Card, rows: int, seed: int = 1) -> NDArray[np.float64]:
    """Numbers on and beside every edge, some of them unknown and some that no such fact can be."""
    rng = np.random.default_rng(seed)
    found = rng.choice(np.array(EDGES), (rows, len(card.columns)))
    for place, code in enumerate(card.columns):
        if read_indicators()[code].type == "date":
            found[:, place] = ON.toordinal() + rng.integers(-2000, 2000, rows)
            found[: rows // 4, place] = ON.toordinal() + rng.integers(-1, 2, rows // 4)
    found[rng.random(found.shape) < 0.2] = np.nan
    return found


def engine_scores(card: Card, rows: NDArray[Any]) -> list[list[float]]:
    columns = {code: rows[:, place] for place, code in enumerate(card.columns)}
    score = evaluate(card.rulebook, ArrayFrame(columns, size=len(rows), on=card.on, kind=card.kind)).score
    assert score is not None
    return [end.tolist() for end in score]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_both_loops_give_the_engine_s_scores_to_the_last_bit(name: str, dtype: Any) -> None:
    card = Card(ALL[name], on=ON)
    rows = matrix(card, 3 * BLOCK + 7).astype(dtype)
    expected = engine_scores(card, rows)
    assert len(set(expected[0])) > 10
    for loops in ("numpy", "numba"):
        assert [end.tolist() for end in card.score(rows, loops=loops)] == expected, loops  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("order", ["C", "F"])
def test_the_loops_do_the_same_before_they_are_machine_code(name: str, order: Any) -> None:
    card = Card(ALL[name], on=ON)
    for dtype in (np.float32, np.float64):
        rows = np.array(matrix(card, 40, seed=2), dtype=dtype, order=order)
        program, given = card._program(rows.dtype)
        points = card._ask(given, rows)
        scores = np.zeros((2, 2, 40))
        add_up(program, rows, points, scores[0], 3, 33)
        add_up_plainly(program, rows, points, scores[1], 3, 33)
        assert scores[0].tolist() == scores[1].tolist()
        assert scores[0][:, 3:33].tolist() == [end[3:33] for end in engine_scores(card, rows)]


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("kind", ["new", "renewal"])
def test_one_firm_has_the_engine_s_points_before_and_after_a_change(name: str, kind: Any) -> None:
    card, rng = Card(ALL[name], on=ON, kind=kind), Random(name)
    for seed in range(10):
        facts = read_facts(scorecard_firm(Random(seed), ON), 0)[0]
        firm = Firm(card, facts)
        _equals_engine(card, facts, firm.points)
        for count in (1, 3):
            changes = {code: _any_fact(code, rng) for code in rng.sample(card.columns, count)}
            _equals_engine(card, {**facts, **changes}, firm.change(changes))
        assert firm.change({}) == firm.points == firm.change({"industry_code": "3976"})


def _any_fact(code: str, rng: Random) -> Fact:
    indicator = read_indicators()[code]
    known: dict[str, list[Fact]] = {
        "boolean": [True, False],
        "choice": list(indicator.choices),
        "date": [date(2015, 1, 1), ON, date(2040, 1, 1)],
    }
    numbers: list[Fact] = [0.0, 1, 3.0, 5000.01, (1.0, 5.0)]
    return rng.choice([*known.get(indicator.type, numbers), UNKNOWN, NOT_APPLICABLE])


def _equals_engine(card: Card, facts: Any, points: Any) -> None:
    result = evaluate(card.rulebook, Frame([facts], on=card.on, kind=card.kind))
    assert result.score is not None
    assert points.score == (result.score[0][0], result.score[1][0])
    rows = [row for row in result.rows[1:] if row.points is not None and row.id != "base"]
    expected = {row.id: (row.points[0][0], row.points[1][0]) for row in rows if row.points}
    assert points.parts == expected


def test_an_engine_s_unknown_ban_is_not_an_empty_one() -> None:
    firm = Firm(Card(CARDS["steps"], on=ON), {})
    assert firm.points.parts["barred"] == (1.0, 1.0)
    assert firm.change({"fraud_ban_until": UNKNOWN}).parts["barred"] == (0.0, 1.0)


def test_columns_may_stand_in_any_order_with_others_between_or_be_missing() -> None:
    whole = Card(CARDS["groups"], on=ON)
    rows = matrix(whole, 500)
    without = [code for code in whole.columns if code not in ("revenue", "ip_strategy")]
    some = Card(CARDS["groups"], on=ON, columns=["valid_designs", *without[::-1], "colour"])
    mixed = np.full((500, len(some.columns)), 3.0)
    for place, code in enumerate(some.columns):
        if code in without:
            mixed[:, place] = rows[:, whole.columns.index(code)]
    rows[:, [whole.columns.index("revenue"), whole.columns.index("ip_strategy")]] = np.nan
    for loops in ("numpy", "numba"):
        one, two = whole.score(rows, loops=loops), some.score(mixed, loops=loops)  # type: ignore[arg-type]
        assert [end.tolist() for end in one] == [end.tolist() for end in two]
    assert list(some.bad_values(mixed + 0.5)) == [
        code for code in some.columns if read_indicators().get(code) and code in some.bad_values(mixed + 0.5)
    ]


def test_rows_are_shared_out_among_cores_and_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    card = Card(CARDS["asked"], on=ON)
    rows = matrix(card, 2000)
    whole = card.score(rows, loops="numpy")
    monkeypatch.setattr(machine, "WORTH_IT", 100)
    monkeypatch.setattr(card_module, "CHUNK", 700)
    for cores in (1, 3):
        monkeypatch.setattr(machine, "count_cores", lambda cores=cores: cores)
        for loops in ("numpy", "numba"):
            assert [end.tolist() for end in card.score(rows, loops=loops)] == [end.tolist() for end in whole]  # type: ignore[arg-type]


def test_many_rows_take_numba_where_it_is_installed_and_numpy_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    card = Card(CARDS["steps"], on=ON)
    assert card._loops(None, machine.WORTH_IT) is machine.by_numba()
    assert card._loops(None, machine.WORTH_IT - 1) is add_up_plainly
    monkeypatch.setattr(card_module, "by_numba", lambda: None)
    assert card._loops(None, machine.WORTH_IT) is add_up_plainly
    with pytest.raises(ValueError, match="没有安装numba"):
        card.score(matrix(card, 3), loops="numba")


def test_without_numba_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "numba", None)
    assert machine.by_numba.__wrapped__() is None


def test_machine_code_is_kept_in_memory_where_no_file_can_be_written() -> None:
    def njit(**options: Any) -> Any:
        if options.get("cache"):
            raise RuntimeError("cannot cache function")
        return lambda loops: (loops, options)

    assert machine._compile(njit, add_up) == (add_up, {"nogil": True})


def test_cores_are_counted_on_any_system(monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.count_cores() >= 1
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    assert machine.count_cores() >= 1


def test_lowest_and_highest_are_added_once_where_they_never_differ() -> None:
    ends = {name: Card(ALL[name], on=ON)._wide[0].ends for name in ALL}
    assert {name for name, count in ends.items() if count == 1} == {"certain", "certain-learned"}


def test_bad_values_are_named_and_count_as_unknown() -> None:
    card = Card(rulebook([part("a", 2, **shares("employees", 3, points=[0, 2]))]), on=ON)
    rows = [[2.0], [3.0], [2.5], [-1.0], [np.inf], [1e18], [np.nan]]
    low, high = card.score(rows)
    assert (low.tolist(), high.tolist()) == ([0, 2, 0, 0, 0, 0, 0], [0, 2, 2, 2, 2, 2, 2])
    assert {code: where.tolist() for code, where in card.bad_values(rows).items()} == {"employees": [2, 3, 4, 5]}
    assert card.bad_values(rows[:2]) == {}


def test_whole_numbers_and_other_floats_are_taken_as_float64() -> None:
    card = Card(rulebook([part("a", 2, **shares("employees", 3, points=[0, 2]))]), on=ON)
    for dtype in (np.int64, np.uint8, np.bool_, np.float16, np.dtype(">f4"), np.longdouble):
        assert card.score(np.array([[0], [4]], dtype=dtype))[0].tolist() in ([0, 2], [0, 0])


@pytest.mark.parametrize(("raw", "words"), [
    ([["a"]], "expected a matrix of numbers"), ([[None]], "expected a matrix of numbers"),
    ([1.0], "expected shape"), ([[1.0, 2.0]], "expected shape"), ([], "expected shape"),
])  # fmt: skip
def test_what_is_no_matrix_of_the_columns_is_refused(raw: Any, words: str) -> None:
    card = Card(rulebook([part("a", 2, **shares("employees", 3, points=[0, 2]))]), on=ON)
    with pytest.raises(ValueError, match=words):
        card.score(raw)


def test_no_rows_have_no_scores() -> None:
    for name in ("steps", "asked"):
        card = Card(CARDS[name], on=ON)
        assert [end.tolist() for end in card.score(np.empty((0, len(card.columns))))] == [[], []]


def test_columns_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="重复的列：revenue"):
        Card(CARDS["steps"], on=ON, columns=["revenue", "revenue"])
    with pytest.raises(ValueError, match="文字指标不能放入矩阵：industry_code"):
        Card(CARDS["steps"], on=ON, columns=["industry_code"])
    with pytest.raises(ValueError, match="不是评分表"):
        Card(load_library().get("hnte/2016"), on=ON)


def test_a_part_that_asks_for_the_size_class_uses_the_table() -> None:
    sized = rulebook([part("small", 2, ladder=[{"points": 2, "when": {"size_in": ["small", "micro"]}}])])
    table = load_library().get("size-class/2017").body.sizes
    facts: dict[str, Fact] = {"industry_code": "3976", "employees": 100, "revenue": 3000, "total_assets": 10}
    assert Firm(Card(sized, on=ON, table=table), facts).points.score == (2.0, 2.0)
    assert Card(sized, on=ON, table=table).columns == ("employees", "revenue", "total_assets")


@pytest.mark.parametrize("limit", ["0.15", "0.7", "20000.01", "3", "16777217", "-0.3", "1e-7", "123456789.123", "0"])
@pytest.mark.parametrize("strictly", [False, True])
def test_a_cut_is_the_smallest_float_whose_decimal_is_past_the_limit(limit: str, strictly: bool) -> None:
    for kind in (np.float32, np.float64):
        number = Cut(Decimal(limit), strictly).smallest(kind)
        below = np.nextafter(number, kind(-np.inf))
        past, short, line = Decimal(str(number)), Decimal(str(below)), Decimal(limit)
        assert (
            (past > line, short <= line) == (True, True) if strictly else (past >= line, short < line) == (True, True)
        )


def test_points_are_counted_in_whole_units() -> None:
    assert find_scale([0.5, 3], places=1, total=100).per_point == 2
    assert find_scale([0.25, 0.1], places=2, total=100) == find_scale([0.05], places=2, total=100)
    assert find_scale([0.123456789], places=9, total=100).dtype is np.int64
    fine = find_scale([1 / 3], places=16, total=100)
    assert (fine.is_whole, fine.units(1 / 3)) == (False, 1 / 3)
    with pytest.raises(ValueError, match="分值过大"):
        find_scale([1e-9], places=9, total=1e7)


def test_steps_are_found_where_one_fact_decides_and_only_there() -> None:
    card = Card(CARDS["asked"], on=ON)
    asked = [node.part.id for node, steps in zip(card.nodes, card.steps, strict=True) if steps is None]
    assert asked == ["all", "share", "age", "either", "both", "same"]
    assert len(card.nodes) - len(asked) == len(STEPS)
