"""The compiled scorecard is the model: to 1e-12 for any firm, unknown values and exact borders included (P06)."""

from random import Random

import numpy as np
import pytest

from scoring import Rulebook, evaluate, find_breaches, parse_rulebook
from scoring.compiled import Card
from scoring.learn.boosting import fit, raw_output, tabulate
from scoring.learn.document import Label, to_yaml, write_document
from scoring.learn.features import ClauseFeature, ValueFeature, find_features
from scoring.learn.forms import FORMS, Form, Learned
from scoring.learn.settings import TrainingSettings
from scoring.simulation import Binned
from tests.scoring.learn.small import EXPERT, ON, frame, frames, random_facts

WILD = TrainingSettings(rounds=60, leaves=6, least_in_leaf=2, shrinkage=0.0)


class World:
    """A model trained on noise, so that every feature has a say, and the scorecard made of it."""

    def __init__(self, form: Form, seed: int, gaps: float) -> None:
        rng = Random(seed)
        known = frames([random_facts(rng, gaps=gaps) for _ in range(150)])
        self.features = find_features(EXPERT, known, 12)
        matrix = np.column_stack([known.collect(lambda f, x=x: x.codes(EXPERT, f)) for x in self.features])
        noise = np.random.default_rng(seed).normal(20, 8, len(matrix))
        targets = [noise] if form == "score" else [(noise > line).astype(int) for line in (18, 25)]
        directions = [feature.direction for feature in self.features]
        self.models = [fit(matrix, target, directions, WILD, is_score=form == "score") for target in targets]
        tables = tuple(tabulate(model, [feature.size for feature in self.features]) for model in self.models)
        lines = (18.0, 25.0) if form == "score" else (0.0, 0.0)
        self.learned = Learned(form, tables, lines, ())
        label = Label("learned", "simulated", "0" * 64, 150)
        self.document = write_document(EXPERT, self.features, self.learned, label)
        self.rulebook = parse_rulebook(to_yaml(self.document))

    def outputs(self, rows: list[dict[str, object]]) -> list[np.ndarray]:
        """What scikit-learn makes of some firms."""
        found = frame(*rows)
        matrix = np.column_stack([feature.codes(EXPERT, found) for feature in self.features])
        return [raw_output(model, matrix) for model in self.models]


WORLDS = {(form, seed): World(form, seed, gaps) for form in FORMS for seed, gaps in ((1, 0.15), (2, 0.0))}
NAMES = [f"{form}-{seed}" for form, seed in WORLDS]
FIRMS = [random_facts(Random(seed), gaps=0.3) for seed in range(600)] + [{}]


def given(rulebook: Rulebook, learned: Learned, rows: list[dict[str, object]]) -> list[np.ndarray]:
    """The same from the scorecard: its score, or how far each tier's line is passed."""
    result = evaluate(rulebook, frame(*rows))
    assert result.score is not None
    if learned.form == "score":
        np.testing.assert_array_equal(*result.score)
        return [result.score[0]]
    tiers = rulebook.body.tiers[1:]
    return [result.row(tier.id).line[0] - float(tier.at_least) for tier in tiers]  # type: ignore[index,arg-type]


@pytest.mark.parametrize("world", WORLDS.values(), ids=NAMES)
def test_the_scorecard_equals_the_models_raw_output(world: World) -> None:
    for own, ours in zip(world.outputs(FIRMS), given(world.rulebook, world.learned, FIRMS), strict=True):
        assert np.abs(own - ours).max() < 1e-12


@pytest.mark.parametrize("world", WORLDS.values(), ids=NAMES)
def test_it_keeps_every_law_of_a_rulebook(world: World) -> None:
    assert [breach for breach in find_breaches(world.rulebook) if breach.law != "reachable-tiers"] == []


@pytest.mark.parametrize("world", WORLDS.values(), ids=NAMES)
def test_the_text_of_the_file_is_the_document(world: World) -> None:
    assert world.rulebook.document() == world.document
    assert parse_rulebook(world.document).fingerprint == world.rulebook.fingerprint


@pytest.mark.parametrize("world", WORLDS.values(), ids=NAMES)
def test_binned_values_score_alike(world: World) -> None:
    result, standing = evaluate(world.rulebook, frame(*FIRMS)), Binned(frame(*FIRMS)).score(world.rulebook)
    assert result.score is not None
    np.testing.assert_array_equal(standing.score[0], result.score[0])


