"""What a chapter's outputs depend on besides its own cells.

The stock cache knows a notebook by its code cells alone. The press adds one fingerprint of
everything else a cell can see – tables, measures, the locked environment, Python – and drops
the cached outputs when it changes.
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from sphinx.application import Sphinx

from press import book

SEEN = ("data/*", "src/**/*.py", "book/palette.json", "requirements.lock")


def fingerprint(folder: Path) -> str:
    """SHA-256 over path and content of every input in the book's folder, and the Python version."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted({path for pattern in SEEN for path in folder.glob(pattern) if path.is_file()}):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def version() -> int:
    """A number that changes with the press's own code: Sphinx then reads every page again."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.rglob("*.py"))))
    return int(digest.hexdigest()[:8], 16)


def forget_stale(app: Sphinx) -> bool:
    """Drop cached outputs made from other inputs; True when there were any, or none are known."""
    app.press_inputs = fingerprint(book.root(app.srcdir))
    known = _record(app).read_text(encoding="utf-8") if _record(app).exists() else None
    if known == app.press_inputs:
        return False
    _record(app).unlink(missing_ok=True)
    shutil.rmtree(_cache(app), ignore_errors=True)
    return True


def remember(app: Sphinx) -> None:
    """Note which inputs the cached outputs were made from: those seen before the first cell ran."""
    if _cache(app).exists():
        _record(app).write_text(app.press_inputs, encoding="utf-8")


def _cache(app: Sphinx) -> Path:
    return Path(app.config.nb_execution_cache_path or Path(app.outdir).parent / ".jupyter_cache")


def _record(app: Sphinx) -> Path:
    return _cache(app) / "inputs.sha256"


def shield_kernels(folder: Path) -> None:
    """Give kernels an IPython folder of the book's own: no start-up scripts of the user's, no chatter.

    Its one start-up line spares each of them the two seconds that `press/__init__.py` spares the build.
    """
    profile = folder / "ipython" / "profile_default"
    (profile / "startup").mkdir(parents=True, exist_ok=True)
    (profile / "startup" / "spare.py").write_text("__import__('sys').modules.setdefault('rfc3987_syntax')\n", encoding="utf-8")
    (profile / "ipython_kernel_config.py").write_text("c.IPKernelApp.log_level = 50\n", encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(profile.parent)
