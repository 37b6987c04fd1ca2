"""The version of the press itself."""

import hashlib
from functools import cache
from pathlib import Path


@cache
def code_version() -> int:
    """Return a number that changes with the press's own code and theme: Sphinx then reads every page again.

    It is taken once in a process, which goes on with the code that it has read, whatever is edited meanwhile.
    """
    parts = sorted(
        path for path in Path(__file__).parents[1].rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in parts))
    return int(digest.hexdigest()[:8], 16)
