"""Every page of the site, who opens it, and the addresses that the demonstration province gives them."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from tests.e2e.desks import NARROW, WIDE

SECTIONS = ("trace", "values", "rights", "titles", "papers")
FORM_SECTIONS = ("finance", "market", "creation", "use", "protection", "management", "standing")
PATIENCE_SECONDS = 120
TABS = ("problems", "pool", "firms", "plans", "list", "certificates")


@dataclass(frozen=True, slots=True)
class Place:
    """`address` may name what the demonstration province holds: {round}, {firm}, {plan}, {list}, {token}, {other},
    {scorecard}, {panel}, {returned} and {sent} of two other firms."""

    name: str
    address: str
    who: str = ""
    widths: tuple[int, ...] = (WIDE, NARROW)
    is_refused: bool = False

    def __str__(self) -> str:
        return self.name


def same(name: str, address: str, who: str) -> Place:
    """Another person before a page that is looked at narrow elsewhere."""
    return Place(name, address, who, widths=(WIDE,))


PLACES = (
    Place("landing", "/"),
    Place("login", "/login"),
    Place("check", "/check"),
    Place("check-valid", "/check/{token}"),
    Place("check-unknown", "/check/nothing-like-this"),
    Place("lists", "/lists"),
    Place("signup", "/signup"),
    Place("login-code", "/login/code"),
    Place("login-second", "/login/second"),
    Place("verify-email", "/verify-email"),
    Place("forgot", "/forgot"),
    Place("help", "/help"),
    Place("outbox", "/dev/outbox"),
    Place("list", "/lists/{list}"),
    Place("rules", "/rules"),
    Place("rulebook", "/rules/little-giant/2022"),
    Place("try", "/try"),
    Place("missing", "/no/such/page"),
    Place("forbidden", "/forbidden"),
    Place("offline", "/offline"),
    Place("province-home", "/home", "province"),
    Place("rounds", "/rounds", "province"),
    Place("round-new", "/rounds/new", "province"),
    Place("round-overview", "/rounds/{round}", "province"),
    *(Place(f"round-{tab}", f"/rounds/{{round}}/{tab}", "province") for tab in TABS),
    Place("assessment", "/assessments/{firm}", "province"),
    *(Place(f"assessment-{section}", f"/assessments/{{firm}}?tab={section}", "province") for section in SECTIONS),
    Place("plan", "/plans/{plan}", "province"),
    Place("learning", "/learning", "province"),
    Place("learning-card", "/learning/scorecards/{scorecard}", "province"),
    Place("learning-advice", "/learning/advice", "province"),
    Place("learning-panels", "/learning/panels", "province"),
    Place("learning-panel", "/learning/panels/{panel}", "province"),
    Place("watch", "/watch/{panel}", "province"),
    Place("watch-firms", "/watch/{panel}?fact=score&bin=0", "province"),
    Place("verifications", "/verifications", "auditor"),
    Place("designations", "/designations", "province"),
    Place("designation-lists", "/designations/lists", "province"),
    same("city-designations", "/designations", "wuhan"),
    Place("workshop", "/workshop", "province"),
    Place("workshop-edit", "/workshop/drafts/{rules}", "province"),
    Place("workshop-weights", "/workshop/drafts/{rules}/weights", "province"),
    Place("workshop-rulebook", "/workshop/rulebooks/1", "province"),
    Place("workshop-impact", "/workshop/drafts/{rules}/impact", "province"),
    Place("workshop-approval", "/workshop/drafts/{rules}/approval", "province"),
    same("leader-home", "/home", "province-leader"),
    Place("city-home", "/home", "wuhan"),
    same("city-rounds", "/rounds", "wuhan"),
    same("city-round", "/rounds/{round}", "wuhan"),
    same("city-firms", "/rounds/{round}/firms", "wuhan"),
    Place("city-claims", "/claims", "wuhan"),
    Place("city-changes", "/changes?all=1", "wuhan"),
    same("city-pool", "/rounds/{round}/pool", "xiantao"),
    Place("company-home", "/home", "company"),
    Place("company-result", "/my/result", "company"),
    Place("company-what-if", "/assessments/{firm}/what-if", "company"),
    Place("company-what-if-draft", "/assessments/{draft}/what-if", "company"),
    Place("company-what-if-choice", "/my/what-if", "company"),
    Place("company-peers", "/assessments/{firm}/peers", "company"),
    Place("company-years", "/assessments/{firm}/years", "company"),
    same("province-peers", "/assessments/{firm}/peers", "province"),
    Place("company-plan", "/my/plan", "company"),
    Place("company-certificate", "/my/certificate", "company"),
    Place("company-filling", "/filling", "company"),
    Place("company-form", "/filling/{draft}", "company"),
    *(
        Place(f"company-form-{section}", f"/filling/{{draft}}?section={section}", "company")
        for section in FORM_SECTIONS
    ),
    Place("company-check", "/filling/{draft}/check", "company"),
    Place("returned-home", "/home", "factory"),
    Place("returned-form", "/filling/{returned}", "factory"),
    Place("returned-section", "/filling/{returned}?section=finance", "factory"),
    Place("returned-check", "/filling/{returned}/check", "factory"),
    Place("review", "/assessments/{sent}/review", "province"),
    Place("review-returned", "/assessments/{returned}/review", "province"),
    Place("company-ledger", "/filling/{draft}/ledger", "company"),
    Place("company-programmes", "/filling/{draft}/programmes", "company"),
    Place("company-evidence", "/filling/{draft}/evidence", "company"),
    Place("company-excel", "/filling/{draft}/excel", "company"),
    Place("company-account", "/account", "company"),
    Place("company-join", "/join", "company"),
    Place("company-team", "/team", "company"),
    Place("approver-team", "/team", "company-approver"),
    Place("approver-firm", "/team/firm", "company-approver"),
    Place("company-elsewhere", "/assessments/{other}", "company", is_refused=True),
    Place("expert-home", "/home", "expert"),
    same("agency-home", "/home", "agency"),
    same("system-home", "/home", "sysadmin"),
    same("security-home", "/home", "secadmin"),
    same("audit-home", "/home", "auditor"),
)


def ask(page: Page, path: str) -> Any:
    """What the API answers to the person at this browser."""
    answer = page.request.get(f"/api/v1/{path}")
    assert answer.ok, f"{path}: {answer.status} {answer.text()}"
    return answer.json()


def token_of(page: Page) -> str:
    """What a write from this browser must carry."""
    return next(str(cookie["value"]) for cookie in page.context.cookies() if cookie["name"] == "csrftoken")


def begin_filling(company: Page) -> int:
    """The company's draft in the round that is open."""
    round_ = next(one for one in ask(company, "my/rounds") if not one["closed"])
    company.goto("/filling")
    headers = {"X-CSRFToken": token_of(company), "Referer": company.url}
    answer = company.request.post(f"/api/v1/rounds/{round_['id']}/assessments", headers=headers)
    assert answer.ok, answer.text()
    found: int = answer.json()["id"]
    return found


