"""What helps to answer a question besides the rules: which year it asks for, and a good example (E08)."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from cultivation.programmes.models import Round

if TYPE_CHECKING:
    from scoring import Indicator

# 上年度 is the last complete fiscal year before the day of assessment.
YEARS_BACK = (("上年", 1), ("前一年", 2), ("前二年", 3))


def year_of(indicator: "Indicator", round_: Round) -> int | None:
    """The year that a question names by its distance; None where it names none."""
    back = next((back for word, back in YEARS_BACK if indicator.zh.startswith(word)), None)
    return round_.assessed_on.year - back if back else None


def example_of(code: str) -> dict[str, str]:
    """A good answer in both languages; empty where nobody has written one."""
    return written_examples().get(code, {"zh": "", "en": ""})


@cache
def written_examples() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load(files(__package__).joinpath("examples.yaml").read_text("utf-8"))
    return found
