"""The shipped rulebooks as one page that an official can read: every test with its points, source and status."""

from collections.abc import Iterator
from typing import Any

from scoring import Rulebook, describe_rulebook, describe_tiers, load_library

HEAD = """# 规则书

由 `make docs` 从随附的规则书生成，请勿手改。

来源状态：official 官方文件；secondary 转载件，只见过副本；calibrated 平台标定，待省局确认。
"""
STATUS = {"official": "官方文件", "secondary": "转载件", "calibrated": "平台标定"}
KINDS = {"new": "新申报", "renewal": "复核"}


def render_rulebooks() -> str:
    sections = [HEAD, *("\n".join(_section(rulebook)) for rulebook in load_library().rulebooks.values())]
    return "\n".join(sections)


def _section(rulebook: Rulebook) -> Iterator[str]:
    body = rulebook.body
    yield f"## {body.title.zh}（{rulebook.key}）\n"
    yield f"- 发文：{body.issuer}，{body.document}"
    yield f"- 来源状态：{STATUS[body.status]}"
    yield f"- 适用：{'；'.join(_periods(rulebook))}"
    yield f"- 指纹：`{rulebook.fingerprint}`"
    if body.note:
        yield f"- 说明：{body.note.zh}"
    yield ""
    yield from _table(("编号", "内容", "判定", "最高分", "来源", "状态"), map(_row, describe_rulebook(rulebook)))
    yield from _table(
        ("等级", "名称", "分数线"), ((t["code"], t["zh"], t["threshold"]) for t in describe_tiers(rulebook))
    )
    yield from _table(("编号", "行业", "指标", "大型", "中型", "小型"), _sizes(rulebook))


def _periods(rulebook: Rulebook) -> Iterator[str]:
    for period in rulebook.body.applies:
        kinds = "、".join(KINDS[kind] for kind in period.kinds)
        places = f"，地区 {'、'.join(period.regions)}" if period.regions else ""
        yield f"{kinds}，{period.from_ or '不限'} 至 {period.to or '今'}{places}"


def _row(row: dict[str, Any]) -> tuple[Any, ...]:
    title = f"{'　' * row['depth']}{row['title']}"
    return row["id"], title, row["test"], row["max"], row["source"], STATUS.get(row["status"], "")


def _sizes(rulebook: Rulebook) -> Iterator[tuple[Any, ...]]:
    for row in rulebook.body.sizes:
        bounds = ("、".join(f"{bound:f}" for bound in limit) for limit in (row.large, row.medium, row.small))
        yield row.id, row.title.zh, "、".join(row.facts), *bounds


def _table(head: tuple[str, ...], rows: Any) -> Iterator[str]:
    lines = [" | ".join(_cell(cell) for cell in row) for row in rows]
    if lines:
        yield f"| {' | '.join(head)} |"
        yield f"|{' --- |' * len(head)}"
        yield from (f"| {line} |" for line in lines)
        yield ""


def _cell(value: Any) -> str:
    text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    return " ".join(text.replace("|", "\\|").split())
