"""Which rules changed between two rounds, and how, in words (E28)."""

from typing import TYPE_CHECKING, Any, Literal

from cultivation.programmes.models import PinnedRulebook, Round
from cultivation.programmes.services.rulebooks import CAPABILITY, parsed_rulebook

if TYPE_CHECKING:
    from scoring import Rulebook

Plain = dict[str, Any]


def rules_between(earlier: Round, later: Round, *, lang: Literal["zh", "en"] = "zh") -> list[Plain]:
    """The schemes that the two rounds judge by different versions, the capability scorecard first."""
    before, after = _pins(earlier), _pins(later)
    changed = [code for code in {**before, **after} if before.get(code) != after.get(code)]
    return [
        _change(code, before.get(code), after.get(code), lang)
        for code in sorted(changed, key=lambda code: (code != CAPABILITY, code))
    ]


def _pins(round_: Round) -> dict[str, str]:
    pins = PinnedRulebook.objects.filter(round=round_, rulebook__isnull=False)
    return dict(pins.values_list("programme", "fingerprint"))


def _change(code: str, before: str | None, after: str | None, lang: Literal["zh", "en"]) -> Plain:
    from scoring import diff_rulebooks

    old, new = (parsed_rulebook(one) if one else None for one in (before, after))
    changes = diff_rulebooks(old, new) if old and new else []
    return {
        "programme": code,
        "label": _title(new or old, lang),
        "before": old.key if old else None,
        "after": new.key if new else None,
        "changes": [{"path": one.path, "sentence": getattr(one, lang)} for one in changes],
    }


def _title(rulebook: "Rulebook | None", lang: Literal["zh", "en"]) -> str:
    return str(getattr(rulebook.body.title, lang)) if rulebook else ""
