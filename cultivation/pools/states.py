"""Words of the pools: a pool is tier × track."""

TIERS: dict[str, str] = {"leading": "领军", "advantage": "优势", "growth": "成长", "starter": "起步"}
TRACKS: dict[str, str] = {
    "chain-leader": "链主",
    "little-giant": "小巨人",
    "srdi-sme": "专精特新",
    "hnte": "高企",
    "gold-seed": "金种子",
    "tech-sme": "科技型",
    "general": "综合",
}
STANDINGS: dict[str, str] = {"holder": "已认定", "candidate": "候选"}
