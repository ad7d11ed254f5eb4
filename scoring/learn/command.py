"""``python -m scoring train``: a scorecard learned from a file of decided cases, with its card (P06)."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from ..commands import find_rulebook
from ..intake import Reporter
from ..tables import FileError
from .cases import ORIGINS
from .reading import Columns, read_cases
from .refusal import TrainingRefused
from .train import Trained, train_scorecard


def add_train(commands: Any, add_input: Any) -> None:
    """The subcommand ``train``; ``add_input`` adds the file of cases, with date, kind and region."""
    train = commands.add_parser("train", help="learn a scorecard from decided cases, with its card")
    add_input(train)
    train.add_argument("--labels", required=True, metavar="COLUMN", help="what the panel gave: scores, or tiers")
    train.add_argument("--origin", required=True, choices=[*ORIGINS], help="who gave it; formula is refused")
    train.add_argument("--output", required=True, type=Path, metavar="DIR", help="folder for rulebook and card")
    train.add_argument("--expert", default="ip-capability/2026", help="shipped scorecard to compare with, or a file")
    train.add_argument("--region-column", metavar="COLUMN", help="region of the firm, compared but not learned from")
    train.add_argument("--date-column", metavar="COLUMN", help="date of each case, in place of --on")
    train.set_defaults(run=_train)


def _train(options: argparse.Namespace) -> int:
    reporter = Reporter(options.file.name, sys.stderr)
    expert = find_rulebook(options.expert)
    columns = Columns(options.labels, options.region_column, options.date_column)
    cases = read_cases(options.file, columns, expert, options.kind, reporter)
    on = options.on or date.today()
    try:
        trained = train_scorecard(cases, expert=expert, origin=options.origin, on=on, region=options.region)
    except TrainingRefused as refused:
        reporter.say(f"不予训练：{refused.zh} (not trained: {refused.en})")
        return 1
    for path in write_trained(trained, options.output):
        sys.stdout.write(f"{path}\n")
    return int(reporter.is_bad)


def write_trained(trained: Trained, folder: Path) -> list[Path]:
    """The rulebook where ``check`` finds it, and its card beside it as JSON and in both languages.

    Raises
    ------
    FileError
        When they can't be written.
    """
    body = trained.rulebook.body
    place = folder / body.id
    texts = {
        f"{body.version}.yaml": trained.yaml(),
        f"{body.version}.card.json": trained.json(),
        f"{body.version}.card.zh.md": trained.text("zh"),
        f"{body.version}.card.en.md": trained.text("en"),
    }
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (place / name).write_text(text, "utf-8")
    except OSError as problem:
        raise FileError("无法写入", f"can't write: {problem.strerror}", file=place) from problem
    return [place / name for name in texts]
