"""MyST-NB's `glue`: a page that shows a variable of another is written again when that other is read again."""

from docutils import nodes
from myst_nb.ext.glue.utils import PendingGlueReference
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from press import state

_NOTE = "press_glued"  # in the metadata of a page: the pages whose variables it shows


def note_glued(app: Sphinx, document: nodes.document) -> None:
    """Note from which other pages a page that was read takes variables."""
    if pages := sorted({node.refdoc for node in document.findall(PendingGlueReference)}):
        app.env.metadata[app.env.docname][_NOTE] = pages


def rewrite_glued(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that show variables of pages that were read in this run."""
    read = state.build(app).pages_read
    return [page for page, metadata in env.metadata.items() if read.intersection(metadata.get(_NOTE, ()))]
