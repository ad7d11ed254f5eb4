"""Declared counts against the ledger's: the ledger's count is used, and every difference is reported."""

from typing import TYPE_CHECKING, Final

from .model import Fact, FirmRow, Problem

if TYPE_CHECKING:
    from cultivation.assessments.services.ledger.model import Counts

NO_UPPER_BOUND: Final = 10**15
"""Greatest number where the ledger gives a least one only; no fact is greater."""

Bounded = Fact | tuple[int, int]


def reconcile(firm: FirmRow, counts: "Counts") -> tuple[dict[str, Bounded], list[Problem]]:
    """The facts to score, and what differs.

    A count that the ledger settles replaces the declared one. Where the ledger lacks a fact its bounds do, as
    ``(least, greatest)``: a declared count can't settle what the rows leave open. Only what a list does not show at
    all, such as pending applications, stands as declared. A firm without a single right in the ledger keeps what it
    declared.
    """
    facts: dict[str, Bounded] = dict(firm.values)
    if not counts.reasons:
        return facts, _absent(firm, counts)
    problems = []
    for code, (least, greatest) in counts.counts.items():
        declared = firm.values.get(code)
        most = _most(firm, counts, code, greatest)
        used = _used(declared, least, most)
        if used is not None or code in facts:
            facts[code] = used
        if isinstance(declared, int) and least != most:
            problems += _open(firm, code, declared, least, most, used)
        elif isinstance(declared, int) and used != declared:
            problems.append(_difference(firm, code, declared, str(least), used))
    return facts, problems


def _most(firm: FirmRow, counts: "Counts", code: str, greatest: int) -> int | None:
    """The greatest number, adding what the ledger does not list where the firm declared it; None when it is open."""
    if code not in counts.open_above:
        return greatest
    others = firm.values.get(counts.open_above[code])
    return greatest + others if isinstance(others, int) else None


def _used(declared: Fact, least: int, most: int | None) -> Bounded:
    if most is not None:
        return least if least == most else (least, most)
    if isinstance(declared, int) and least <= declared:
        return declared
    return (least, NO_UPPER_BOUND) if least else None


def _open(firm: FirmRow, code: str, declared: int, least: int, most: int | None, used: Bounded) -> list[Problem]:
    if used == declared:
        return []
    if most is None or not least <= declared <= most:
        found = f"不少于 {least}" if most is None else f"{least} 至 {most}"
        return [_difference(firm, code, declared, found, used)]
    return [
        Problem(
            firm.sheet, firm.cells.get(code, ""), str(declared), "info", "ledger_undecided",
            f"专利清单缺少判断依据，只能核计为 {least} 至 {most}", "申报数在此范围内，按此范围评分",
            "补全清单中的海外同族、质押、获奖等栏后可逐项核计",
        )
    ]  # fmt: skip


def _difference(firm: FirmRow, code: str, declared: int, found: str, used: Bounded) -> Problem:
    return Problem(
        firm.sheet, firm.cells.get(code, ""), str(declared), "warning", "ledger_differs",
        f"{firm.name}申报 {declared}，专利清单逐项核计为 {found}",
        "采用清单核计的数" if isinstance(used, int) else "按清单核计的范围评分",
        "核对专利清单和申报数；清单不全的，请补全后重新上传",
    )  # fmt: skip


def _absent(firm: FirmRow, counts: "Counts") -> list[Problem]:
    declared = [code for code in counts.counts if isinstance(firm.values.get(code), int) and firm.values[code]]
    if not declared:
        return []
    cell = firm.cells.get(declared[0], "")
    return [
        Problem(
            firm.sheet, cell, str(firm.values[declared[0]]), "warning", "not_in_ledger",
            f"{firm.name}申报了专利，但专利清单中没有它的任何一项",
            "采用申报数，未经清单核对", "在专利清单中补上该企业的专利",
        )
    ]  # fmt: skip
