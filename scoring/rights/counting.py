"""What a ledger of rights counts for under every rulebook at once, row by row, with bounds where it lacks a fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..rulebook import Library, Rulebook, load_library
from ..schema import Condition, Kind, RightKind, RightRule, SourceStatus, Text, Unlisted
from .conditions import KIND_UNSAID, ask_each
from .right import RIGHT_KINDS, UNKNOWN, Right
from .said import UNSAID, YES, Outcome, Said, all_of, no, silent, unsaid, yes


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why one right counts, does not count, or may count under one rule.

    Attributes
    ----------
    rulebook, rule : str
        Key of the rulebook, and id of its rule.
    code : str
        Indicator that the rule fills.
    title : Text
        Of the rule.
    outcome : "counts", "excluded" or "possible"
    zh, en : str
        The reason in words.
    clause : str
        Source of the condition that decided, of the rule where several did.
    status : "official", "secondary" or "calibrated"
        Of that source.
    """

    rulebook: str
    rule: str
    code: str
    title: Text
    outcome: Outcome
    zh: str
    en: str
    clause: str
    status: SourceStatus


@dataclass(frozen=True, slots=True)
class RightCount:
    """One indicator: its least and greatest number.

    Attributes
    ----------
    rulebook, rule : str
        Key of the rulebook, and id of its rule.
    code : str
        The indicator.
    title : Text
        Of the rule.
    least, most : int
        Rights that count for certain, and those that may count besides.
    is_open : bool
        Whether the ledger leaves out what the indicator also counts, so that the greatest number is not the last word.
    closed_by : str or None
        The indicator whose declared number closes it; None when none does.
    """

    rulebook: str
    rule: str
    code: str
    title: Text
    least: int
    most: int
    is_open: bool
    closed_by: str | None


@dataclass(frozen=True, slots=True)
class RightCounts:
    """A ledger under every rulebook that counts rights.

    Attributes
    ----------
    counts : mapping of str to RightCount
        By indicator code, rulebook by rulebook.
    verdicts : tuple of tuple of Verdict
        For each right, in the order of the ledger, one a rule.
    """

    counts: Mapping[str, RightCount]
    verdicts: tuple[tuple[Verdict, ...], ...]


def count_rights(
    rights: Sequence[Right],
    *,
    on: date,
    kind: Kind = "new",
    region: str = "420000",
    library: Library | None = None,
) -> RightCounts:
    """Count one firm's rights under every rulebook of rights in force (E19).

    Parameters
    ----------
    rights : sequence of Right
        The firm's ledger.
    on : date
        Date of assessment.
    kind, region
        As for ``assess``.
    library : Library, optional
        Rulebooks to use in place of the shipped ones.

    Returns
    -------
    RightCounts
        Counts that settle nothing the ledger leaves open: least and greatest differ by the rights that may count.
    """
    rulebooks = counting_rulebooks(library or load_library(), kind=kind, region=region, on=on)
    counts: dict[str, RightCount] = {}
    columns: list[list[Verdict]] = []
    for rulebook in rulebooks:
        for rule in rulebook.body.rights:
            column = [judge(rulebook, rule, right, on) for right in rights]
            counts[rule.counts] = _count(rulebook, rule, column, rights)
            columns.append(column)
    rows = tuple(zip(*columns, strict=True)) if columns else tuple(() for _ in rights)
    return RightCounts(counts, rows)


def counting_rulebooks(library: Library, *, kind: Kind, region: str, on: date) -> list[Rulebook]:
    """The rulebooks of rights in force, each scheme once, in the library's order."""
    schemes = dict.fromkeys(rulebook.body.id for rulebook in library.rulebooks.values() if rulebook.body.rights)
    found = (library.find(scheme, kind=kind, region=region, on=on).rulebook for scheme in schemes)
    return [rulebook for rulebook in found if rulebook is not None]


def judge(rulebook: Rulebook, rule: RightRule, right: Right, on: date) -> Verdict:
    """Whether one right counts under one rule."""
    said = all_of(_answers(rulebook, rule, right, on))
    return Verdict(
        rulebook=rulebook.key,
        rule=rule.id,
        code=rule.counts,
        title=rule.title,
        outcome=said.outcome,
        zh="；".join(said.zh),
        en="; ".join(said.en),
        clause=said.source or rule.source or rulebook.body.source,
        status=said.status or rule.status or rulebook.body.status,
    )


def _answers(rulebook: Rulebook, rule: RightRule, right: Right, on: date) -> Iterator[Said]:
    """One by one: most rights are of another kind, and nothing more is asked of them."""
    yield _is_of_kind(kinds_of(rulebook, rule), right)
    yield _is_one_right(right)
    yield from ask_each(conditions_of(rulebook, rule), right, on)


def _is_of_kind(kinds: Sequence[str], right: Right) -> Said:
    if right.kind == UNKNOWN:
        return KIND_UNSAID
    kind = RIGHT_KINDS[right.kind]
    if right.kind in kinds:
        return yes(kind.zh, kind.en)
    return no(f"{kind.zh}不在此项之列", f"not of this count: {kind.en}")


def _is_one_right(right: Right) -> Said:
    """Whether the row is one right of this firm at all: no rule counts a repetition or another's right."""
    if right.duplicate:
        return no(right.duplicate, f"listed already ({right.duplicate})")
    if right.obtained == "licensed":
        return no("许可取得，本企业不是权利人", "licensed: the firm is not the right-holder")
    if right.is_contested:
        return unsaid("权属有争议，权利人待核实", "its ownership is disputed, to be verified")
    if not right.number_ok:
        return unsaid("号码或其校验位有误，待核实", "its number or check digit is wrong, to be verified")
    return silent()


def chain_of(rulebook: Rulebook, rule: RightRule) -> list[RightRule]:
    """The rule after those it narrows, widest first."""
    by_id = {other.id: other for other in rulebook.body.rights}
    chain = [rule]
    while chain[0].within:
        chain.insert(0, by_id[chain[0].within])
    return chain


def kinds_of(rulebook: Rulebook, rule: RightRule) -> tuple[RightKind, ...]:
    return chain_of(rulebook, rule)[0].kinds


def conditions_of(rulebook: Rulebook, rule: RightRule) -> tuple[Condition, ...]:
    return tuple(condition for link in chain_of(rulebook, rule) for condition in link.where)


def _count(rulebook: Rulebook, rule: RightRule, column: Sequence[Verdict], rights: Sequence[Right]) -> RightCount:
    outcomes = [verdict.outcome for verdict in column]
    least = outcomes.count(YES)
    unlisted = next((link.unlisted for link in reversed(chain_of(rulebook, rule)) if link.unlisted), None)
    is_open = unlisted is not None and not _lists(unlisted, rights)
    return RightCount(
        rulebook=rulebook.key,
        rule=rule.id,
        code=rule.counts,
        title=rule.title,
        least=least,
        most=least + outcomes.count(UNSAID),
        is_open=is_open,
        closed_by=unlisted.closed_by if unlisted and is_open else None,
    )


def _lists(unlisted: Unlisted, rights: Sequence[Right]) -> bool:
    """Whether the ledger shows that it lists such rights."""
    return any(right.kind in unlisted.kinds or right.state in unlisted.states for right in rights)
