"""All measurements in one run: outputs are compared first, and where they differ no ratio is printed."""

import argparse
import sys
from collections.abc import Iterator

from benchmarks import batch, learned, policy, whatif
from benchmarks.lib.report import Ratio, as_json, table
from benchmarks.lib.world import FIRMS, World
from scoring.compiled.machine import count_cores


def main() -> None:
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--firms", type=int, default=FIRMS, help="firms of the batch and of the simulation")
    given = options.parse_args()
    world = World.make(given.firms)
    checks: dict[str, str] = {}
    ratios = list(_run(world, checks))
    print(f"\n{table(ratios)}\n\n{as_json(ratios, count_cores(), checks)}")


def _run(world: World, checks: dict[str, str]) -> Iterator[Ratio]:
    model = learned.Model.train(world)
    _say(checks, batch.WHAT, batch.check(world))
    _say(checks, whatif.WHAT, whatif.check(world))
    _say(checks, learned.WHAT, learned.check(world, model))
    tried = policy.Policy(world)
    _say(checks, policy.WHAT, policy.check(world, tried))
    yield from batch.measure(world)
    yield from whatif.measure(world, model)
    yield from learned.measure(world, model)
    yield from policy.measure(world, tried)


def _say(checks: dict[str, str], what: str, found: str) -> None:
    checks[what] = found
    print(f"equal · {what}: {found}", file=sys.stderr)


if __name__ == "__main__":
    main()
