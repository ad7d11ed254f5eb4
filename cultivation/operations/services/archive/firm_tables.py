"""What the archive holds of the firm itself: its people, what it asked and told, its titles and papers."""

from typing import Any

from django.db.models import Q

from cultivation.accounts.models import Claim, Enterprise, EnterpriseChange, EnterpriseName, Invitation, Membership
from cultivation.assessments.models import Evidence
from cultivation.documents.models import Certificate, Document
from cultivation.operations.models import Archive
from cultivation.pools.models import Placement
from cultivation.programmes.models import Designation

from .shape import Row, Scope, Table

SERIAL = "系统内部编号"
OWN = "就是本企业"
GUARDED = "安全凭据，不外传"


def _of(model: Any) -> Any:
    return lambda scope: model.objects.visible_to(scope.actor).filter(enterprise=scope.enterprise)


def _self(scope: Scope) -> Any:
    return Enterprise.objects.visible_to(scope.actor).filter(pk=scope.enterprise.pk)


def _names(scope: Scope) -> Any:
    return EnterpriseName.objects.filter(enterprise=scope.enterprise)


def _members(scope: Scope) -> Any:
    return _of(Membership)(scope).select_related("user")


def changes_of(scope: Scope) -> Any:
    """The firm's own, and mergers that name it as absorbed."""
    own = Q(enterprise=scope.enterprise) | Q(other=scope.enterprise)
    return EnterpriseChange.objects.visible_to(scope.actor).filter(own)


def _certificates(scope: Scope) -> Any:
    own = Q(enterprise=scope.enterprise) | Q(taken_by=scope.enterprise)
    return Certificate.objects.visible_to(scope.actor).filter(own)


def papers_of(scope: Scope) -> Any:
    """The firm's own, and certificates that came to it by a merger."""
    own = Q(enterprise=scope.enterprise) | Q(certificate__taken_by=scope.enterprise)
    sent = Document.objects.visible_to(scope.actor).filter(own)
    return Document.objects.filter(Q(pk__in=sent.values("pk")) | Q(pk__in=scope.reports))


def _tracks(placement: Placement) -> Row:
    return {"tracks": [f"{one.get_track_display()}（{one.get_standing_display()}）" for one in placement.tracks.all()]}


