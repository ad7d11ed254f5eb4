"""Delete a draft (E36): what was written in it goes, what is the firm's own beyond it stays."""

from django.db import transaction

from cultivation.assessments.flow import assessment_flow
from cultivation.assessments.models import Assessment, Evidence, EvidenceUse
from cultivation.assessments.services.evidence.upload import drop_uploads
from cultivation.assessments.services.evidence.uses import handed_in, remove_evidence
from cultivation.core.actors import Actor
from cultivation.programmes.services import why_not_filling


def discard_draft(actor: Actor, *, draft: Assessment) -> Assessment:
    """Answers, edits, scenarios and what proves nothing else are gone for good; the ledger waits to be taken up."""
    with transaction.atomic():
        locked = Assessment.objects.select_for_update(of=("self",)).select_related("round").get(pk=draft.pk)
        alone = _only_here(locked)
        assessment_flow.run(locked, "discard", actor=actor, answers=locked.answers.count(), evidence=len(alone))
        drop_uploads(locked)
        for evidence in alone:
            remove_evidence(actor, evidence=evidence)
    return locked


def words_of_discard(draft: Assessment) -> str:
    """Exactly what goes and what stays, before somebody says yes."""
    alone = len(_only_here(draft))
    others = draft.enterprise.evidence.count() - alone
    goes = [
        (draft.answers.exclude(source="ledger").count(), "{} 项填写内容和它们的修改记录"),
        (draft.scenarios.count(), "{} 个保存的推演方案"),
        (alone, "{} 份只用在这里的证明材料"),
        (draft.uploads.count(), "{} 个没有传完的文件"),
    ]
    stays = [(draft.rights.count(), "知识产权台账（{} 项）"), (others, "其他 {} 份证明材料"), (1, "以往批次的内容")]
    ended = why_not_filling(draft.round)
    after = f"{ended}删除后不能再填报本批次。" if ended else "截止时间以前可以重新开始填报。"
    return f"将删除：{_listed(goes) or '空白的草稿'}。保留：{_listed(stays)}。删除后不能恢复；{after}"


def _listed(counted: list[tuple[int, str]]) -> str:
    return "、".join(words.format(count) for count, words in counted if count)


def _only_here(draft: Assessment) -> list[Evidence]:
    """Papers that prove something in this draft and nothing anywhere else, nor stand in a submission."""
    elsewhere = EvidenceUse.objects.exclude(assessment=draft).values("evidence")
    here = Evidence.objects.filter(uses__assessment=draft).exclude(pk__in=elsewhere)
    return list(here.exclude(sha256__in=handed_in(draft.enterprise_id)).distinct())
