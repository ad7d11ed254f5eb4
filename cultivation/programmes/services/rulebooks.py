"""Rulebooks as published, and the libraries they make."""

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from cultivation.core import audit
from cultivation.core.actors import SYSTEM
from cultivation.core.errors import Conflict
from cultivation.programmes.models import PinnedRulebook, PublishedRulebook, Round

if TYPE_CHECKING:
    from scoring import Library, Rulebook

CAPABILITY = "ip-capability"
SIZES = "size-class"


def publish_shipped_rulebooks() -> int:
    """Load the rulebooks that come with the program; a published one must be the same for ever.

    Where the province has published a version of its own under the same key, that one stays.
    """
    from scoring import load_library

    known = dict(PublishedRulebook.objects.values_list("key", "fingerprint"))
    own = set(PublishedRulebook.objects.exclude(published_by="").values_list("key", flat=True))
    new = []
    for rulebook in load_library().rulebooks.values():
        if rulebook.key not in known:
            new.append(rulebook)
        elif rulebook.key not in own and known[rulebook.key] != rulebook.fingerprint:
            raise Conflict(f"规则书 {rulebook.key} 已发布，内容不能再改；请改用新的版本号。", code="rulebook_changed")
    for rulebook in new:
        record = PublishedRulebook.objects.create(
            key=rulebook.key,
            programme=rulebook.body.id,
            version=rulebook.body.version,
            title=rulebook.body.title.zh,
            source_status=rulebook.body.status,
            fingerprint=rulebook.fingerprint,
            document=rulebook.document(),
        )
        audit.record(SYSTEM, "rulebook.publish", record, detail={"fingerprint": record.fingerprint})
    return len(new)


def published_library() -> "Library":
    """All published rulebooks."""
    return _library(PublishedRulebook.objects.all())


def pinned_library(round_: Round) -> "Library":
    """The rulebooks that this round is judged by, and no others."""
    return _library(PinnedRulebook.objects.filter(round=round_, rulebook__isnull=False))


def capability_library(round_: Round) -> "Library":
    """Only what the capability score needs: the scorecard and the size classes."""
    wanted = [CAPABILITY, SIZES]
    return _library(PinnedRulebook.objects.filter(round=round_, rulebook__isnull=False, programme__in=wanted))


def rights_library(round_: Round) -> "Library":
    """The rulebooks by which a round counts IP rights; a round older than all of them counts by the published ones."""
    pinned = pinned_library(round_)
    if any(rulebook.body.rights for rulebook in pinned.rulebooks.values()):
        return pinned
    return published_library()


def _library(records: QuerySet[Any]) -> "Library":
    from scoring import Library

    return Library([parsed_rulebook(fingerprint) for fingerprint in records.values_list("fingerprint", flat=True)])


@lru_cache(maxsize=256)
def parsed_rulebook(fingerprint: str) -> "Rulebook":
    """Published rulebooks never change, so one is read and validated once a process."""
    from scoring import parse_rulebook

    return parse_rulebook(PublishedRulebook.objects.get(fingerprint=fingerprint).document)


def reread_library(round_: Round) -> tuple["Library", list[str]]:
    """The pinned rulebooks as the database holds them now, and the keys of those that are not what was pinned."""
    from scoring import Library, RulebookError, parse_rulebook

    pins = PinnedRulebook.objects.filter(round=round_, rulebook__isnull=False)
    kept: dict[str, Rulebook] = {}
    changed = []
    for key, known_as, document, pinned in pins.values_list(
        "rulebook__key", "rulebook__fingerprint", "rulebook__document", "fingerprint"
    ):
        try:
            rulebook = parse_rulebook(document)
        except RulebookError:
            changed.append(key)
            continue
        kept[rulebook.key] = rulebook
        if {rulebook.fingerprint, known_as} != {pinned} or rulebook.key != key:
            changed.append(key)
    return Library(kept.values()), changed


def validity_years(round_: Round) -> int:
    """How long the round's titles last: the figure of its capability rulebook."""
    match = pinned_library(round_).find(
        CAPABILITY, kind=round_.application, region=round_.region, on=round_.assessed_on
    )
    years = match.rulebook.validity_years if match.rulebook else None
    if years is None:
        raise Conflict("本批次锁定的能力评分表没有规定证书有效期，不能发证。", code="no_validity")
    return years