FIRM_TABLES: tuple[Table, ...] = (
    Table(
        "企业信息",
        Enterprise,
        _self,
        {
            "id": SERIAL,
            "uscc": "统一社会信用代码",
            "uscc_check_ok": "代码校验位相符",
            "uscc_note": "校验位不符的说明",
            "name": "企业名称",
            "region": "属地代码",
            "zone": "功能区",
            "is_demonstration": "演示数据",
            "created_at": "登记时间",
            "successor.name": "并入的企业",
            "merged_on": "并入日期",
        },
    ),
    Table(
        "曾用名", EnterpriseName, _names, {"name": "名称", "heard_on": "得知日期"}, {"id": SERIAL, "enterprise": OWN}
    ),
    Table(
        "人员和角色",
        Membership,
        _members,
        {
            "user.full_name": "姓名",
            "user.username": "登录名",
            "user.email": "邮箱",
            "role": "角色",
            "is_active": "在任",
            "created_at": "加入时间",
            "ended_at": "离任时间",
        },
        {"id": SERIAL, "user": "列出姓名、登录名和邮箱", "enterprise": OWN, "organisation": "企业人员没有所属机构"},
    ),
    Table(
        "邀请",
        Invitation,
        lambda scope: _of(Invitation)(scope).select_related("invited_by", "accepted_by"),
        {
            "role": "角色",
            "name": "姓名",
            "email": "邮箱",
            "phone": "手机",
            "state": "状态",
            "invited_by.full_name": "邀请人",
            "accepted_by.full_name": "接受人",
            "created_at": "邀请时间",
            "expires_at": "有效期至",
        },
        {"id": SERIAL, "enterprise": OWN, "nonce": GUARDED},
    ),
    Table(
        "认领申请",
        Claim,
        lambda scope: _of(Claim)(scope).select_related("claimant", "proof"),
        {
            "claimant.full_name": "申请人",
            "decider": "由谁答复",
            "given_name": "填写的企业名称",
            "reason": "理由",
            "proof.name": "证明文件",
            "state": "状态",
            "answer": "答复",
            "decided_at": "答复时间",
            "created_at": "申请时间",
        },
        {"id": SERIAL, "enterprise": OWN, "decided_by": "答复人可能是主管局人员，只列答复"},
    ),
    Table(
        "变更告知",
        EnterpriseChange,
        lambda scope: changes_of(scope).select_related("proof", "enterprise", "other"),
        {
            "kind": "事项",
            "before": "变更前",
            "after": "变更后",
            "happened_on": "发生日期",
            "note": "说明",
            "proof.name": "证明文件",
            "state": "状态",
            "told_by": "告知人",
            "told_at": "告知时间",
            "region_before": "变更前属地代码",
            "answer": "答复",
            "form": "合并方式",
            "enterprise.name": "存续企业",
            "other.name": "被合并企业",
            "other_uscc": "被合并企业的代码",
        },
        {"id": SERIAL},
    ),
    Table(
        "称号",
        Designation,
        _of(Designation),
        {
            "kind": "称号",
            "chain": "产业链",
            "body": "认定机关",
            "document": "文号",
            "designated_on": "认定日期",
            "expires_on": "有效期至",
            "source": "来源",
            "state": "状态",
            "revoked_on": "撤销日期",
            "revoke_reason": "撤销原因",
            "created_at": "录入时间",
            "held_since": "自何日由本企业持有",
            "taking_basis": "承继的依据",
        },
        {
            "id": SERIAL,
            "enterprise": OWN,
            "origin": "名单里还有其他企业",
            "taken_over_from": "被合并企业的记录，见承继的依据和变更告知",
        },
    ),
    Table(
        "入库情况",
        Placement,
        lambda scope: _of(Placement)(scope).select_related("round").prefetch_related("tracks"),
        {"round.name": "批次", "assessment_id": "评估编号", "tier": "等级", "placed_on": "入库日期"},
        {"id": SERIAL, "enterprise": OWN},
        more=_tracks,
        more_fields={"tracks": "类别"},
    ),
    Table(
        "证书",
        Certificate,
        _certificates,
        {
            "number": "证书编号",
            "title": "名称",
            "tier": "等级",
            "enterprise_name": "证书上的企业名称",
            "state": "状态",
            "issued_on": "发证日期",
            "expires_on": "有效期至",
            "replaced_by.number": "更换为",
            "reason": "原因",
            "document_id": "文件编号",
            "taken_by.name": "由谁承继",
            "taking": "承继状态",
            "taking_basis": "承继与否的依据",
            "is_trial": "试运行",
            "is_demonstration": "演示数据",
        },
        {
            "id": SERIAL,
            "enterprise": OWN,
            "token": "证书上的二维码已含核验地址",
            "payload": "与证书 PDF 内容相同",
            "series": "编号规则",
            "subject_type": "证书针对的评估，见入库情况",
            "subject_id": "同上",
            "problem": "签发时的系统提示",
        },
    ),
    Table(
        "文件清单",
        Document,
        lambda scope: papers_of(scope).select_related("file"),
        {
            "id": "文件编号",
            "kind": "种类",
            "title": "标题",
            "file.name": "文件名",
            "sha256": "SHA-256",
            "created_at": "生成时间",
        },
        {
            "enterprise": OWN,
            "token": "文件上的二维码已含核验地址",
            "payload": "与 PDF 内容相同",
            "fingerprint": "内容的内部指纹",
            "subject_type": "文件针对的对象，见标题",
            "subject_id": "同上",
            "is_released": "只收录已放行的文件",
        },
    ),
    Table(
        "证明材料清单",
        Evidence,
        lambda scope: _of(Evidence)(scope).select_related("file"),
        {
            "id": "材料编号",
            "title": "名称",
            "file.name": "文件名",
            "file.size": "字节数",
            "sha256": "SHA-256",
            "dated_on": "材料日期",
            "expires_on": "有效期至",
            "added_by": "上传人",
            "added_at": "上传时间",
        },
        {"enterprise": OWN},
    ),
    Table(
        "导出记录",
        Archive,
        _of(Archive),
        {"asked_at": "申请时间", "ready_at": "完成时间", "files": "文件数", "missing": "未取到的文件数"},
        {"id": SERIAL, "enterprise": OWN, "asked_by": "就是本人", "role": "就是本人的角色", "file": "压缩包不含压缩包"},
    ),
)
