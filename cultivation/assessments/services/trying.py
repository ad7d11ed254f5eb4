"""Try a score without an account: facts come in, the answer goes out, nothing is kept (U07)."""

from collections.abc import Collection, Mapping
from typing import Any

from cultivation.assessments.services.outlook import Question, outlook_of
from cultivation.assessments.services.screen import Lang, Screen
from cultivation.programmes.services import published_library

NO_SUCH = {"zh": "没有这个指标。", "en": "There is no such indicator."}


def try_score(
    facts: Mapping[str, Any], question: Question, *, lang: Lang = "zh", detail: Collection[str] = ()
) -> Screen:
    """Where a firm with these facts would stand; what can't be read counts as unknown and is told field by field."""
    from scoring import assess, read_indicators

    library = published_library()
    found = assess([facts], on=question.on, kind=question.kind, region=question.region, library=library)[0]
    answer = outlook_of(found, library, question, lang=lang, detail=detail)
    strange = [{"code": code, "sentence": NO_SUCH[lang]} for code in facts if code not in read_indicators()]
    return {**answer, "problems": answer["problems"] + strange}
