"""A card as people read it: Markdown, Chinese or English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..words import SIZES, Lang

Row = Mapping[str, Any]
NOTHING = "—"
DIRECTIONS = {1: ("越多越好", "more is better"), -1: ("越少越好", "less is better"), 0: ("不限", "free")}
GROUPS = {"region": ("地区", "region"), "size": ("规模", "size"), "industry": ("行业", "industry")}
SIDES = {"expert": ("专家评分表", "expert scorecard"), "learned": ("学习评分表", "learned scorecard")}
LABELS = {"score": ("评分", "scores"), "tier": ("等级", "tiers")}
SPLITS = {"date": ("按评价日期分前后两半", "earlier and later half"), "random": ("随机两半", "two halves at random")}
REASONS = {"same": ("各案例相同或未知", "the same for all cases"), "idle": ("模型未用到", "read by no tree")}
NAMES = {
    "others": ("其他（合并）", "others together"),
    "unknown": ("未知", "unknown"),
    "not_applicable": ("不在划型标准内", "outside the size table"),
    **{size: (title.zh, title.en) for size, title in SIZES.items()},
}


def card_text(card: Row, lang: Lang = "zh") -> str:
    """A card as Markdown.

    Parameters
    ----------
    card : mapping
        As ``Trained.card``, also after a trip through JSON.
    lang : "zh" or "en"
    """
    sections = (_head, _data, _form, _agreement, _calibration, _stability, _fairness, _features, _ours)
    return "\n".join(line for section in sections for line in section(card, _Say(lang))) + "\n"


class _Say:
    """Picks the language."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def of(self, pair: tuple[str, str]) -> str:
        return self(*pair)

    def title(self, text: Mapping[str, str]) -> str:
        return text[self.lang]


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(_cell(cell) for cell in row)} |"
    yield ""


def _cell(cell: object) -> str:
    if cell is None:
        return NOTHING
    return f"{cell:.3f}" if isinstance(cell, float) else str(cell).replace("|", "/")


def _head(card: Row, say: _Say) -> Iterator[str]:
    yield f"# {say.title(card['title'])}"
    yield ""
    yield f"> **{say.title(card['origin_title'])}**：{say.title(card['warning'])}"
    yield ""
    yield f"- {say('规则书', 'rulebook')}: {card['rulebook']} ({card['fingerprint']})"
    expert = card["expert"]
    yield f"- {say('对照的专家评分表', 'compared with')}: {expert['rulebook']} ({expert['fingerprint']})"
    yield ""


def _data(card: Row, say: _Say) -> Iterator[str]:
    data = card["data"]
    yield f"## {say('数据', 'Data')}"
    yield ""
    yield f"- {say('数据指纹', 'data fingerprint')}: {data['fingerprint']}"
    yield f"- {say('标签来源', 'labels from')}: {say.title(card['origin_title'])}"
    yield f"- {say('标签', 'labels')}: {say.of(LABELS[data['labels']])}"
    yield f"- {say('案例', 'cases')}: {data['cases']}; {say('企业', 'firms')}: {data['firms']}"
    yield (
        f"- {say('未参加：有一票否决事项', 'left out under a veto')} {data['left_out']['vetoed']}; "
        f"{say('没有评定结果', 'undecided')} {data['left_out']['undecided']}"
    )
    yield ""
    head = [say("等级", "tier"), say("案例", "cases")]
    yield from _table(head, [(say.title(row["title"]), row["cases"]) for row in data["tiers"]])


AGREEMENT = (
    ("kappa", ("二次加权kappa", "quadratic weighted kappa")),
    ("agreed", ("等级相同比例", "equal tiers")),
    ("tier_error", ("平均相差等级", "mean tiers apart")),
    ("score_error", ("平均相差分数", "mean points apart")),
)


def _measures(row: Row) -> list[object]:
    return [row[key] for key, _ in AGREEMENT]


def _measure_names(say: _Say) -> list[str]:
    return [say.of(names) for _, names in AGREEMENT]


def _form(card: Row, say: _Say) -> Iterator[str]:
    form = card["form"]
    yield f"## {say('两种形式', 'The two forms')}"
    yield ""
    yield f"{say('采用', 'taken')}: {say.title(form['title'])}"
    yield f"{say('编译后同模型原始输出的最大差距', 'largest gap to the raw output')}: {form['largest_gap']:.1e}"
    yield ""
    rows = [(say.title(row["title"]), *_measures(row)) for row in form["measured"]]
    yield from _table([say("形式", "form"), *_measure_names(say)], rows)


def _agreement(card: Row, say: _Say) -> Iterator[str]:
    yield f"## {say('同专家组的一致性（未见过的案例）', 'Agreement with the panel (unseen cases)')}"
    yield ""
    rows = [(say.of(names), *_measures(card["agreement"][side])) for side, names in SIDES.items()]
    yield from _table(["", *_measure_names(say)], rows)
    head = [say("折", "fold"), say("案例", "cases"), *(f"kappa {say.of(names)}" for names in SIDES.values())]
    folds = [
        (place, fold["cases"], *(fold[side]["kappa"] for side in SIDES)) for place, fold in enumerate(card["folds"], 1)
    ]
    yield from _table(head, folds)
    titles = [say.title(row["title"]) for row in card["data"]["tiers"]]
    for side, names in SIDES.items():
        head = [f"{say('专家组', 'panel')} ↓ {say.of(names)} →", *titles]
        table = card["agreement"][side]["confusion"]
        yield from _table(head, [(title, *row) for title, row in zip(titles, table, strict=True)])


