"""Scoring beside its peers, in one run: `make bench`. Speed is measured here and never in a test."""
