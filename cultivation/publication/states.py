"""Words of lists and titles."""

LIST_STATES: dict[str, str] = {"draft": "拟稿", "published": "已发布"}
LISTED_TIERS: tuple[str, ...] = ("leading", "advantage")
TITLES: dict[str, tuple[str, str]] = {
    "leading": ("知识产权领军企业", "INTELLECTUAL PROPERTY LEADING ENTERPRISE"),
    "advantage": ("知识产权优势企业", "INTELLECTUAL PROPERTY ADVANTAGE ENTERPRISE"),
}
