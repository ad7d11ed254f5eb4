"""Titles on record laid over what firms declared: a record decides, and a contradiction is said."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from cultivation.assessments.models import Answer, Assessment
from cultivation.assessments.services.facts import state_of
from cultivation.programmes.services import Title, find_titles

REGISTER = "register"
Contradiction = dict[Literal["zh", "en"], str]


def settle_titles(assessments: Sequence[Assessment]) -> None:
    """The approved titles of firms follow the records of their round's day; the rest stays as accepted.

    The declared value is kept beside it. What a record decided goes back to what it was once that record is voided.
    """
    days = {assessment.round.assessed_on for assessment in assessments}
    titles = {day: find_titles([one.enterprise_id for one in assessments], on=day) for day in days}
    for assessment in assessments:
        own = titles[assessment.round.assessed_on].get(assessment.enterprise_id, {})
        answers = {answer.code: answer for answer in assessment.answers.all()}
        changed = [_give_back(answer) for code, answer in answers.items() if answer.basis and code not in own]
        changed += [_decide(assessment, answers.get(fact), title) for fact, title in own.items()]
        _keep(assessment, changed)


def laid_over(assessment: Assessment, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts with the titles on record in place of what was declared; nothing is stored."""
    own = find_titles([assessment.enterprise_id], on=assessment.round.assessed_on).get(assessment.enterprise_id, {})
    return {**facts, **{fact: title.is_held for fact, title in own.items()}}


def _give_back(answer: Answer) -> Answer:
    if answer.source == REGISTER:
        answer.approved, answer.source = answer.basis["before"]["approved"], answer.basis["before"]["source"]
        answer.state = state_of(answer.approved)
    answer.basis = {}
    return answer


def _decide(assessment: Assessment, answer: Answer | None, title: Title) -> Answer:
    """What stood there is kept, unless it is what an earlier record put there."""
    found = answer or Answer(assessment=assessment, code=title.fact, source="")
    is_ours = bool(found.basis) and found.source == REGISTER
    before = found.basis["before"] if is_ours else {"approved": found.approved, "source": found.source}
    found.approved, found.state, found.source = title.is_held, "known", REGISTER
    found.basis = {**title.basis(), "before": before}
    return found


def _keep(assessment: Assessment, changed: Sequence[Answer]) -> None:
    """Written at once, those that nobody but a record gave taken out; what was read before is forgotten."""
    if not changed:
        return
    Answer.objects.bulk_create([answer for answer in changed if answer.pk is None])
    kept = [answer for answer in changed if answer.pk is not None and answer.source]
    Answer.objects.bulk_update(kept, ["approved", "source", "state", "basis"])
    Answer.objects.filter(pk__in=[answer.pk for answer in changed if not answer.source]).delete()
    getattr(assessment, "_prefetched_objects_cache", {}).pop("answers", None)


def contradictions_of(assessment: Assessment) -> Iterator[Contradiction]:
    """Titles that the firm declared otherwise than the record says, in words."""
    from scoring import read_indicators

    for answer in assessment.answers.all():
        if answer.basis and answer.declared is not None and answer.declared != answer.approved:
            indicator, basis = read_indicators()[answer.code], answer.basis
            yield {
                "zh": f"{indicator.zh}：填报“{_word(answer.declared)}”，名单记录为“{_word(answer.approved)}”"
                f"（{describe_basis(basis)}），以记录为准",
                "en": f"{indicator.en}: declared {_word_en(answer.declared)}, on record {_word_en(answer.approved)}"
                f" ({basis['body']}, {basis['designated_on']} to {basis['expires_on'] or 'undecided'});"
                " the record decides",
            }


def _word(value: Any) -> str:
    return "是" if value is True else "否" if value is False else "不适用"


def _word_en(value: Any) -> str:
    return "yes" if value is True else "no" if value is False else "not applicable"


def describe_basis(basis: dict[str, Any]) -> str:
    """Who designated it, from when until when, and how it stands: as it is printed beside the value."""
    parts = [basis["body"], basis["document"], basis["chain"]]
    parts.append(f"{basis['designated_on']} 至 {basis['expires_on'] or '未定'}")
    standing = basis["standing"]
    if standing == "revoked":
        parts.append(f"{basis['revoked_on']} 撤销：{basis['reason']}")
    elif standing == "lapsed":
        parts.append("已过期")
    return "，".join(part for part in parts if part)
