"""Which rulebook is in force: programme, kind, region and date (E14)."""

from datetime import date
from typing import Any

import pytest

from scoring import Library, RulebookError, load_library


@pytest.mark.parametrize(
    ("programme", "kind", "on", "key"),
    [
        ("innovative-sme", "new", "2022-07-31", None),
        ("innovative-sme", "renewal", "2022-08-01", "innovative-sme/2022"),
        ("srdi-sme", "new", "2022-08-01", "srdi-sme/2022"),
        ("srdi-sme", "new", "2026-03-31", "srdi-sme/2022"),
        ("srdi-sme", "new", "2026-04-01", "srdi-sme/2026"),
        ("srdi-sme", "renewal", "2026-04-01", "srdi-sme/2022"),
        ("srdi-sme", "renewal", "2028-12-31", "srdi-sme/2022"),
        ("srdi-sme", "renewal", "2029-01-01", "srdi-sme/2026"),
        ("little-giant", "new", "2026-03-31", "little-giant/2022"),
        ("little-giant", "new", "2026-04-01", "little-giant/2026"),
        ("little-giant", "renewal", "2026-04-01", "little-giant/2022"),
        ("little-giant", "renewal", "2029-01-01", "little-giant/2026"),
        ("tech-sme", "new", "2017-05-02", None),
        ("tech-sme", "new", "2017-05-03", "tech-sme/2017"),
        ("hnte", "renewal", "2016-01-01", "hnte/2016"),
        ("star-market", "new", "2024-04-29", None),
        ("star-market", "new", "2024-04-30", "star-market/2024"),
        ("ip-advantage", "new", "2025-08-31", "ip-advantage/2023"),
        ("ip-advantage", "new", "2025-09-01", None),
        ("ip-advantage", "renewal", "2025-01-01", None),
        ("ip-demonstration", "new", "2023-01-01", "ip-demonstration/2023"),
        ("patent-industrialisation", "new", "2024-02-26", None),
        ("patent-industrialisation", "renewal", "2024-02-27", "patent-industrialisation/2024"),
        ("ip-capability", "new", "2025-12-31", None),
        ("ip-capability", "renewal", "2026-01-01", "ip-capability/2026"),
        ("size-class", "new", "2017-12-28", "size-class/2017"),
        ("no-such-programme", "new", "2026-01-01", None),
    ],
)
def test_the_table_of_rulebooks_in_force(programme: str, kind: Any, on: str, key: str | None) -> None:
    match = load_library().find(programme, kind=kind, region="420000", on=date.fromisoformat(on))
    assert (match.rulebook.key if match.rulebook else None) == key
    assert on in match.reason


@pytest.mark.parametrize("region", ["110000", "430100"])
def test_other_provinces_get_the_national_rulebooks_alone(region: str) -> None:
    find = load_library().find
    on = date(2026, 5, 1)
    assert find("gold-seed", kind="new", region=region, on=on).rulebook is None
    assert find("srdi-sme", kind="new", region=region, on=on).rulebook is not None


def test_the_reason_says_why_renewals_follow_the_older_measure() -> None:
    match = load_library().find("little-giant", kind="renewal", region="420100", on=date(2026, 5, 1))
    assert "复核仍按2022年办法" in match.reason


def test_the_reason_is_said_in_english_too() -> None:
    find, on = load_library().find, date(2026, 5, 1)
    renewal = find("little-giant", kind="renewal", region="420100", on=on, lang="en").reason
    assert renewal.startswith("On 2026-05-01 renewals follow “")
    assert ": " in renewal
    assert find("hnte", kind="new", region="420100", on=on, lang="en").reason.endswith("号).")
    nothing = find("ip-advantage", kind="new", region="420100", on=on, lang="en").reason
    assert nothing == "On 2026-05-01 no rulebook is in force for new applications."


def test_a_key_stands_once_in_a_library() -> None:
    rulebook = load_library().get("hnte/2016")
    with pytest.raises(RulebookError):
        Library([rulebook, rulebook])
