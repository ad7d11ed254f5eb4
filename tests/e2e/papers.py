"""PDFs as a reader has them: the words that can be copied out."""

import re
import subprocess
from pathlib import Path


def words_of(pdf: Path) -> str:
    """The text that can be copied out, without spaces."""
    assert pdf.read_bytes()[:4] == b"%PDF"
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    return re.sub(r"\s", "", text)
