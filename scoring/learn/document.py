"""Learned models written out as a scorecard in the file format of every rulebook: bands and points, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from ..limits import FRACTIONS
from ..present import plain_number
from ..rulebook import Rulebook
from ..schema import Group, Part, Text, Value
from .boosting import Additive
from .cases import ORIGINS, Origin
from .cuts import Cut
from .features import ChoiceFeature, ClauseFeature, Feature, ValueFeature
from .forms import Form, Learned
from .refusal import TrainingRefused

Raw = dict[str, Any]
PLACES = 15
FORM_TITLES: Mapping[Form, Text] = {
    "score": Text(zh="一个得分加学习得到的分数线", en="one score with learned thresholds"),
    "thresholds": Text(zh="每条等级线各一个模型", en="one model for every threshold"),
}
WARNINGS: Mapping[Origin, Text] = {
    "panel": Text(zh="默认只作参考", en="it only advises by default"),
    "simulated": Text(
        zh="模拟专家组的评分不是真实评审意见，本表不得用于正式评定",
        en="a simulated panel is nobody's judgement: this scorecard must decide nothing",
    ),
}


@dataclass(frozen=True)
class Label:
    """Where a learned scorecard comes from: what its head must say.

    Attributes
    ----------
    scheme : str
        Id of the rulebook it becomes.
    data : str
        Fingerprint of the cases.
    """

    scheme: str
    origin: Origin
    data: str
    cases: int

    @property
    def by(self) -> Text:
        return ORIGINS[self.origin]

    @property
    def words(self) -> Text:
        """What every number of it rests on."""
        return Text(
            zh=f"由{self.by.zh}的{self.cases}个已评案例学习所得，数据指纹{self.data}",
            en=f"learned from {self.cases} decided cases ({self.by.en}), data fingerprint {self.data}",
        )


def write_document(expert: Rulebook, features: Sequence[Feature], learned: Learned, label: Label) -> Raw:
    """A learned scorecard as a plain document.

    Vetoes, gates and effort classes are the expert scorecard's own; so are dimensions, and the ids and titles of what
    it reads. The least that a known value can add is moved into the base, so that points are seen to begin at 0.

    Parameters
    ----------
    expert : Rulebook
    features : sequence of Feature
    learned : Learned
    label : Label

    Returns
    -------
    dict
        What ``parse_rulebook`` takes.

    Raises
    ------
    TrainingRefused
        A model found nothing that parts the cases.
    """
    old = expert.document()
    names = _name_features(features)
    sums = [_Sum(expert, dict(zip(names, features, strict=True)), model) for model in learned.models]
    if learned.form == "score":
        parts, base = sums[0].dimensions(), sums[0].base
        lines: list[Raw] = [{"at_least": plain_number(line)} for line in learned.lines]
    else:
        tiers = old["tiers"][1:]
        parts = [found.whole(tier, place) for place, (found, tier) in enumerate(zip(sums, tiers, strict=True))]
        base = 0.0
        lines = [
            {"at_least": _points(line - found.base), "of": [part["id"]]}
            for line, found, part in zip(learned.lines, sums, parts, strict=True)
        ]
    if not parts or not all(part["parts"] for part in parts):
        raise TrainingRefused(
            "没有一项指标能把案例分开，什么也没有学到", "no feature parts the cases: nothing was learned"
        )
    parts = [{**part, "source": f"{label.words.zh}；指标取自{expert.key}"} for part in parts]
    total = _total([part["max"] for part in parts], base)
    card = {"max": total, **({"base": _points(base)} if base else {}), "parts": parts}
    lowest, *others = old["tiers"]
    return {
        **_head(expert, label, learned),
        "scorecard": card,
        "tiers": [_tier(lowest, {}), *(_tier(tier, line) for tier, line in zip(others, lines, strict=True))],
        **{key: old[key] for key in ("vetoes", "effort") if key in old},
    }


def to_yaml(document: Mapping[str, Any]) -> str:
    """The document as text for a file; reading it gives the same document."""
    return yaml.dump(
        dict(document), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=160, default_flow_style=None
    )


class _Dumper(yaml.SafeDumper):
    """No aliases: equal lists are written out, each where it stands."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _head(expert: Rulebook, label: Label, learned: Learned) -> Raw:
    old, by = expert.document(), label.by
    how, warning = FORM_TITLES[learned.form], WARNINGS[label.origin]
    return {
        "id": label.scheme,
        "version": f"{expert.body.version}-{label.data[:8]}",
        "title": {
            "zh": f"{expert.body.title.zh}·学习评分表（{by.zh}）",
            "en": f"{expert.body.title.en}, learned ({by.en})",
        },
        "issuer": f"知育平台学习评分表（标签来自{by.zh}）",
        "document": f"由{by.zh}评分学习所得，数据指纹{label.data[:12]}，未经发文",
        "source": f"{label.words.zh}；指标、一票否决事项和准入条件取自{expert.key}",
        "status": "calibrated",
        "note": {
            "zh": f"{label.words.zh}；{how.zh}；{warning.zh}。",
            "en": f"L{label.words.en[1:]}; {how.en}; {warning.en}.",
        },
        "applies": old["applies"],
        **({"validity": old["validity"]} if "validity" in old else {}),
    }


def _tier(raw: Mapping[str, Any], line: Raw) -> Raw:
    kept = {key: value for key, value in raw.items() if key not in ("at_least", "of", "source", "gates")}
    gates = {"gates": raw["gates"]} if "gates" in raw else {}
    return {**kept, "source": "分数线由学习所得；准入条件同专家评分表", **line, **gates}


