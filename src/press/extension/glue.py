"""MyST-NB's `glue`: what a page shows of another is written again with it, and its pictures are found."""

import hashlib
import os
from base64 import b64decode
from pathlib import Path

from docutils import nodes
from myst_nb.ext.glue.crossref import read_glue_cache
from myst_nb.ext.glue.utils import PendingGlueReference
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from press import project, state

_PICTURES = {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpeg", "image/gif": ".gif"}
_NOTE = "press_glued"  # in the metadata of a page: the pages whose variables it shows


def note_glued(app: Sphinx, document: nodes.document) -> None:
    """Note from which other pages a page that was read takes variables."""
    if pages := sorted({node.refdoc for node in document.findall(PendingGlueReference)}):
        app.env.metadata[app.env.docname][_NOTE] = pages


def rewrite_glued(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that show variables of pages that were read in this run."""
    read = state.build(app).pages_read
    return [page for page, metadata in env.metadata.items() if read.intersection(metadata.get(_NOTE, ()))]


class ShowGluedPictures(SphinxPostTransform):
    """Put pictures of other pages where `glue` asks for them: MyST-NB names a file that no page need have written."""

    default_priority = 4  # before myst_nb.ext.glue.crossref.ReplacePendingGlueReferences

    def run(self, **kwargs) -> None:
        """Replace what is a picture in the other page; all else is left to MyST-NB."""
        if not any(metadata.get(_NOTE) for metadata in self.env.metadata.values()):
            return
        folder = self.env.mystnb_config.output_folder  # type: ignore[attr-defined]
        for node in [node for node in self.document.findall(PendingGlueReference) if node.gtype != "text"]:
            data = read_glue_cache(folder, node.refdoc).get(node.key, {}).get("data", {})
            kind = next((kind for kind in _PICTURES if kind in data), None)
            if kind and "text/html" not in data:
                node.replace_self(self._picture(node, kind, data))

    def _picture(self, node: PendingGlueReference, kind: str, data: dict) -> nodes.image:
        content = data[kind].encode() if kind == "image/svg+xml" else b64decode(data[kind])
        name = f"{hashlib.sha256(content).hexdigest()[:20]}{_PICTURES[kind]}"
        path = state.cache_directory(self.app) / "glued" / name
        if not path.exists():
            project.write_atomic(path, content)
        address = Path(os.path.relpath(path, self.app.srcdir)).as_posix()
        self.env.images.add_file(self.env.docname, address)
        words = " ".join(str(data.get("text/plain", "")).split())
        alt = "" if words.startswith("<") else words
        return nodes.image(uri=address, alt=alt, candidates={"*": address})