@pytest.mark.parametrize("world", WORLDS.values(), ids=NAMES)
def test_compiled_arrays_score_alike(world: World) -> None:
    rows = [{code: fact for code, fact in firm.items() if fact != "n/a"} for firm in FIRMS]
    rows = [{code: fact for code, fact in row.items() if code != "industry_code"} for row in rows]
    card, known = Card(world.rulebook, on=ON), frame(*rows)
    spans = [known.column(code) for code in card.columns]
    matrix = np.column_stack([np.where(span.known, span.lo, np.nan) for span in spans])
    result = evaluate(world.rulebook, known)
    assert result.score is not None
    np.testing.assert_array_equal(card.score(matrix, loops="numpy")[0], result.score[0])


def borders() -> list[dict[str, object]]:
    """Firms on every cut point of every value of one fact or of two, and a hair to either side of it."""
    rows: list[dict[str, object]] = []
    for world in WORLDS.values():
        for feature in world.features:
            if not isinstance(feature, ValueFeature):
                continue
            for number in (float(cut.at) for cut in feature.cuts):
                near = [number, float(np.nextafter(number, -1e9)), float(np.nextafter(number, 1e9))]
                if feature.value.code:
                    rows += [{feature.value.code: max(0.0, one)} for one in near]
                elif feature.value.op == "ratio":
                    top, bottom = (arg.code for arg in feature.value.args)
                    rows += [{top: number * whole, bottom: whole} for whole in (8000.0, 7.0, 3.3, 0.1)]
    return rows


@pytest.mark.parametrize("world", WORLDS.values(), ids=NAMES)
def test_values_on_a_border_are_no_exception(world: World) -> None:
    rows = borders()
    assert len(rows) > 200
    for own, ours in zip(world.outputs(rows), given(world.rulebook, world.learned, rows), strict=True):
        assert np.abs(own - ours).max() < 1e-12


def test_what_is_missing_goes_where_the_tree_sends_it() -> None:
    """Trained on missing values that mean something, both ways occur; so do features that had none to learn from."""
    sides = {
        bool(node["missing_go_to_left"])
        for world in WORLDS.values()
        for model in world.models
        for (tree,) in model._predictors
        for node in tree.nodes
        if not node["is_leaf"]
    }
    assert sides == {True, False}
    nothing = [{}]
    for world in WORLDS.values():
        for own, ours in zip(world.outputs(nothing), given(world.rulebook, world.learned, nothing), strict=True):
            assert abs(own[0] - ours[0]) < 1e-12


def test_a_tree_that_reads_two_features_is_not_compiled() -> None:
    from sklearn.ensemble import HistGradientBoostingRegressor

    matrix = np.random.default_rng(0).integers(0, 5, (200, 2)).astype(float)
    model = HistGradientBoostingRegressor(max_iter=5, early_stopping=False).fit(matrix, matrix[:, 0] * matrix[:, 1])
    with pytest.raises(AssertionError, match="reads features"):
        tabulate(model, [5, 5])


def test_a_model_that_found_nothing_is_its_base() -> None:
    matrix = np.zeros((40, 1))
    model = fit(matrix, np.full(40, 7.0), [1], TrainingSettings(rounds=2), is_score=True)
    found = tabulate(model, [2])
    assert found.raw(matrix).tolist() == raw_output(model, matrix).tolist() == [7.0] * 40


def test_points_never_fall_in_a_declared_direction() -> None:
    for world in WORLDS.values():
        for model in world.learned.models:
            for feature, table in zip(world.features, model.tables, strict=True):
                steps = np.diff(table[:-1]) * feature.direction
                assert (steps >= 0).all(), feature.key


def test_more_never_hurts_and_less_debt_never_does() -> None:
    """Of facts that stand in one value only: more inventions make the share of high-value ones smaller."""
    rng = Random(5)
    better = {"own_brand": True, "ip_strategy": "approved", "ip_pledge_financing_3y": 300, "total_liabilities": 0}
    firms = [{**random_facts(rng, gaps=0.0), "total_assets": 1000} for _ in range(60)]
    rows = [row for facts in firms for code, best in better.items() for row in (facts, {**facts, code: best})]
    for world in WORLDS.values():
        for points in given(world.rulebook, world.learned, rows):
            assert (points[1::2] >= points[::2] - 1e-12).all()


def test_every_kind_of_feature_is_in_the_worlds() -> None:
    kinds = {type(feature).__name__ for world in WORLDS.values() for feature in world.features}
    assert kinds == {"ValueFeature", "ChoiceFeature", "ClauseFeature"}
    clauses = [feature.key for feature in WORLDS["score", 1].features if isinstance(feature, ClauseFeature)]
    assert len(clauses) == len(set(clauses)) == 5
