"""What others may ask of rulebooks and rounds."""

from cultivation.programmes.services.filling import why_not_filling
from cultivation.programmes.services.reading import find_applicable, list_indicators, list_rulebooks, read_rulebook
from cultivation.programmes.services.rounds import HUBEI, create_round, move_deadline, note_firms, preview_pins
from cultivation.programmes.services.rulebooks import (
    CAPABILITY,
    SIZES,
    capability_library,
    pinned_library,
    publish_shipped_rulebooks,
    published_library,
    reread_library,
    rights_library,
    validity_years,
)

__all__ = [
    "CAPABILITY",
    "HUBEI",
    "SIZES",
    "capability_library",
    "create_round",
    "find_applicable",
    "list_indicators",
    "list_rulebooks",
    "move_deadline",
    "note_firms",
    "pinned_library",
    "preview_pins",
    "publish_shipped_rulebooks",
    "published_library",
    "read_rulebook",
    "reread_library",
    "rights_library",
    "validity_years",
    "why_not_filling",
]
