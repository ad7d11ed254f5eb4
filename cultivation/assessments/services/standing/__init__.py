"""Where a firm stands once it has handed in: in whose hands its case is, among its peers, over the years."""

from .archive import archive_of
from .peers import peers_of
from .progress import HANDS, NEXT, progress_of, signers_of
from .rounds import my_rounds
from .years import years_of

__all__ = ["HANDS", "NEXT", "archive_of", "my_rounds", "peers_of", "progress_of", "signers_of", "years_of"]
