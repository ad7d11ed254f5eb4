"""Scoring: rulebooks as data, evaluated exactly, with unknown kept apart from zero. No Django."""
