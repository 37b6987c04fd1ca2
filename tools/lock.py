#!/usr/bin/env python3
"""Write ``requirements.lock`` anew from ``pyproject.toml``: every package, exact version and hash, for every platform.

Needs uv. The lock names no package index and no path, so that everybody's own index settings serve.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMPILE = (
    "pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: --extra test "
    "--no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements.lock"
)


def main(extra):
    """Compile the lock; ``extra`` goes to uv, for example ``--upgrade-package pandas``."""
    uv = shutil.which("uv")
    if uv is None:
        print("make lock needs uv: see https://docs.astral.sh/uv/ or run pip install uv.", file=sys.stderr)
        return 1
    return subprocess.run([uv, *COMPILE.split(), *extra], cwd=ROOT, stdout=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
