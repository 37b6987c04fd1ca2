"""The index of the search page."""

import json
from pathlib import Path

from sphinx.application import Sphinx


def prune_index(app: Sphinx) -> None:
    """Drop words that no page holds any more from the search index; Sphinx keeps them from the build before."""
    path, begin, end = Path(app.outdir) / "searchindex.js", "Search.setIndex(", ")"
    index = json.loads(path.read_text(encoding="utf-8").removeprefix(begin).removesuffix(end))
    for kind in ("terms", "titleterms"):
        index[kind] = {word: pages for word, pages in index[kind].items() if pages != []}
    path.write_text(begin + json.dumps(index, ensure_ascii=False, sort_keys=True) + end, encoding="utf-8")
