"""What a what-if starts from: the approved facts behind a result, or what the firm itself has declared so far (E10)."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cultivation.assessments.models import Assessment
from cultivation.assessments.services.facts import declared_facts_of, facts_of
from cultivation.assessments.services.ledger import with_ledger
from cultivation.assessments.services.scoring import assess_facts
from cultivation.assessments.services.titles import laid_over

Facts = dict[str, Any]


@dataclass(frozen=True)
class Base:
    """One firm's facts in one round; what the round's rules make of them is worked out only where it is asked."""

    assessment: Assessment
    facts: Facts
    is_declared: bool = False

    @cached_property
    def found(self) -> Facts:
        if self.is_declared:
            return assess_facts(self.assessment, self.facts)
        stored: Facts = self.assessment.result.object
        return stored


def announced_base(assessment: Assessment) -> Base:
    return Base(assessment, facts_of(assessment))


def declared_base(assessment: Assessment) -> Base:
    """As the live score of the form sees it, whatever the office has made of it meanwhile."""
    facts = laid_over(assessment, with_ledger(assessment, declared_facts_of(assessment)))
    return Base(assessment, facts, is_declared=True)
