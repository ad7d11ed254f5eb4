"""Evidence: files on their way in, what they prove, and what is wrong with them (E16, E17)."""

from .flags import Flag, flags_of
from .page import evidence_page, handed_in_files, row_of
from .upload import Pieces, cancel_upload, forget_unfinished, receive_piece, start_upload
from .uses import change_evidence, drop_use, remove_evidence, use_evidence

__all__ = [
    "Flag",
    "Pieces",
    "cancel_upload",
    "change_evidence",
    "drop_use",
    "evidence_page",
    "flags_of",
    "forget_unfinished",
    "handed_in_files",
    "receive_piece",
    "remove_evidence",
    "row_of",
    "start_upload",
    "use_evidence",
]
