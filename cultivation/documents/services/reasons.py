"""Why a programme came out as it did, told from its clauses in one line."""

from collections.abc import Iterable, Sequence

from .payloads import ClauseRow, ProgrammeResult

NAMED = 3
WORDS = {"unmet": "不符合", "unknown": "资料不足", "manual_review": "待人工核验"}


def why(programme: ProgrammeResult) -> str:
    """The reason given, unless it only repeats which rulebook applies: then what decided the outcome."""
    repeated = programme.rulebook is not None and programme.reason == programme.rulebook.reason
    if programme.reason and not repeated:
        return programme.reason
    if programme.outcome == "met":
        return "各项条件均已满足"
    deciding = list(deciding_clauses(programme))
    if not deciding or programme.outcome not in WORDS:
        return programme.reason
    titles = "、".join(clause.title for clause in deciding[:NAMED])
    return f"{WORDS[programme.outcome]} {len(deciding)} 条：{titles}{'等' if len(deciding) > NAMED else ''}"


def deciding_clauses(programme: ProgrammeResult) -> Iterable[ClauseRow]:
    """The leaves that carry the outcome: reached from the top through clauses of that same outcome."""
    carrying = [clause for clause in programme.clauses if clause.outcome == programme.outcome]
    ids = {clause.id for clause in programme.clauses}
    reached: set[str] = set()
    for clause in carrying:
        if clause.parent not in ids or clause.parent in reached:
            reached.add(clause.id)
    return [clause for clause in carrying if clause.id in reached and not _has_child(clause, carrying)]


def _has_child(clause: ClauseRow, rows: Sequence[ClauseRow]) -> bool:
    return any(row.parent == clause.id for row in rows)


def situation(clause: ClauseRow) -> str:
    """The facts as found; those that are only unknown are left to the note, which says what to supply."""
    facts = clause.value.split("；")
    return "；".join(fact for fact in facts if not (clause.note and fact.endswith("未知")))
