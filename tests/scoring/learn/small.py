"""A small expert scorecard with every kind of part, and firms a simulated panel has decided on: learned in a moment."""

from datetime import date
from functools import cache
from random import Random
from typing import Any

from scoring import Case, Frame, Rulebook, Trained, TrainingSettings, parse_rulebook, train_scorecard
from scoring.assess import read_facts
from scoring.learn.cases import Frames, make_frames
from scoring.rulebook import load_library

ON = date(2026, 5, 1)
TEXT = """
id: small-card
version: "1"
title: {zh: 小评分表, en: Small scorecard}
issuer: 测试
document: 测试
source: 测试
status: calibrated
applies: [{}]
validity: {years: 3, source: 测试, status: calibrated}
scorecard:
  max: 46
  parts:
    - id: rights
      title: {zh: 权利, en: Rights}
      source: 测试
      max: 23
      parts:
        - id: R-1
          title: {zh: 发明, en: Inventions}
          evidence: {zh: 登记簿, en: Register}
          max: 8
          ladder:
            - points: 8
              when:
                by: revenue
                cases:
                  - {from: 40000, then: {value: valid_invention_patents, at_least: 20}}
                  - {then: {value: valid_invention_patents, at_least: 6}}
            - {points: 4, when: {value: valid_invention_patents, at_least: 2}}
        - id: R-2
          title: {zh: 高价值占比, en: High-value share}
          max: 5
          monotone: up
          value: {ratio: [high_value_invention_patents, valid_invention_patents]}
          bands: [{from: 25%, points: 5}, {from: 0, to: 25%, exclusive: true, points: 2}, {to: 0, points: 0}]
        - id: R-3
          title: {zh: 资产负债率, en: Debt}
          max: 4
          monotone: down
          value: {ratio: [total_liabilities, total_assets]}
          bands: [{to: 50%, points: 4}, {from: 50%, to: 80%, points: 2}, {from: 80%, points: 0}]
        - id: R-4
          title: {zh: 融资, en: Finance}
          max: 6
          combine: best
          parts:
            - id: R-4a
              title: {zh: 质押, en: Pledge}
              max: 6
              value: ip_pledge_financing_3y
              bands: [{from: 100, points: 6}, {from: 0, to: 100, exclusive: true, points: 2}, {to: 0, points: 0}]
            - id: R-4b
              title: {zh: 年龄, en: Age}
              max: 3
              value: {years_since: registered_on}
              bands: [{from: 20, points: 1}, {from: 3, to: 20, points: 3}, {to: 3, points: 0}]
    - id: work
      title: {zh: 管理, en: Work}
      source: 测试
      max: 23
      parts:
        - id: W-1
          title: {zh: 战略, en: Strategy}
          hint: {zh: 请批准, en: Have it approved}
          max: 6
          fact: ip_strategy
          choices: {none: 0, drafted: 2, approved: 6, executed_reviewed: 6}
        - id: W-2
          title: {zh: 品牌, en: Brand}
          max: 4
          ladder: [{points: 4, when: {fact: own_brand, is: true}}]
        - id: W-3
          title: {zh: 认证, en: Certificate}
          max: 5
          ladder:
            - points: 5
              when:
                all:
                  - {fact: gbt29490_edition, is: "2023"}
                  - {not_expired: gbt29490_valid_until}
                  - {fact: gbt29490_edition, is: ["2013", "2023"]}
        - id: W-4
          title: {zh: 事项, en: Items}
          max: 4
          each: 2
          items:
            - {value: employees, between: [100, 300]}
            - {size_in: [small, micro]}
            - {value: rd_expense, more_than: 0}
        - id: W-5
          title: {zh: 评分, en: Mark}
          max: 4
          mark: ip_quantity_score
tiers:
  - {id: starter, title: {zh: 起步, en: Starter}, source: 测试}
  - {id: growth, title: {zh: 成长, en: Growth}, source: 测试, at_least: 16}
  - id: advantage
    title: {zh: 优势, en: Advantage}
    source: 测试
    at_least: 26
    gates:
      - id: has-invention
        title: {zh: 有发明, en: Has an invention}
        source: 测试
        value: valid_invention_patents
        at_least: 1
vetoes:
  - {id: serious_dishonesty, title: {zh: 未失信, en: Honest}, source: 测试, fact: serious_dishonesty, is: false}
"""
EXPERT = parse_rulebook(TEXT)
QUICK = TrainingSettings(least_cases=60, least_per_tier=6, folds=3, rounds=25, least_in_leaf=5, bins=5)


