"""What others may ask of rulebooks and rounds."""

from cultivation.programmes.services.between import rules_between
from cultivation.programmes.services.designations import (
    Title,
    find_titles,
    move_designation,
    move_list,
    preview_list,
)
from cultivation.programmes.services.drafts import (
    begin_draft,
    begin_draft_from,
    edit_draft,
    last_edit,
    move_draft,
    problems_of,
    save_revision,
    set_cells,
    undo_edit,
)
from cultivation.programmes.services.filling import why_not_filling
from cultivation.programmes.services.impacts import is_fresh, request_impact, store_impact, trial_rounds
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
from cultivation.programmes.services.weights import apply_weights, judge_pairs, weighing_of
from cultivation.programmes.services.workshop import (
    changes_between,
    compare_versions,
    draft_status,
    holder_of,
    in_force_kinds,
    tables_of,
    version_of,
)

__all__ = [
    "CAPABILITY",
    "HUBEI",
    "SIZES",
    "Title",
    "apply_weights",
    "begin_draft",
    "begin_draft_from",
    "capability_library",
    "changes_between",
    "compare_versions",
    "create_round",
    "draft_status",
    "edit_draft",
    "find_applicable",
    "find_titles",
    "holder_of",
    "in_force_kinds",
    "is_fresh",
    "judge_pairs",
    "last_edit",
    "list_indicators",
    "list_rulebooks",
    "move_deadline",
    "move_designation",
    "move_draft",
    "move_list",
    "note_firms",
    "pinned_library",
    "preview_list",
    "preview_pins",
    "problems_of",
    "publish_shipped_rulebooks",
    "published_library",
    "read_rulebook",
    "request_impact",
    "reread_library",
    "rights_library",
    "rules_between",
    "save_revision",
    "set_cells",
    "store_impact",
    "tables_of",
    "trial_rounds",
    "undo_edit",
    "validity_years",
    "version_of",
    "weighing_of",
    "why_not_filling",
]
