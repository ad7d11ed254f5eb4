"""The same firms under two rulebooks: who moves, and where (P03)."""

from .binned import Binned, Standing
from .run import Moved, Simulation, simulate

__all__ = ["Binned", "Moved", "Simulation", "Standing", "simulate"]