def _name_features(features: Sequence[Feature]) -> list[str]:
    """Ids of features: that of its part for an only one, else with what it reads; the same for the same expert."""
    parts = [feature.part for feature in features]
    names: list[str] = []
    for feature in features:
        name = feature.part if parts.count(feature.part) == 1 else f"{feature.part}.{feature.slug}"
        tail = 2
        while name in names:
            name, tail = f"{feature.part}.{feature.slug}-{tail}", tail + 1
        names.append(name)
    return names


@dataclass
class _Sum:
    """One additive model as parts of a scorecard, in the expert scorecard's order."""

    expert: Rulebook
    features: Mapping[str, Feature]
    model: Additive
    prefix: str = ""
    base: float = field(init=False)

    def __post_init__(self) -> None:
        least = [float(table[:-1].min()) for table in self.model.tables]
        self.tables = [table - low for table, low in zip(self.model.tables, least, strict=True)]
        self.base = self.model.base + sum(least)

    def dimensions(self) -> list[Raw]:
        card = self.expert.body.scorecard
        assert card is not None
        return [found for part in card.parts if (found := self._part(part)) is not None]

    def whole(self, tier: Mapping[str, Any], place: int) -> Raw:
        """All of it below one node, named after the tier it decides on."""
        self.prefix = f"{tier['id']}."
        parts = self.dimensions()
        title = {"zh": f"达到{tier['title']['zh']}", "en": f"Reaches {tier['title']['en']}"}
        return _group(f"to-{tier['id']}", title, parts)

    def _part(self, part: Part) -> Raw | None:
        if isinstance(part, Group):
            below = [found for child in part.parts if (found := self._part(child)) is not None]
        else:
            below = list(self._features(part))
            if [row["id"] for row in below] == [self.prefix + part.id]:
                return below[0]
        return _group(self.prefix + part.id, _plain(part.title), below) | _help(part) if below else None

    def _features(self, part: Part) -> Iterator[Raw]:
        for (name, feature), table in zip(self.features.items(), self.tables, strict=True):
            if feature.part == part.id and table.any():
                is_only = name == part.id
                title, words = (part.title, _help(part)) if is_only else (feature.title, {})
                head = {"id": self.prefix + name, "title": _plain(title), **words}
                points = [_points(number) for number in table.tolist()]
                yield {**head, "max": max(points), **_scale(feature, points[:-1]), "unknown": points[-1]}


def _group(name: str, title: Raw, parts: Sequence[Raw]) -> Raw:
    return {"id": name, "title": title, "max": _total([part["max"] for part in parts], 0.0), "parts": list(parts)}


def _total(points: Sequence[float], base: float) -> float | int:
    """Maxima added as the decimals they are written as."""
    return plain_number(float(sum((Decimal(repr(number)) for number in points), Decimal(repr(base)))))


def _help(part: Part) -> Raw:
    """What proves an indicator and how to do better, as the expert scorecard says it."""
    return {key: _plain(text) for key in ("evidence", "hint") if (text := getattr(part, key)) is not None}


def _plain(text: Text) -> Raw:
    return {"zh": text.zh, "en": text.en}


def _points(number: float) -> float | int:
    return plain_number(round(number, PLACES) + 0.0)


def _scale(feature: Feature, points: Sequence[float]) -> Raw:
    if isinstance(feature, ValueFeature):
        direction = {1: {"monotone": "up"}, -1: {"monotone": "down"}, 0: {}}[feature.direction]
        return {**direction, "value": _value(feature.value), "bands": _bands(feature, points)}
    if isinstance(feature, ChoiceFeature):
        return {"fact": feature.fact, "choices": {choice: points[rank] for choice, rank in feature.ranks.items()}}
    assert isinstance(feature, ClauseFeature)
    hidden = {"id", "title", "source", "status", "note"}
    clause = feature.clause.model_dump(mode="json", by_alias=True, exclude_unset=True, exclude=hidden)
    return {"ladder": [{"points": points[1], "when": clause}]}


def _value(value: Value) -> Any:
    return value.code or {value.op: [_value(arg) for arg in value.args]}


def _bands(feature: ValueFeature, points: Sequence[float]) -> list[Raw]:
    """Bands from the highest values down; neighbours of equal points are one, but never all of them."""
    borders = [place for place in range(len(feature.cuts)) if points[place] != points[place + 1]]
    borders = borders or [len(feature.cuts) // 2]
    bands: list[Raw] = []
    for place, top in zip([*borders, len(feature.cuts)], [None, *borders], strict=True):
        bands.append(_band(feature, points, top, place))
    return bands[::-1]


def _band(feature: ValueFeature, points: Sequence[float], below: int | None, above: int) -> Raw:
    """The band from one border (None is open) to another (the number of cuts is open)."""
    band: Raw = {}
    if below is not None:
        cut = feature.cuts[below]
        band["from"] = _edge(feature.value, cut)
        if cut.strictly and points[below + 1] >= points[below]:
            band["exclusive"] = True
    if above < len(feature.cuts):
        band["to"] = _edge(feature.value, feature.cuts[above])
    return {**band, "points": points[below + 1 if below is not None else 0]}


def _edge(value: Value, cut: Cut) -> Any:
    if value.op in FRACTIONS:
        return f"{(cut.at * 100).normalize():f}%"
    return plain_number(float(cut.at))
