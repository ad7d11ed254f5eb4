class SheetError(ValueError):
    """A file that can't be read as a table at all; the sentence says why and what to do."""
