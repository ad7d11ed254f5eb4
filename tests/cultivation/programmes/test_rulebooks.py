"""Rulebooks come into the database at migrate and never change there (P04)."""

import pytest

from cultivation.core.actors import SYSTEM
from cultivation.core.errors import Conflict
from cultivation.core.models import AuditEvent
from cultivation.programmes.models import PublishedRulebook
from cultivation.programmes.services import publish_shipped_rulebooks, published_library
from scoring import load_library

pytestmark = pytest.mark.django_db


def test_migrating_has_published_all_that_is_shipped() -> None:
    shipped = {rulebook.key: rulebook.fingerprint for rulebook in load_library().rulebooks.values()}
    assert dict(PublishedRulebook.objects.values_list("key", "fingerprint")) == shipped


def test_publishing_again_publishes_nothing() -> None:
    assert publish_shipped_rulebooks() == 0


def test_a_missing_one_is_published_with_a_line_in_the_audit_trail() -> None:
    PublishedRulebook.objects.filter(key="hnte/2016").delete()
    gone = set(load_library().rulebooks) - set(PublishedRulebook.objects.values_list("key", flat=True))
    before = AuditEvent.objects.filter(action="rulebook.publish", actor_name=SYSTEM.name).count()
    assert publish_shipped_rulebooks() == len(gone) == 1
    assert AuditEvent.objects.filter(action="rulebook.publish").count() == before + 1


def test_another_content_under_a_published_key_is_refused() -> None:
    PublishedRulebook.objects.filter(key="srdi-sme/2026").update(fingerprint="0" * 64)
    with pytest.raises(Conflict, match="规则书 srdi-sme/2026 已发布，内容不能再改；请改用新的版本号。"):
        publish_shipped_rulebooks()


def test_what_is_stored_reads_back_as_what_is_shipped() -> None:
    stored, shipped = published_library().rulebooks, load_library().rulebooks
    assert {key: rulebook.fingerprint for key, rulebook in stored.items()} == {
        key: rulebook.fingerprint for key, rulebook in shipped.items()
    }
