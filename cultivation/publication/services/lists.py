"""The list of a round: drafted from the pools, frozen when the round is published (P13, S03)."""

from itertools import groupby
from typing import Any

from django.utils import timezone

from cultivation.core.actors import SYSTEM, Actor
from cultivation.core.canonical import fingerprint
from cultivation.core.regions import load_regions
from cultivation.documents.models import Document
from cultivation.documents.services.issuing import Draft, issue_document
from cultivation.documents.services.payloads import AdvantageList, CityGroup, ListRow
from cultivation.pools.models import Placement, PlacementTrack
from cultivation.programmes.events import RoundPublished
from cultivation.programmes.models import Round
from cultivation.programmes.services import has_scorecard
from cultivation.publication.models import PublishedList
from cultivation.publication.states import LISTED_TIERS


def draft_entries(round_: Round, actor: Actor = SYSTEM) -> list[dict[str, Any]]:
    """The firms of the listed tiers that the actor may see, by division, tier and name."""
    regions = load_regions()
    order = {division.code: place for place, division in enumerate(regions.divisions)}
    rows = Placement.objects.visible_to(actor).filter(round=round_, tier__in=LISTED_TIERS)
    rows = rows.select_related("enterprise").prefetch_related("tracks")
    entries = [_entry(placement, regions.division_of(placement.enterprise.region) or "") for placement in rows]
    return sorted(
        entries, key=lambda e: (order.get(e["region"], 99), LISTED_TIERS.index(e["tier"]), e["name"], e["uscc"])
    )


def _entry(placement: Placement, division: str) -> dict[str, Any]:
    return {
        "uscc": placement.enterprise.uscc,
        "name": placement.enterprise.name,
        "region": division,
        "region_name": load_regions().label_of(division),
        "tier": placement.tier,
        "tier_label": placement.get_tier_display(),
        "tracks": [_track(track) for track in placement.tracks.all()],
    }


def _track(track: PlacementTrack) -> str:
    label = track.get_track_display()
    return label if track.standing == "holder" else f"{label}（候选）"


def list_title(round_: Round) -> str:
    trial = "（试运行）" if round_.is_trial else ""
    return f"{round_.year}年度湖北省知识产权优势企业名单{trial}"


def freeze_list(event: RoundPublished) -> None:
    """A round without a capability scorecard has no tiers, and so no list that could be empty."""
    round_ = Round.objects.get(pk=event.round_id)
    if not has_scorecard(round_):
        return
    entries = draft_entries(round_)
    PublishedList.objects.create(
        round=round_,
        title=list_title(round_),
        entries=entries,
        sha256=fingerprint(entries),
        published_by=event.actor.name,
    )


def print_list(actor: Actor, *, round_: Round) -> Document:
    """The list as a PDF: the frozen one once published; before, the draft as far as the actor may see it."""
    frozen = PublishedList.objects.filter(round=round_).first()
    return _print_frozen(actor, frozen) if frozen else _print_draft(actor, round_)


def _print_frozen(actor: Actor, frozen: PublishedList) -> Document:
    """Its subject is the published list, so that a draft of the same words is never taken for it."""
    if frozen.document:
        return frozen.document
    payload = _payload(frozen.round, frozen.entries, timezone.localdate(frozen.published_at))
    document = issue_document(actor, Draft("advantage_list", payload, frozen, frozen.title, release=True))
    PublishedList.objects.filter(pk=frozen.pk).update(document=document)
    return document


def _print_draft(actor: Actor, round_: Round) -> Document:
    payload = _payload(round_, draft_entries(round_, actor), round_.assessed_on)
    return issue_document(actor, Draft("advantage_list", payload, round_, list_title(round_)))


def _payload(round_: Round, entries: list[dict[str, Any]], on: Any) -> AdvantageList:
    groups = tuple(
        CityGroup(city=city, rows=tuple(_row(entry) for entry in rows))
        for city, rows in groupby(entries, key=lambda entry: entry["region_name"])
    )
    return AdvantageList(
        made_on=on,
        demonstration=round_.is_demonstration,
        trial=round_.is_trial,
        title=f"关于公布{list_title(round_)}的通知",
        addressee="各市、州、直管市、神农架林区知识产权局",
        paragraphs=_paragraphs(round_, entries),
        groups=groups,
        issued_on=on,
        annex_title=list_title(round_),
    )


def _paragraphs(round_: Round, entries: list[dict[str, Any]]) -> tuple[str, ...]:
    basis = f"根据“{round_.name}”锁定的规则书，对各地报送的 {round_.firms} 家企业进行了知识产权能力评分和分级分类。"
    outcome = f"现将达到优势级及以上的 {len(entries)} 家企业名单予以公布。" if entries else "本批次没有企业达到优势级。"
    return (basis + outcome,)


def _row(entry: dict[str, Any]) -> ListRow:
    return ListRow(name=entry["name"], uscc=entry["uscc"], tier=entry["tier_label"], tracks="、".join(entry["tracks"]))
