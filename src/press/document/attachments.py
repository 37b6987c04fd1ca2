"""Images that are pasted into the Markdown cells of a notebook, and those whose names an address has in signs."""

import base64
import hashlib
import json
import os
from pathlib import Path
from urllib.parse import quote, unquote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from press import project, state


def unpack_attachments(app: Sphinx, page: str, source: list[str]) -> None:
    """Write the images of a notebook's Markdown cells into files, and let the cells show these."""
    if '"attachments"' not in source[0] or not str(app.env.doc2path(page)).endswith(".ipynb"):
        return
    notebook = json.loads(source[0])
    for cell in notebook.get("cells", []):
        text = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        for name, kinds in cell.pop("attachments", {}).items():
            for address in {name, quote(name)}:
                text = text.replace(f"attachment:{address}", _written(app, name, kinds))
        cell["source"] = text
    source[0] = json.dumps(notebook)


class DecodeNames(SphinxTransform):
    """Let `![…](a%20b.png)` name the file `a b.png`, as it does wherever else Markdown is read."""

    default_priority = 400  # before Sphinx looks for the files

    def apply(self, **kwargs) -> None:
        """Look at the images of one page."""
        for image in [image for image in self.document.findall(nodes.image) if "%" in image["uri"]]:
            _, path = self.env.relfn2path(name := unquote(image["uri"]), self.env.docname)
            if Path(path).is_file():
                image["uri"] = name


def _written(app: Sphinx, name: str, kinds: dict[str, str | list[str]]) -> str:
    """Return the address of an attached image, as a page names it, and write it if it is not there yet."""
    content = next(iter(kinds.values()))
    image = base64.b64decode(content if isinstance(content, str) else "".join(content))
    file = f"{hashlib.sha256(image).hexdigest()[:20]}{Path(name).suffix}"
    path = state.cache_directory(app) / "attachments" / file
    if not path.exists():
        project.write_atomic(path, image)
    return f"/{Path(os.path.relpath(path, app.srcdir)).as_posix()}"
