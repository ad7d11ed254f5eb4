"""演示数据: firms and figures here are made up. Each function gives a fresh payload; keywords replace fields."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from cultivation.documents.services.payloads import (
    AdvantageList,
    Certificate,
    CityGroup,
    ClauseRow,
    DiagnosisReport,
    Dimension,
    Firm,
    Gap,
    IndicatorRow,
    ListRow,
    NextStep,
    Outcome,
    PlanItem,
    ProgrammeResult,
    RoundInfo,
    RulebookRef,
    ServicePlan,
    Tier,
)

MADE_ON = date(2026, 6, 1)
FIRM = Firm(
    name="云梦东湖生物实业有限公司",
    uscc="91429999T3E0TWMF63",
    region="黄冈市",
    size_class="小型企业",
    industry="医药制造业",
)
LONG_NAME = "湖北省宜昌市三峡库区长江流域生态环境综合治理与可持续发展工程技术研究开发（集团）股份有限公司"
RARE_NAME = "武汉𬭎堃喆镕犇科技有限公司"
ROUND = RoundInfo(name="2026 年度培育批次", assessed_on=date(2026, 5, 1), kind="新申报")
CAPABILITY = RulebookRef(
    programme="capability",
    key="ip-capability/2026",
    title="企业知识产权能力评分表",
    source_status="calibrated",
    reason="自 2026 年 1 月 1 日起适用于全部申报",
    fingerprint="9f2c71be5d0a4e8c1f6b3a2d7e9c0b14",
)
TIERS = (
    Tier(code="starter", label="起步", threshold=None),
    Tier(code="growth", label="成长", threshold=45),
    Tier(code="advantage", label="优势", threshold=65),
    Tier(code="leading", label="领军", threshold=80),
)

IndicatorSpec = tuple[str, str, str, float, float, float]
_CREATION: tuple[IndicatorSpec, ...] = (
    ("有效发明专利数", "12 件", "10–19 件", 6, 6, 8),
    ("高价值发明专利数", "?缺 3 件专利的维持年限与质押情况", "2–5 件", 2, 4, 6),
    ("近三年发明专利申请占比", "54.5 %（18 / 33）", "50 % 及以上", 5, 5, 5),
    ("近三年发明专利授权率", "61.5 %（8 / 13）", "50 %–70 %", 4, 4, 5),
    ("海外专利申请（含 PCT）", "0 件", "无", 0, 0, 3),
    ("其他知识产权", "商标 6 件，软著 9 件", "10 件及以上", 3, 3, 3),
)
_USE: tuple[IndicatorSpec, ...] = (
    ("专利产品销售收入占比", "41.2 %（3,296 / 8,000 万元）", "30 %–50 %", 7, 7, 10),
    ("许可转让、质押、作价入股", "质押融资 800 万元", "500–1,000 万元", 4, 4, 7),
    ("备案的专利密集型产品", "0 项", "无", 0, 0, 4),
    ("已产业化的有效专利", "?缺 产业化证明材料", "", 0, 4, 4),
)
_PROTECTION: tuple[IndicatorSpec, ...] = (
    ("侵权监测", "不定期", "不定期开展", 3, 3, 5),
    ("自由实施（FTO）审查", "2 次", "1–2 次", 3, 3, 5),
    ("商业秘密保护制度", "已成文", "成文未审核", 3, 3, 5),
    ("海外知识产权风险预案", "-", "无出口业务，本项按替代指标计", 2, 2, 2),
    ("知识产权保险", "?缺 保单", "", 0, 3, 3),
)
_MANAGEMENT: tuple[IndicatorSpec, ...] = (
    ("知识产权合规管理体系", "2013 版，2025-12-31 后失效", "未取得 2023 版", 0, 0, 5),
    ("创新与知识产权管理能力等级", "2 级", "2 级", 3, 3, 6),
    ("知识产权战略规划", "已批准", "已批准", 3, 3, 4),
    ("专职知识产权人员", "2 人", "2 人", 3, 3, 4),
    ("知识产权经费占研发经费", "?缺 上年度知识产权经费", "3 %–5 %", 2.5, 4, 6),
)


def indicator(code: str, spec: IndicatorSpec) -> IndicatorRow:
    label, value, band, low, high, top = spec
    state = {"?": "unknown", "-": "not_applicable"}.get(value[0], "known")
    missing = value[1:].replace("缺 ", "缺：") if state == "unknown" else ""
    return IndicatorRow(
        code=code,
        label=label,
        value=value if state == "known" else "",
        state=state,  # type: ignore[arg-type]
        band=band,
        points_low=Decimal(str(low)),
        points_high=Decimal(str(high)),
        points_max=Decimal(str(top)),
        missing=missing,
        source="calibrated",
    )


def dimension(code: str, label: str, top: int, specs: tuple[IndicatorSpec, ...]) -> Dimension:
    rows = tuple(indicator(f"{code}-{place}", spec) for place, spec in enumerate(specs, 1))
    low, high = sum(r.points_low for r in rows), sum(r.points_high for r in rows)
    return Dimension(code=code, label=label, points_low=low, points_high=high, points_max=top, indicators=rows)


DIMENSIONS = (
    dimension("creation", "创造", 30, _CREATION),
    dimension("utilisation", "运用", 25, _USE),
    dimension("protection", "保护", 20, _PROTECTION),
    dimension("management", "管理", 25, _MANAGEMENT),
    dimension("bonus", "加分", 5, (("专利奖", "省级奖 1 项", "省级", 2, 2, 5),)),
)


def clause(programme: str, id: str, depth: int, title: str, value: str, outcome: Outcome, **more: Any) -> ClauseRow:
    more = {"parent": "", **more}
    return ClauseRow(programme=programme, id=id, depth=depth, title=title, value=value, outcome=outcome, **more)


LITTLE_GIANT = (
    clause("little-giant", "XJ-专", 0, "专业化：以下各条均须满足", "", "unmet"),
    clause("little-giant", "XJ-专-1", 1, "从事特定细分市场满 3 年", "8 年", "met"),
    clause("little-giant", "XJ-专-2", 1, "主营业务收入占营业收入不低于 80 %", "93.1 %（7,448 / 8,000 万元）", "met"),
    clause(
        "little-giant", "XJ-专-3", 1, "近两年主营业务收入平均增长率不低于 5 %", "3.8 %", "unmet", note="差 1.2 个百分点"
    ),
    clause("little-giant", "XJ-精", 0, "精细化：管理体系、质量与数字化水平", "", "unknown"),
    clause("little-giant", "XJ-精-1", 1, "取得质量管理体系认证", "", "unknown", note="缺：质量管理体系认证"),
    clause("little-giant", "XJ-精-2", 1, "资产负债率不高于 70 %", "46.0 %", "met"),
    clause(
        "little-giant",
        "XJ-特",
        0,
        "特色化：品牌与市场知名度",
        "自主品牌 1 个",
        "manual_review",
        note="品牌知名度由评审认定",
    ),
    clause("little-giant", "XJ-新", 0, "创新能力：研发、机构与知识产权三项均须满足，或满足直通条件", "", "unmet"),
    clause(
        "little-giant", "XJ-新-1", 1, "近两年研发费用合计不低于 1,200 万元", "902 万元", "unmet", note="差 298 万元"
    ),
    clause("little-giant", "XJ-新-2", 1, "建有研发机构", "市级", "met"),
    clause(
        "little-giant",
        "XJ-新-3",
        1,
        "自主申请、前三权利人且已应用的Ⅰ类知识产权",
        "",
        "unknown",
        note="台账缺权利人排名",
    ),
    clause("little-giant", "XJ-链", 0, "产业链关键环节", "六基或关键零部件配套", "manual_review"),
)
INNOVATIVE = (
    clause(
        "innovative-sme", "score", 0, "评价得分不低于 60 分", "", "met", points_low=66, points_high=86, points_max=100
    ),
    clause(
        "innovative-sme",
        "CX-1",
        1,
        "与主导产品相关的有效知识产权",
        "Ⅰ类 3 项以上",
        "met",
        points_low=20,
        points_high=20,
        points_max=20,
    ),
    clause(
        "innovative-sme",
        "CX-2",
        1,
        "上年度研发费用占营业收入比重",
        "",
        "unknown",
        points_low=0,
        points_high=20,
        points_max=20,
        note="缺：上年度研发费用",
    ),
    clause(
        "innovative-sme",
        "CX-3",
        1,
        "上年度主营业务收入增长率",
        "15.0 %",
        "met",
        points_low=20,
        points_high=20,
        points_max=20,
    ),
    clause(
        "innovative-sme",
        "CX-4",
        1,
        "主营业务收入占营业收入比重",
        "93.1 %",
        "met",
        points_low=16,
        points_high=16,
        points_max=20,
    ),
    clause(
        "innovative-sme",
        "CX-5",
        1,
        "主导产品所属领域",
        "战略性新兴产业",
        "met",
        points_low=10,
        points_high=10,
        points_max=20,
    ),
)


def rulebook(programme: str, key: str, title: str, status: Any, reason: str) -> RulebookRef:
    return RulebookRef(programme=programme, key=key, title=title, source_status=status, reason=reason)


def _scored(programme: str, outcome: Outcome) -> tuple[ClauseRow, ...]:
    rows = [
        clause(
            programme,
            f"{programme[:2].upper()}-{n}",
            n % 3,
            f"第 {n} 项条件：研究开发与成果转化达到规定水平",
            f"{n * 7} 项",
            outcome,
        )
        for n in range(1, 7)
    ]
    return tuple(rows)


PROGRAMMES = (
    ProgrammeResult(
        code="innovative-sme",
        label="创新型中小企业",
        outcome="met",
        score="66–86，须达 60",
        reason="得分的最低值已达 60 分",
        clauses=INNOVATIVE,
        rulebook=rulebook(
            "innovative-sme",
            "innovative-sme/2022",
            "优质中小企业梯度培育管理暂行办法（附件 1）",
            "official",
            "2022 年 8 月 1 日起，新申报与复核均适用",
        ),
    ),
    ProgrammeResult(
        code="tech-sme",
        label="科技型中小企业",
        outcome="unknown",
        reason="缺 1 项：科技人员数",
        rulebook=rulebook("tech-sme", "tech-sme/2017", "科技型中小企业评价办法", "official", "2017 年 5 月 3 日起适用"),
        clauses=_scored("tech-sme", "unknown"),
    ),
    ProgrammeResult(
        code="srdi-sme",
        label="专精特新中小企业",
        outcome="manual_review",
        reason="细分市场占有率由评审认定",
        rulebook=rulebook(
            "srdi-sme",
            "srdi-sme/2026",
            "优质中小企业梯度培育管理办法",
            "secondary",
            "新申报自 2026 年 4 月 1 日起适用 2026 年办法",
        ),
        clauses=_scored("srdi-sme", "manual_review"),
    ),
    ProgrammeResult(
        code="little-giant",
        label="专精特新“小巨人”企业",
        outcome="unmet",
        reason="不满足 2 条：主营业务收入增长率、近两年研发费用",
        clauses=LITTLE_GIANT,
        rulebook=rulebook(
            "little-giant",
            "little-giant/2026",
            "优质中小企业梯度培育管理办法",
            "secondary",
            "新申报自 2026 年 4 月 1 日起适用 2026 年办法；复核仍用 2022 年办法",
        ),
    ),
    ProgrammeResult(
        code="hnte",
        label="高新技术企业",
        outcome="met",
        score="76–84，须高于 70",
        reason="得分的最低值高于 70 分，各项条件满足",
        clauses=_scored("hnte", "met"),
        rulebook=rulebook("hnte", "hnte/2016", "高新技术企业认定管理办法", "official", "2016 年 1 月 1 日起适用"),
    ),
    ProgrammeResult(
        code="star-market",
        label="科创属性",
        outcome="unmet",
        reason="近三年研发费用合计不足 8,000 万元",
        rulebook=rulebook(
            "star-market", "star-market/2024", "科创属性评价指引（试行）", "secondary", "2024 年 4 月 30 日起适用"
        ),
    ),
    ProgrammeResult(
        code="ip-advantage",
        label="国家知识产权优势企业",
        outcome="not_applicable",
        reason="2025 年 9 月起不再开展申报，只显示仍有效的称号",
        rulebook=None,
    ),
    ProgrammeResult(
        code="ip-demonstration",
        label="国家知识产权示范企业",
        outcome="not_applicable",
        reason="2025 年 9 月起不再开展申报，只显示仍有效的称号",
        rulebook=None,
    ),
    ProgrammeResult(
        code="gold-seed",
        label="上市后备“金种子”企业",
        outcome="unknown",
        reason="缺 1 项：是否列入省级名单",
        rulebook=None,
    ),
    ProgrammeResult(
        code="silver-seed",
        label="上市后备“银种子”企业",
        outcome="unknown",
        reason="缺 1 项：是否列入省级名单",
        rulebook=None,
    ),
    ProgrammeResult(
        code="chain-leader",
        label="产业链“链主”企业",
        outcome="not_applicable",
        reason="小型企业不在遴选范围",
        rulebook=None,
    ),
    ProgrammeResult(
        code="pledge-whitelist",
        label="质押融资白名单",
        outcome="manual_review",
        reason="名单由省局与银行共同核定",
        rulebook=None,
    ),
    ProgrammeResult(
        code="patent-industrialisation",
        label="专利产业化样板企业",
        outcome="unknown",
        reason="缺 2 项：已产业化的有效专利、专利产品销售收入",
        rulebook=None,
    ),
)

GAPS = (
    Gap(
        label="产业化证明材料",
        affects="运用 · 已产业化的有效专利；专利产业化样板企业",
        points=4,
        todo="上传备案截图或销售合同，按专利号逐件对应",
    ),
    Gap(label="知识产权保险保单", affects="保护 · 知识产权保险", points=3, todo="上传在保保单；没有投保请选“否”"),
    Gap(
        label="3 件专利的维持年限与质押情况",
        affects="创造 · 高价值发明专利数",
        points=2,
        todo="在知识产权台账补录 3 行",
    ),
    Gap(
        label="上年度知识产权经费",
        affects="管理 · 知识产权经费占研发经费",
        points=Decimal("1.5"),
        todo="按上年度审计口径填写，单位为万元",
    ),
    Gap(label="科技人员数", affects="科技型中小企业的结论", points=None, todo="填写年末在册科技人员"),
)
STEPS = (
    NextStep(
        title="补齐 5 项资料",
        detail="补齐后得分可从 55.5 分确定到最高 66.0 分，见“资料缺口”。",
        due="6 月 12 日前",
        points=Decimal("10.5"),
    ),
    NextStep(
        title="换取 GB/T 29490-2023 认证", detail="现有 2013 版证书已于 2025 年 12 月 31 日失效。", due="", points=5
    ),
    NextStep(title="提请核验细分市场占有率", detail="“专精特新”结论等待评审认定，不影响能力得分。"),
)


def report(**changes: Any) -> DiagnosisReport:
    low, high = sum(d.points_low for d in DIMENSIONS), sum(d.points_high for d in DIMENSIONS)
    payload = DiagnosisReport(
        made_on=MADE_ON,
        demonstration=True,
        trial=True,
        firm=FIRM,
        round=ROUND,
        score_low=low,
        score_high=high,
        score_max=105,
        level="成长",
        level_possible="优势",
        tiers=TIERS,
        rulebook=CAPABILITY,
        dimensions=DIMENSIONS,
        gates=(
            clause("capability", "gate-advantage-1", 0, "有效发明专利不少于 1 件", "12 件", "met", parent="advantage"),
            clause(
                "capability",
                "gate-leading-1",
                0,
                "取得 2023 版合规管理体系认证或能力等级 3 级以上",
                "能力等级 2 级",
                "unmet",
                parent="leading",
            ),
        ),
        programmes=PROGRAMMES,
        gaps=GAPS,
        next_steps=STEPS,
        number="鄂知诊〔2026〕0037 号",
        check_url="https://zhiyu.example/check/7K2mQ9xVd4TfWc8Z",
    )
    return replace(payload, **changes)


def blank_report(**changes: Any) -> DiagnosisReport:
    """Nothing is known: the score is [0, 105] and every clause is open."""
    dimensions = tuple(
        replace(d, points_low=0, points_high=d.points_max, indicators=tuple(_unknown(i) for i in d.indicators))
        for d in DIMENSIONS
    )
    programmes = tuple(
        replace(
            p,
            outcome="unknown",
            reason="资料不足",
            score="",
            clauses=tuple(replace(c, outcome="unknown", value="", note="资料不足") for c in p.clauses),
        )
        for p in PROGRAMMES
    )
    return report(
        score_low=0,
        score_high=105,
        level="起步",
        level_possible="领军",
        dimensions=dimensions,
        programmes=programmes,
        vetoes=(
            clause(
                "capability", "veto-1", 0, "列入严重违法失信名单", "资料不足", "unknown", note="尚未查询，不影响定级"
            ),
        ),
        **changes,
    )


def _unknown(row: IndicatorRow) -> IndicatorRow:
    return replace(
        row, state="unknown", value="", band="", missing=f"缺：{row.label}", points_low=0, points_high=row.points_max
    )


def many_clauses(count: int = 60) -> DiagnosisReport:
    outcomes: tuple[Outcome, ...] = ("met", "unmet", "unknown", "manual_review", "not_applicable")
    rows = tuple(
        clause(
            "little-giant",
            f"XJ-{n}",
            n % 4,
            f"第 {n} 条：近三年研究开发费用总额占同期销售收入总额的比例，以及与主导产品相关的知识产权",
            "按申报值核算，数值位于区间之内",
            outcomes[n % 5],
            note="说明文字" * (n % 6),
        )
        for n in range(1, count + 1)
    )
    return report(programmes=(replace(PROGRAMMES[3], clauses=rows),))


_REAL_SIZES = {
    "innovative-sme": 33,
    "tech-sme": 23,
    "srdi-sme": 50,
    "little-giant": 39,
    "hnte": 26,
    "star-market": 11,
    "gold-seed": 1,
    "silver-seed": 1,
    "chain-leader": 1,
    "pledge-whitelist": 1,
    "patent-industrialisation": 4,
}


def full_report() -> DiagnosisReport:
    """As many clauses as the real rulebooks have: about 190."""

    def rows(programme: ProgrammeResult) -> tuple[ClauseRow, ...]:
        titles = [clause.title for clause in LITTLE_GIANT]
        return tuple(
            clause(
                programme.code,
                f"{programme.code[:2].upper()}-{n}",
                min(n % 5, 3),
                titles[n % len(titles)],
                "18 项",
                "unknown",
                note="待补充：近三年Ⅰ类知识产权" if n % 4 == 0 else "",
            )
            for n in range(_REAL_SIZES.get(programme.code, 0))
        )

    return report(programmes=tuple(replace(p, clauses=rows(p)) for p in PROGRAMMES))


PLAN_ITEMS = (
    PlanItem(
        code="SV-09",
        title="贯标 GB/T 29490-2023",
        reason="2013 版证书已失效，换证后计入管理维度",
        gap="管理 · 知识产权合规管理体系（0 → 5 分）",
        points=5,
        effort="中",
        duration="5–6 个月",
        owner="企业知识产权部",
        starts_on=date(2026, 6, 15),
        due=date(2026, 11, 30),
        deliverable="体系文件、内审与管理评审记录、证书",
    ),
    PlanItem(
        code="SV-19",
        title="专利密集型产品备案",
        reason="2 件高价值发明已用于主导产品，备案即可计分",
        gap="运用 · 备案的专利密集型产品（0 → 3 分）",
        points=3,
        effort="低",
        duration="2 个月",
        owner="企业知识产权部",
        starts_on=date(2026, 6, 15),
        due=date(2026, 8, 15),
        deliverable="备案记录",
    ),
    PlanItem(
        code="SV-21",
        title="商业秘密保护",
        reason="制度已成文，尚未审核运行",
        gap="保护 · 商业秘密保护制度（3 → 5 分）",
        points=2,
        effort="低",
        duration="1–3 个月",
        owner="服务机构（待匹配）",
        starts_on=date(2026, 8, 1),
        due=date(2026, 10, 31),
        deliverable="制度、涉密清单、审核记录",
    ),
    PlanItem(
        code="SV-16",
        title="知识产权保险",
        reason="主导产品面临侵权纠纷风险",
        gap="保护 · 知识产权保险（0 → 3 分）",
        points=3,
        effort="低",
        duration="2–4 周",
        owner="企业财务部",
        starts_on=date(2026, 7, 1),
        due=date(2026, 7, 31),
        deliverable="保单",
    ),
)


def plan(**changes: Any) -> ServicePlan:
    payload = ServicePlan(
        made_on=MADE_ON,
        demonstration=True,
        trial=True,
        firm=FIRM,
        round=ROUND,
        score_low=Decimal("55.5"),
        score_high=66,
        score_max=105,
        tiers=TIERS,
        level="成长",
        goal="优势",
        items=PLAN_ITEMS,
        rulebook=CAPABILITY,
        expected_total=13,
        notes=(
            "服务目录的用时为一般情形，签订服务协议时以双方约定为准。",
            "预期加分已按同一规则合并核算，两项服务提升同一指标时只计一次。",
        ),
        number="鄂知培〔2026〕0037 号",
        check_url="https://zhiyu.example/check/Pn3RsL8wYb6HkD2q",
    )
    return replace(payload, **changes)


def certificate(**changes: Any) -> Certificate:
    payload = Certificate(
        made_on=MADE_ON,
        demonstration=True,
        trial=True,
        firm=FIRM,
        programme="湖北省知识产权企业培育库",
        title="知识产权优势企业",
        title_en="Intellectual Property Advantage Enterprise",
        citation="经申报、市州审核、专家评审和公示，认定为 2026 年度湖北省知识产权优势企业，",
        placement="优势级 · 专精特新类",
        number="鄂知优〔2026〕0037 号",
        issued_on=date(2026, 6, 1),
        expires_on=date(2029, 5, 31),
        check_url="https://zhiyu.example/check/7K2mQ9xVd4TfWc8Z",
    )
    return replace(payload, **changes)


def _rows(city: str, count: int) -> tuple[ListRow, ...]:
    trades = ("新材料", "光电子", "生物医药", "智能装备", "现代种业", "汽车电子")
    return tuple(
        ListRow(
            name=f"{city[:2]}{'江汉荆楚云梦'[n % 6]}{'泽川岳林'[n % 4]}{trades[n % 6]}有限公司",
            uscc=f"91420{n % 10}00MA4K{n:04d}0X",
            tier=("优势", "领军")[n % 5 == 0],
            tracks=("专精特新", "高企", "专精特新、高企", "综合")[n % 4],
        )
        for n in range(1, count + 1)
    )


def advantage_list(**changes: Any) -> AdvantageList:
    groups = tuple(
        CityGroup(city=city, rows=_rows(city, n))
        for city, n in (
            ("武汉市", 23),
            ("黄石市", 5),
            ("宜昌市", 11),
            ("襄阳市", 9),
            ("黄冈市", 6),
            ("恩施土家族苗族自治州", 2),
            ("仙桃市", 1),
        )
    )
    count = sum(len(g.rows) for g in groups)
    payload = AdvantageList(
        made_on=MADE_ON,
        demonstration=True,
        trial=True,
        title="关于发布2026年度\n湖北省知识产权优势企业名单的通知",
        addressee="各市、州、直管市、神农架林区知识产权局",
        paragraphs=(
            "为深入实施企业知识产权能力提升工程，推进分级分类培育，根据《2023年全省知识产权工作要点》有关要求，经企业申报、市州审核和综合评价，"
            f"现将2026年度湖北省知识产权优势企业名单（共{count}家）予以发布。",
            "请各地按照分级分类的原则，对照企业培育方案做好服务对接，推动知识产权创造、运用、保护和管理能力持续提升。",
            "列入名单的企业有效期为三年。有效期内发生更名、迁出本省、注销或者有严重失信行为的，应当在三个月内报告，由我局按规定处理。",
        ),
        groups=groups,
        issued_on=MADE_ON,
        annex_title="2026年度湖北省知识产权优势企业名单",
        copies_to="省经济和信息化厅，省科学技术厅",
        printed_by="湖北省知识产权局办公室",
    )
    return replace(payload, **changes)
