"""Make each document once for its content: render, sign, store, and write it down."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet

from cultivation.accounts.models import Enterprise
from cultivation.core import audit
from cultivation.core.actors import Actor
from cultivation.core.canonical import fingerprint
from cultivation.core.errors import BadInput
from cultivation.core.files import store_file
from cultivation.documents.models import Document, check_url, new_token
from cultivation.documents.services.batch import DocumentJob, render_many
from cultivation.documents.services.keys import SigningKey, load_or_create_signing_key
from cultivation.documents.services.payloads import Payload
from cultivation.documents.services.signing import sign_pdf
from cultivation.documents.services.snapshots import freeze
from cultivation.documents.states import DOCUMENT_KINDS


def platform_key() -> SigningKey:
    return _key(Path(settings.SIGNING_KEY_DIR))


@lru_cache(maxsize=4)
def _key(directory: Path) -> SigningKey:
    return load_or_create_signing_key(directory)


@dataclass(frozen=True, slots=True)
class Draft:
    """A document to be made of a payload, for a subject. `enterprise` decides who sees it."""

    kind: str
    payload: Payload
    subject: Model
    title: str
    enterprise: Enterprise | None = None
    release: bool = False
    token: str = ""

    def known(self) -> QuerySet[Document]:
        """The document already made with this content."""
        return Document.objects.filter(
            kind=self.kind,
            subject_type=self.subject._meta.label_lower,
            subject_id=str(self.subject.pk),
            fingerprint=fingerprint(freeze(self.payload)),
        )


@dataclass(frozen=True, slots=True)
class Issued:
    """`document` is None when it can't be printed; `problem` then says why."""

    document: Document | None
    problem: str = ""


def issue_document(actor: Actor, draft: Draft) -> Document:
    issued = next(issue_documents(actor, [draft]))
    if issued.document is None:
        raise BadInput(issued.problem, code="missing_glyph")
    return issued.document


def issue_documents(
    actor: Actor, drafts: Sequence[Draft], *, processes: int = 1, progress: Callable[[int, int], None] | None = None
) -> Iterator[Issued]:
    """In the order of the drafts. What was already made is answered again, the rest rendered on several processes."""
    found = [draft.known().first() for draft in drafts]
    tokens = [draft.token or new_token() for draft in drafts]
    missing = [place for place, document in enumerate(found) if document is None]
    jobs = [DocumentJob(drafts[place].kind, _with_check(drafts[place].payload, tokens[place])) for place in missing]
    rendered = render_many(jobs, processes=processes, progress=progress)
    for draft, token, document in zip(drafts, tokens, found, strict=True):
        if document:
            yield Issued(document)
            continue
        result = next(rendered)
        kept = _keep(actor, draft, token, result.data) if result.data else None
        yield Issued(kept, result.problem)


def _with_check(payload: Payload, token: str) -> Payload:
    return replace(payload, check_url=check_url(token)) if hasattr(payload, "check_url") else payload  # type: ignore[call-arg]


def _keep(actor: Actor, draft: Draft, token: str, data: bytes) -> Document:
    """Two who ask at once get one document: the second finds the first's row."""
    try:
        with transaction.atomic():
            document = _store(draft, token, data)
            audit.record(actor, f"document.{document.kind}", document, detail={"sha256": document.sha256})
            return document
    except IntegrityError:
        return draft.known().get()


def _store(draft: Draft, token: str, data: bytes) -> Document:
    data = sign_pdf(data, signer=platform_key(), reason=DOCUMENT_KINDS[draft.kind])
    file = store_file(data, name=f"{draft.title}.pdf", media_type="application/pdf")
    snapshot: dict[str, Any] = freeze(draft.payload)
    return Document.objects.create(
        kind=draft.kind,
        title=draft.title,
        subject_type=draft.subject._meta.label_lower,
        subject_id=str(draft.subject.pk),
        enterprise=draft.enterprise,
        payload=snapshot,
        fingerprint=fingerprint(snapshot),
        file=file,
        sha256=file.sha256,
        token=token,
        is_released=draft.release,
    )