def changed(*pairs: tuple[str, str]) -> Rulebook:
    text = TEXT
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return parse_rulebook(text)


def random_facts(rng: Random, *, gaps: float = 0.12) -> dict[str, Any]:
    """Facts of one firm, many of them on a border, some unknown, a few not applicable."""
    inventions = rng.choice([0, 0, 1, 2, 3, 6, 8, 20, 25])
    assets = rng.choice([0, 800, 1000, 3000])
    facts: dict[str, Any] = {
        "revenue": rng.choice([500, 3000, 12000, 39999.99, 40000, 80000]),
        "valid_invention_patents": inventions,
        "high_value_invention_patents": rng.randint(0, inventions),
        "total_assets": assets,
        "total_liabilities": rng.choice([0, 0.5, 0.6, 0.8, 1.1]) * assets,
        "ip_pledge_financing_3y": rng.choice([0, 0, 0.01, 50, 100, 250.5]),
        "registered_on": rng.choice(["1999-01-01", "2015-06-30", "2023-05-01", "2023-05-02", "2025-12-01"]),
        "ip_strategy": rng.choice(["none", "drafted", "approved", "executed_reviewed"]),
        "own_brand": rng.random() < 0.5,
        "gbt29490_edition": rng.choice(["none", "2013", "2023", "2023"]),
        "gbt29490_valid_until": rng.choice(["2025-12-31", "2026-05-01", "2028-01-01"]),
        "employees": rng.choice([20, 99, 100, 300, 301, 900]),
        "industry_code": rng.choice(["3976", "6513", "83"]),
        "rd_expense": rng.choice([0, 10, 400]),
        "ip_quantity_score": rng.choice([0, 1, 3, 4, 6, 8]),
        "serious_dishonesty": False,
    }
    return {code: rng.choice([None, None, "n/a"]) if rng.random() < gaps else fact for code, fact in facts.items()}


def mark(facts: dict[str, Any], rng: Random) -> float:
    """What a reviewer might give: impressions and noise, no formula of the scorecard's."""

    def number(code: str) -> float:
        fact = facts[code]
        return 0.0 if fact in (None, "n/a") else float(fact)

    score = (
        8
        + 5 * number("valid_invention_patents") ** 0.35
        + 5 * (facts["own_brand"] is True)
        + 0.7 * number("ip_quantity_score")
        - number("revenue") / 20000
    )
    score += 3 * (number("ip_pledge_financing_3y") > 0) + 4 * (
        facts["ip_strategy"] in ("approved", "executed_reviewed")
    )
    return min(46.0, max(0.0, round(2 * (score + rng.gauss(0, 2.5))) / 2))


@cache
def cases(count: int = 240, seed: int = 1) -> tuple[Case, ...]:
    rng = Random(seed)
    found = []
    for number in range(count):
        facts = random_facts(rng)
        region = rng.choice(["420100", "420100", "420500", None])
        found.append(Case(f"模拟{number:03}", facts, mark(facts, rng), region=region))
    return tuple(found)


@cache
def trained() -> Trained:
    return train_scorecard(cases(), expert=EXPERT, origin="simulated", on=ON, settings=QUICK)


def frames(rows: list[dict[str, Any]]) -> Frames:
    sizes = load_library().get("size-class/2017").body.sizes
    return make_frames([Case(str(number), row) for number, row in enumerate(rows)], ON, sizes)


def frame(*rows: dict[str, Any]) -> Frame:
    return frames(list(rows)).parts[0][1]


def parsed(facts: dict[str, Any]) -> dict[str, Any]:
    return read_facts(facts, 0)[0]
