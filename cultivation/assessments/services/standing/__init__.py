"""Where a firm stands once it has handed in: in whose hands its case is, among its peers, over the years."""

from .peers import peers_of
from .progress import HANDS, NEXT, progress_of, signers_of
from .rounds import my_rounds
from .years import years_of

__all__ = ["HANDS", "NEXT", "my_rounds", "peers_of", "progress_of", "signers_of", "years_of"]
__all__ = ["my_rounds", "peers_of", "progress_of", "years_of"]
