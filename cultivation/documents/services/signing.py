"""PAdES B-B signatures over finished documents."""

from io import BytesIO

from .keys import NOTICE, SigningKey

FIELD = "PlatformSignature"
RESERVED = 8192  # hex digits: a fixed room spares pyHanko a dry run that costs half of the signature


def sign_pdf(data: bytes, *, signer: SigningKey, reason: str) -> bytes:
    """Appends one invisible signature over the whole file; nothing that was written before it is touched."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    from .cms import loaded_signer

    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=f"{reason}（{NOTICE}）",
        location="中国湖北",
    )
    writer = IncrementalPdfFileWriter(BytesIO(data))
    out: BytesIO = PdfSigner(metadata, signer=loaded_signer(signer)).sign_pdf(writer, bytes_reserved=RESERVED)
    return out.getvalue()