def learned(officer: Page) -> dict[str, str]:
    """What the worker learns from the simulated panel once the site is up, and the panel's round."""
    for _ in range(PATIENCE_SECONDS):
        head = ask(officer, "learning")
        if head["advising"]:
            return {"scorecard": str(head["advising"]["id"]), "panel": str(_marked(head))}
        officer.wait_for_timeout(1_000)
    raise AssertionError(f"nothing was learned: {head['run']}")


def _marked(head: Any) -> int:
    """The round whose firms a panel has marked."""
    found: int = next(one["round"] for one in head["panels"] if one["panels"])
    return found


def find_holdings(officer: Page, company: Page) -> dict[str, str]:
    """The names in the addresses, told by the demonstration province itself."""
    home = ask(company, "home")
    round_ = ask(officer, "rounds")["results"][-1]["id"]
    firms = ask(officer, f"assessments?round={round_}")["results"]
    certificate = ask(company, "certificates")["results"][0]
    plans = ask(officer, f"plans?round={round_}")["results"]
    rules = next(one for one in ask(officer, "rulebook-drafts")["results"] if one["key"].endswith("-demo"))
    filling = next(one["id"] for one in ask(company, "my/rounds") if not one["closed"])
    cases = {one["state"]: str(one["id"]) for one in ask(officer, f"assessments?round={filling}")["results"]}
    return {
        **learned(officer),
        "returned": cases["returned"],
        "sent": cases["submitted"],
        "draft": str(begin_filling(company)),
        "round": str(round_),
        "rules": str(rules["id"]),
        "firm": str(home["assessment"]),
        "plan": str(home["plan"]),
        "other": str(next(firm["id"] for firm in firms if firm["id"] != home["assessment"])),
        "other_plan": str(next(plan["id"] for plan in plans if plan["id"] != home["plan"])),
        "list": str(ask(officer, "public/lists")["results"][-1]["id"]),
        "token": certificate["check_url"].rsplit("/", 1)[1],
    }
