"""One IP right as a ledger lists it, and the words for what it may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..schema import Text

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Right:
    """One right. None, or ``unknown``, is a fact that the ledger lacks; an empty tuple or 0 is a known none.

    Attributes
    ----------
    kind : str
        A ``RightKind`` or ``unknown``.
    state : str
        ``valid``, ``pending``, ``lapsed``, ``refused`` or ``unknown``.
    state_text : str
        The legal state as the ledger words it, for sentences.
    filed_on, granted_on, transferred_on : date or None
    obtained : str
        ``original``, ``transferred``, ``gifted``, ``merged``, ``licensed`` or ``unknown``.
    holder_rank : int or None
        Place of the firm among the right-holders, from 1.
    family : tuple of str or None
        Foreign family members, each a place code or a publication number such as ``US10123456B2``.
    related, in_use, emerging, used_in_hnte, overseas_revenue : bool or None
        Whether it belongs to the main product, earns, lies in a strategic emerging industry, has served an HNTE
        application, and earns abroad.
    pledge : Decimal or None
        Amount pledged, 万元.
    awards : tuple of str or None
        Prizes as the ledger names them.
    number, title : str
        As the ledger writes them.
    number_ok, is_contested : bool
        Whether the number's check digit holds, and whether somebody who looked into it found the ownership disputed.
    duplicate : str
        Why the row repeats another; empty when it does not.
    """

    kind: str = UNKNOWN
    state: str = UNKNOWN
    state_text: str = ""
    filed_on: date | None = None
    granted_on: date | None = None
    obtained: str = UNKNOWN
    transferred_on: date | None = None
    holder_rank: int | None = None
    related: bool | None = None
    in_use: bool | None = None
    emerging: bool | None = None
    used_in_hnte: bool | None = None
    overseas_revenue: bool | None = None
    family: tuple[str, ...] | None = None
    pledge: Decimal | None = None
    awards: tuple[str, ...] | None = None
    number: str = ""
    title: str = ""
    number_ok: bool = True
    is_contested: bool = False
    duplicate: str = ""


RIGHT_KINDS: Mapping[str, Text] = {
    "invention": Text(zh="发明专利", en="invention patent"),
    "utility_model": Text(zh="实用新型", en="utility model"),
    "design": Text(zh="外观设计", en="design"),
    "software": Text(zh="软件著作权", en="software copyright"),
    "trademark": Text(zh="商标", en="trade mark"),
    "ic_layout": Text(zh="集成电路布图设计", en="IC layout design"),
    "plant_variety": Text(zh="植物新品种", en="plant variety"),
    "national_crop_variety": Text(zh="国家级农作物品种", en="national crop variety"),
    "national_new_drug": Text(zh="国家新药", en="national new drug"),
    "tcm_protection": Text(zh="中药保护品种", en="protected Chinese medicine"),
    UNKNOWN: Text(zh="类型不明的权利", en="right of unknown kind"),
}
WAYS: Mapping[str, Text] = {
    "original": Text(zh="自主申请", en="own application"),
    "transferred": Text(zh="受让", en="assigned"),
    "gifted": Text(zh="受赠", en="gifted"),
    "merged": Text(zh="并购", en="merged"),
    "licensed": Text(zh="许可", en="licensed"),
}
STATES: Mapping[str, Text] = {
    "valid": Text(zh="有效的权利", en="rights in force"),
    "pending": Text(zh="审查中的申请", en="pending applications"),
    "lapsed": Text(zh="失效的权利", en="lapsed rights"),
    "refused": Text(zh="驳回或撤回的申请", en="refused or withdrawn applications"),
}
FLAGS: Mapping[str, tuple[Text, Text, Text]] = {
    "related": (
        Text(zh="是否与主导产品相关", en="whether it relates to the leading product"),
        Text(zh="与主导产品相关", en="relates to the leading product"),
        Text(zh="与主导产品无关", en="does not relate to the leading product"),
    ),
    "in_use": (
        Text(zh="是否实际应用", en="whether it is in use"),
        Text(zh="已实际应用", en="is in use"),
        Text(zh="未实际应用", en="is not in use"),
    ),
    "emerging": (
        Text(zh="是否属战略性新兴产业", en="whether it belongs to a strategic emerging industry"),
        Text(zh="属战略性新兴产业", en="belongs to a strategic emerging industry"),
        Text(zh="不属战略性新兴产业", en="belongs to no strategic emerging industry"),
    ),
    "used_in_hnte": (
        Text(zh="是否已用于高企申报", en="whether an HNTE application has used it"),
        Text(zh="已用于高企申报", en="an HNTE application has used it"),
        Text(zh="未用于高企申报", en="no HNTE application has used it"),
    ),
    "overseas_revenue": (
        Text(zh="是否取得海外收入", en="whether it earns overseas revenue"),
        Text(zh="取得海外收入", en="earns overseas revenue"),
        Text(zh="未取得海外收入", en="earns no overseas revenue"),
    ),
}
AWARDS: Mapping[str, Text] = {
    "china_patent": Text(zh="中国专利奖", en="China Patent Award"),
    "national_science": Text(zh="国家科学技术奖", en="national science award"),
}
