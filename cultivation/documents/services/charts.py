"""Drawings as SVG text: the radar of the dimensions, the ladder of tiers, the timeline of a plan.

What is certain is solid, what is still open is striped. Words are set in the installed faces, so they can be copied.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from math import cos, pi, sin

from django.utils.html import escape

from .lines import shorten
from .numerals import plain, score, span
from .palette import COLOURS, SANS, SERIF
from .payloads import Dimension, Number, PlanItem, Tier

PAGE = 493.2  # the type area of an A4 page with 18 mm margins, in points
_SANS = SANS.replace('"', "'")
_SERIF = SERIF.replace('"', "'")


def _svg(width: float, height: float, body: Iterable[str], label: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}pt" '
        f'height="{height:g}pt" role="img" aria-label="{escape(label)}">{"".join(body)}</svg>'
    )


def _text(x: float, y: float, words: str, *, size: float = 8, fill: str = "text", anchor: str = "middle",
          weight: int = 400, face: str = _SANS) -> str:  # fmt: skip
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" font-family="{face}" font-weight="{weight}" '
        f'text-anchor="{anchor}" fill="{COLOURS[fill]}">{escape(words)}</text>'
    )


def _rect(x: float, y: float, width: float, height: float, fill: str, radius: float = 0) -> str:
    size = f'x="{x:.2f}" y="{y:.2f}" width="{max(width, 0):.2f}" height="{height:g}"'
    return f'<rect {size} rx="{radius:g}" fill="{COLOURS[fill]}"/>'


def _stripes(x: float, y: float, width: float, height: float, step: float = 5) -> str:
    """Slanted bands clipped by hand: every viewer draws polygons, not every one draws patterns."""
    parts = [_rect(x, y, width, height, "open-light")]
    start = x - height
    while start < x + width:
        parts.append(_band(start, step / 2, (x, x + width), y, height))
        start += step
    return "".join(parts)


def _band(start: float, thick: float, limits: tuple[float, float], y: float, height: float) -> str:
    """One parallelogram leaning right at 45°, cut at the vertical limits."""
    left, right = limits
    corners = [(start, y + height), (start + height, y), (start + height + thick, y), (start + thick, y + height)]
    points = _clip(_clip(corners, left, keep_right=True), right, keep_right=False)
    if len(points) < 3:
        return ""
    path = " ".join(f"{px:.2f},{py:.2f}" for px, py in points)
    return f'<polygon points="{path}" fill="{COLOURS["open-dark"]}"/>'


def _clip(points: Sequence[tuple[float, float]], edge: float, *, keep_right: bool) -> list[tuple[float, float]]:
    def inside(point: tuple[float, float]) -> bool:
        return point[0] >= edge if keep_right else point[0] <= edge

    kept: list[tuple[float, float]] = []
    for here, there in zip(points, [*points[1:], *points[:1]], strict=True):
        if inside(here):
            kept.append(here)
        if inside(here) != inside(there):
            share = (edge - here[0]) / (there[0] - here[0])
            kept.append((edge, here[1] + share * (there[1] - here[1])))
    return kept


def ladder_svg(low: Number, high: Number, top: Number, tiers: Sequence[Tier], width: float = PAGE) -> str:
    """The score on the ladder: solid to `low`, striped to `high`, rungs in the tier colours."""
    scale = width / float(top)
    certain, possible = float(low) * scale, float(high) * scale
    edges = [float(tier.threshold or 0) * scale for tier in tiers] + [width]
    body = [_rung(tier, start, end) for tier, start, end in zip(tiers, edges, edges[1:], strict=False)]
    body.append(_rect(0, 18, width, 11, "na-50"))
    body += [_rect(0, 18, certain, 11, "ink-600"), _stripes(certain, 18, possible - certain, 11)]
    body += [f'<path d="M{edge:.2f} 15V35" stroke="{COLOURS["text"]}" stroke-width=".6"/>' for edge in edges[1:-1]]
    body += _pins(certain, possible, width, low, high)
    return _svg(width, 56, body, f"得分已确定 {score(low)}，最高 {score(high)}，满分 {plain(top)}")


def _rung(tier: Tier, start: float, end: float) -> str:
    words = tier.label if tier.threshold is None else f"{tier.label} {plain(tier.threshold)} 分起"
    return (
        _rect(start, 32, end - start, 3, f"tier-{tier.code}")
        + _text(start + 2 if start else 0, 47, words, size=8, anchor="start", fill=f"tier-{tier.code}", weight=700)
    )  # fmt: skip


def _pins(certain: float, possible: float, width: float, low: Number, high: Number) -> list[str]:
    """The two figures above the bar; when they are close they share one label."""
    if low == high:
        return [_pin(certain, width, f"{score(low)} 分")]
    if possible - certain < 70:
        return [_pin((certain + possible) / 2, width, f"{score(low)}–{score(high)} 分")]
    return [_pin(certain, width, f"已确定 {score(low)}"), _pin(possible, width, f"最高 {score(high)}")]


def _pin(x: float, width: float, words: str) -> str:
    anchor = "start" if x < 34 else "end" if x > width - 34 else "middle"
    return _text(min(max(x, 0), width), 12, words, size=8.5, weight=700, fill="ink-700", anchor=anchor)


def radar_svg(dimensions: Sequence[Dimension], width: float = 236, height: float = 176) -> str:
    """Each axis is a share of its own maximum: solid for what is certain, dashed for what is still possible."""
    axes = [d for d in dimensions if d.code != "bonus"]
    across, down, radius = width / 2, height / 2, height / 2 - 26
    directions = [(sin(2 * pi * i / len(axes)), -cos(2 * pi * i / len(axes))) for i in range(len(axes))]

    def ring(shares: Sequence[float]) -> str:
        pairs = zip(shares, directions, strict=True)
        return " ".join(f"{across + radius * s * dx:.2f},{down + radius * s * dy:.2f}" for s, (dx, dy) in pairs)

    def outline(shares: Sequence[float], style: str) -> str:
        return f'<polygon points="{ring(shares)}" {style}/>'

    grid = f'fill="none" stroke="{COLOURS["line-strong"]}" stroke-width=".5"'
    body = [outline([share] * len(axes), grid) for share in (0.25, 0.5, 0.75, 1)]
    body += [
        f'<path d="M{across} {down}L{across + radius * dx:.2f} {down + radius * dy:.2f}" {grid}/>'
        for dx, dy in directions
    ]
    dashed = f'fill="{COLOURS["ink-50"]}" fill-opacity=".55" stroke="{COLOURS["ink-500"]}" stroke-dasharray="3 2.2"'
    solid = f'fill="{COLOURS["ink-500"]}" fill-opacity=".28" stroke="{COLOURS["ink-600"]}" stroke-width="1.4"'
    body.append(outline([float(d.points_high) / float(d.points_max) for d in axes], dashed))
    body.append(outline([float(d.points_low) / float(d.points_max) for d in axes], solid))
    reach = radius + 8
    body += [
        _axis_label(d, across + reach * dx, down + reach * dy, dx, dy)
        for d, (dx, dy) in zip(axes, directions, strict=True)
    ]
    return _svg(width, height, body, "各维度得分占本维度满分的比例")


def _axis_label(dimension: Dimension, x: float, y: float, dx: float, dy: float) -> str:
    anchor = "middle" if abs(dx) < 0.3 else "start" if dx > 0 else "end"
    y += -9 if dy < -0.5 else 7 if dy > 0.5 else -1
    figures = f"{span(dimension.points_low, dimension.points_high)} / {plain(dimension.points_max)}"
    return _text(x, y, dimension.label, size=9, weight=700, anchor=anchor) + _text(
        x, y + 10, figures, size=7.5, fill="muted", anchor=anchor
    )


def bar_svg(low: Number, high: Number, top: Number, width: float = 90, height: float = 6) -> str:
    """A small bar of one dimension or indicator."""
    scale = width / float(top) if top else 0
    certain, possible = float(low) * scale, float(high) * scale
    body = [
        _rect(0, 0, width, height, "na-50"),
        _rect(0, 0, certain, height, "ink-600"),
        _stripes(certain, 0, possible - certain, height, 4) if possible > certain else "",
    ]
    return _svg(width, height, body, f"{span(low, high)} / {plain(top)}")


def key_svg(*, certain: bool) -> str:
    """The swatch of a legend."""
    return _svg(13, 6, [_rect(0, 0, 13, 6, "ink-600") if certain else _stripes(0, 0, 13, 6, 4)], "图例")


def timeline_svg(items: Sequence[PlanItem], width: float = PAGE) -> str:
    """When each service runs, month by month."""
    first, last = min(item.starts_on for item in items), max(item.due for item in items)
    months = _months(first, last)
    origin, end = months[0].toordinal(), _next_month(months[-1]).toordinal()
    label, row = 132.0, 19.0
    scale = (width - label) / (end - origin)
    height = 22 + row * len(items)
    body = [_month_mark(m, label + (m.toordinal() - origin) * scale, height, len(months)) for m in months]
    for place, item in enumerate(items):
        start = label + (item.starts_on.toordinal() - origin) * scale
        body.append(_run(item, place, 22 + row * place, start, scale))
    return _svg(width, height, body, "各项服务的起止时间")


def _months(first: date, last: date) -> list[date]:
    months = [first.replace(day=1)]
    while _next_month(months[-1]) <= last:
        months.append(_next_month(months[-1]))
    return months


def _next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _month_mark(month: date, x: float, height: float, count: int) -> str:
    """Every month has its line; each one its word too, or each half-year when there are many."""
    line = f'<path d="M{x:.2f} 14V{height:g}" stroke="{COLOURS["line"]}" stroke-width=".6"/>'
    if count > 14 and month.month not in (1, 7):
        return line
    words = f"{month.year}年" if month.month == 1 else f"{month.month}月"
    return line + _text(x + 2, 9, words, size=7, fill="muted", anchor="start")


def _run(item: PlanItem, place: int, y: float, x: float, scale: float) -> str:
    length = max((item.due.toordinal() - item.starts_on.toordinal()) * scale, 3)
    return (
        _text(0, y + 11, f"{place + 1}　{shorten(item.title, 13.5)}", size=8, anchor="start")
        + _rect(x, y + 4, length, 9, "ink-500", 1.5)
        + _text(x + length - 3 if length > 40 else x + length + 3, y + 11, f"+{plain(item.points)}", size=7,
                anchor="end" if length > 40 else "start", fill="ink-50" if length > 40 else "ink-600", weight=700)
    )  # fmt: skip


def seal_svg(words: str, size: float = 38) -> str:
    """A sample seal. It is drawn only with 演示 or 试运行 in its ring: a real one is the seal service's to apply."""
    spread = min(250.0, 17.5 * (len(words) - 1))
    step = spread / max(len(words) - 1, 1)
    ring = "".join(_seal_character(character, -spread / 2 + step * i) for i, character in enumerate(words))
    radii = [14.5 if i % 2 == 0 else 5.54 for i in range(10)]
    star = " ".join(f"{50 + r * sin(pi * i / 5):.2f},{50 - r * cos(pi * i / 5):.2f}" for i, r in enumerate(radii))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="{size:g}mm" height="{size:g}mm">'
        f'<circle cx="50" cy="50" r="47.5" fill="none" stroke="{COLOURS["seal"]}" stroke-width="2.6"/>'
        f'{ring}<polygon points="{star}" fill="{COLOURS["seal"]}"/></svg>'
    )


def _seal_character(character: str, degrees: float) -> str:
    angle = degrees * pi / 180
    place = f"translate({50 + 35.5 * sin(angle):.2f} {50 - 35.5 * cos(angle):.2f}) rotate({degrees:.2f})"
    return (
        f'<text transform="{place}" font-size="10.4" font-weight="700" text-anchor="middle" '
        f'font-family="{_SERIF}" fill="{COLOURS["seal"]}">{escape(character)}</text>'
    )
