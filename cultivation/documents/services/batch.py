"""Many documents on several processes: a firm whose name can't be printed is listed and the others go on."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

from .glyphs import MissingGlyph
from .keys import SigningKey
from .payloads import Payload
from .render import render_pdf
from .signing import sign_pdf

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class DocumentJob:
    """`reason` is what the signature says; it is used only when a signer is given."""

    kind: str
    payload: Payload
    reason: str = "签发"


@dataclass(frozen=True, slots=True)
class Rendered:
    """`data` is None when the document can't be printed; `problem` then says why."""

    data: bytes | None
    problem: str = ""


def render_many(
    jobs: Sequence[DocumentJob],
    *,
    processes: int = 2,
    signer: SigningKey | None = None,
    progress: Progress | None = None,
) -> Iterator[Rendered]:
    """Results in the order of `jobs`, each as soon as it and those before it are done."""
    work = partial(_render_one, signer)
    if processes <= 1 or len(jobs) <= 1:
        yield from _count(map(work, jobs), len(jobs), progress)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from _count(pool.map(work, jobs, chunksize=4), len(jobs), progress)


def _count(results: Iterator[Rendered], total: int, progress: Progress | None) -> Iterator[Rendered]:
    for done, result in enumerate(results, 1):
        if progress:
            progress(done, total)
        yield result


def _render_one(signer: SigningKey | None, job: DocumentJob) -> Rendered:
    try:
        data = render_pdf(job.kind, job.payload)
    except MissingGlyph as error:
        return Rendered(None, str(error))
    return Rendered(sign_pdf(data, signer=signer, reason=job.reason) if signer else data)
