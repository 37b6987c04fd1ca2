#!/usr/bin/env python3
"""Write ``requirements.lock`` (from ``pyproject.toml``) and ``tools/uv.txt``: versions and hashes for every platform.

Neither names a package index or a path, so that everybody's own index settings serve.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMPILE = (
    "pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: "
    "--no-header --no-emit-index-url --no-emit-find-links"
)


def main(extra):
    """Compile both files; ``extra`` goes to uv, for example ``--upgrade-package pandas``."""
    uv = shutil.which("uv")
    if uv is None:
        print("make lock needs uv: run pip install uv, then make lock again.", file=sys.stderr)
        return 1
    return compile_lock(uv, extra, "pyproject.toml", "requirements.lock", "--extra", "dev") or compile_lock(
        uv, extra, "-", "tools/uv.txt", "--no-annotate", text="uv"
    )


def compile_lock(uv, extra, source, target, *options, text=None):
    """Write ``target`` with the versions that it has already wherever they still fit; return uv's exit code."""
    command = [uv, *COMPILE.split(), *options, *extra, source, "-o", target]
    return subprocess.run(command, cwd=ROOT, input=text, text=True, stdout=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
