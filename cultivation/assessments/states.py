"""Words of an assessment."""

ASSESSMENT_STATES: dict[str, str] = {
    "draft": "填报中",
    "submitted": "已提交",
    "returned": "退回补正",
    "city_checked": "市州已审核",
    "recommended": "已推荐",
    "not_recommended": "未推荐",
    "province_checked": "省局已复核",
    "decided": "已评定",
    "announced": "已公布",
    "withdrawn": "已撤回",
    "discarded": "草稿已删除",
}
FACT_STATES: dict[str, str] = {
    "known": "已知",
    "bounded": "范围内待定",
    "unknown": "未知",
    "not_applicable": "不适用",
}
ANSWER_SOURCES: dict[str, str] = {
    "form": "在线填报",
    "prefill": "上次评估带入",
    "excel": "离线表格",
    "what_if": "模拟测算",
    "ledger": "知识产权台账",
    "workbook": "汇总表",
    "register": "称号与名单记录",
}
LEVELS: dict[str, str] = {"starter": "起步", "growth": "成长", "advantage": "优势", "leading": "领军"}
PROGRAMMES: dict[str, str] = {
    "innovative-sme": "创新型中小企业",
    "tech-sme": "科技型中小企业",
    "srdi-sme": "专精特新中小企业",
    "little-giant": "专精特新“小巨人”",
    "hnte": "高新技术企业",
    "star-market": "科创板科创属性",
    "ip-advantage": "国家知识产权优势企业",
    "ip-demonstration": "国家知识产权示范企业",
    "gold-seed": "上市后备金种子",
    "silver-seed": "上市后备银种子",
    "chain-leader": "链主企业",
    "pledge-whitelist": "质押融资白名单",
    "patent-industrialisation": "专利产业化样板",
}
OUTCOMES: dict[str, str] = {
    "met": "符合",
    "unmet": "不符合",
    "unknown": "资料不足",
    "manual_review": "需人工核验",
    "not_applicable": "不适用",
}
SCORED = frozenset({"decided", "announced"})
PUBLIC_TO_FIRM = frozenset({"announced"})
FILLING = frozenset({"draft", "returned"})
TAKING_PART = frozenset(ASSESSMENT_STATES) - {"draft", "withdrawn", "discarded"}
SIZE_CLASSES: dict[str, str] = {
    "large": "大型企业",
    "medium": "中型企业",
    "small": "小型企业",
    "micro": "微型企业",
    "not_applicable": "不在划型标准内",
    "unknown": "规模待定",
}
DEVIATION_CAUSES: dict[str, str] = {
    "facts": "核定值与评分时不同",
    "result": "存档结果被改动",
    "rulebook": "规则书与锁定时不同",
    "program": "程序复算结果不同",
}
RIGHT_STANDINGS: dict[str, str] = {"counts": "计入", "possible": "待定", "excluded": "不计入"}
PANEL_ORIGINS: dict[str, str] = {"panel": "专家组", "simulated": "模拟专家组"}
SCORECARD_STATES: dict[str, str] = {"advising": "提示中", "retired": "已停用"}
ADVICE_STATES: dict[str, str] = {"open": "待处理", "looking": "处理中", "settled": "已办结"}
ADVICE_OUTCOMES: dict[str, str] = {"keep": "维持评分表等级", "review": "转人工复核"}
WATCH_KINDS: dict[str, str] = {"jump": "骤变", "copy": "相同填报"}
RIGHT_KINDS: tuple[str, ...] = (
    "invention", "utility_model", "design", "software", "trademark", "ic_layout", "plant_variety",
    "national_crop_variety", "national_new_drug", "tcm_protection",
)  # fmt: skip