def _calibration(card: Row, say: _Say) -> Iterator[str]:
    yield f"## {say('校准', 'Calibration')}"
    yield ""
    titles = {row["tier"]: say.title(row["title"]) for row in card["data"]["tiers"]}
    for side, names in SIDES.items():
        found = card["calibration"][side]
        head = [say.of(names), say("案例", "cases"), *_judged(say)]
        yield from _table(
            head,
            [(titles[row["tier"]], row["cases"], row["lower"], row["same"], row["higher"]) for row in found["by_tier"]],
        )
        if found["by_bin"]:
            unit = say("得分", "points") if found["unit"] == "points" else say("达到的可能性", "chance")
            head = [say("案例", "cases"), f"{say.of(names)} {unit}", say("专家组", "panel")]
            yield from _table(head, [(row["cases"], row["given"], row["panel"]) for row in found["by_bin"]])


def _judged(say: _Say) -> list[str]:
    return [say("专家组更低", "panel lower"), say("相同", "the same"), say("专家组更高", "panel higher")]


def _stability(card: Row, say: _Say) -> Iterator[str]:
    found = card["stability"]
    yield f"## {say('稳定性（PSI）', 'Stability (PSI)')}"
    yield ""
    yield f"{say.of(SPLITS[found['split']])}: {found['cases'][0]} / {found['cases'][1]}"
    yield f"{say('纯属偶然时的期望值', 'expected by chance')}: {_cell(found['chance'])}"
    yield ""
    head = ["", say("两半之间", "between halves"), say("各折中最大", "largest of the folds")]
    rows = [
        (say.of(names), found["scores"][side]["halves"], max(found["scores"][side]["folds"]))
        for side, names in SIDES.items()
    ]
    yield from _table(head, rows)
    rows = [(say.title(row["title"]), row["psi"], row["chance"]) for row in found["features"][:10]]
    yield from _table([say("变化最大的指标", "features that moved most"), "PSI", say("偶然", "by chance")], rows)


def _fairness(card: Row, say: _Say) -> Iterator[str]:
    found = card["fairness"]
    yield f"## {say('公平性', 'Fairness')}"
    yield ""
    tier = next(say.title(row["title"]) for row in card["data"]["tiers"] if row["tier"] == found["selected"])
    few = found["smallest"]
    yield say(
        f"偏差为比专家组高出的等级数；“入选”指{tier}及以上；不足{few}个案例的组合并或不列。",
        f"Bias is in tiers above the panel's; selected is {tier} or above; groups under {few} cases are merged.",
    )
    yield ""
    for by, names in GROUPS.items():
        head = [say.of(names), say("案例", "cases"), say("专家组入选", "panel selected")]
        for side in SIDES.values():
            head += [f"{say.of(side)} {word}" for word in (say("偏差", "bias"), "kappa", say("入选", "selected"))]
        yield from _table(head, [_group(row, say) for row in found[by]["groups"]])


def _group(row: Row, say: _Say) -> list[object]:
    name = say.of(NAMES[row["group"]]) if row["group"] in NAMES else row["group"]
    cells: list[object] = [name, row["cases"], row["panel"]["selected"]]
    for side in SIDES:
        cells += [row[side][key] for key in ("bias", "kappa", "selected")]
    return cells


def _features(card: Row, say: _Say) -> Iterator[str]:
    titles = {row["tier"]: say.title(row["title"]) for row in card["data"]["tiers"]}
    yield f"## {say('指标', 'Features')}"
    yield ""
    head = [say("指标", "feature"), say("用于", "for"), say("方向", "direction"), say("最多加", "adds at most")]
    head += [say("未知时加", "when unknown"), say("不填更高的企业", "better left open"), say("平均影响", "mean effect")]
    yield from _table(
        head,
        [
            (
                say.title(row["title"]),
                titles.get(row["tier"], say("得分", "score")),
                say.of(DIRECTIONS[row["direction"]]),
                row["most"],
                row["unknown"],
                row["better_silent"],
                row["effect"],
            )
            for row in card["features"]
        ],
    )
    yield say(
        "“不填更高的企业”是留空反而得分更高的企业比例：比例高的指标不宜用于正式评定。",
        "“Better left open” is the share of firms that would get more by saying nothing: where high, let it not judge.",
    )
    yield ""
    if card["unused"]:
        rows = [(say.title(row["title"]), say.of(REASONS[row["reason"]])) for row in card["unused"]]
        yield from _table([say("未用的指标", "unused"), say("原因", "why")], rows)


def _ours(card: Row, say: _Say) -> Iterator[str]:
    yield f"## {say('平台自定的取值和做法', 'What is ours')}"
    yield ""
    for row in card["ours"]:
        value = "" if row["value"] is None else f": {row['value']}"
        yield f"- {say.title(row['title'])}{value}"
