"""What a rulebook may say: a closed vocabulary, checked by pydantic, with nothing that is executed.

Three small languages, each a closed set of kinds recognised by the key that names them:

* **values** turn facts into one number (``ratio``, ``growth``, ``sum`` …);
* **clauses** turn values and facts into an outcome (``all``, ``any``, ``value``, ``fact`` …);
* **parts** of a scorecard turn them into points (``bands``, ``choices``, ``ladder``, ``items``, ``mark``) or gather
  other parts (``parts``).

``rulebooks/README.md`` lists every kind with an example.
"""

from .basics import (
    Id,
    Kind,
    Lang,
    Node,
    Number,
    Points,
    SizeClass,
    Sourced,
    SourceStatus,
    Text,
    Value,
    read_number,
    walk_nodes,
)
from .document import Period, RulebookDocument, Scorecard, SizeRow, Tier, Validity
from .effort import Effort, EffortClass, FactEffort
from .keys import kind_of
from .limits import Limits, Threshold
from .nodes import (
    KINDS_WANTED,
    AllOf,
    AnyClause,
    AnyOf,
    AnyPart,
    AssessedBy,
    Awaits,
    Band,
    Bands,
    ByCase,
    Case,
    Choices,
    Clause,
    Compare,
    FactClause,
    FactIs,
    Group,
    Items,
    Ladder,
    Mark,
    NotBarred,
    NotExpired,
    Part,
    Rung,
    ScoreClause,
    SizeIn,
    Verdict,
    walk_clause,
    walk_part,
)

__all__ = [
    "KINDS_WANTED",
    "AllOf",
    "AnyClause",
    "AnyOf",
    "AnyPart",
    "AssessedBy",
    "Awaits",
    "Band",
    "Bands",
    "ByCase",
    "Case",
    "Choices",
    "Clause",
    "Compare",
    "Effort",
    "EffortClass",
    "FactClause",
    "FactEffort",
    "FactIs",
    "Group",
    "Id",
    "Items",
    "Kind",
    "Ladder",
    "Lang",
    "Limits",
    "Mark",
    "Node",
    "NotBarred",
    "NotExpired",
    "Number",
    "Part",
    "Period",
    "Points",
    "RulebookDocument",
    "Rung",
    "ScoreClause",
    "Scorecard",
    "SizeClass",
    "SizeIn",
    "SizeRow",
    "SourceStatus",
    "Sourced",
    "Text",
    "Threshold",
    "Tier",
    "Validity",
    "Value",
    "Verdict",
    "kind_of",
    "read_number",
    "walk_clause",
    "walk_nodes",
    "walk_part",
]
