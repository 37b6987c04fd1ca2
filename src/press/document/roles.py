"""What prose can cite: numbers (`{glue:text}`) and claims (`{claim}`)."""

import re

from myst_nb.ext.glue.roles import PasteTextRole
from sphinx.util.docutils import SphinxRole

from press import state
from press.document.nodes import cited

_OTHERWISE = re.compile(r"(?P<id>[^*:]+)(?:(?:\*(?P<factor>[\d.]+))?:(?P<form>.+))?")


class Cite(SphinxRole):
    """Print a number of the ledger, or the mark of a claim, from whichever chapter defines it.

    A number is printed as its chapter words it; for another language, ``id:,.0f`` words its value anew, and
    ``id*10:,.0f`` ten times its value. ``id:jo`` and ``id:eok`` word it in Korean (see `hangul.myriads`).
    """

    def __init__(self, kind: str):
        super().__init__()
        self.kind = kind

    def run(self):
        """Return a node for what is cited; it is filled in once all chapters are read."""
        if self.kind == "number" and self._is_glued():
            return PasteTextRole()(
                self.name, self.rawtext, self.text, self.lineno, self.inliner, self.options, self.content
            )
        asked = _OTHERWISE.fullmatch(self.text) if self.kind == "number" else None
        id, factor, form = asked.group("id", "factor", "form") if asked else (self.text, None, None)
        state.book(self.env).ledger.cite(self.env.docname, self.kind, id, self.lineno)
        return [cited("", kind=self.kind, id=id, form=form, factor=float(factor or 1), at=self.lineno)], []

    def _is_glued(self) -> bool:
        """Tell whether it is a variable that MyST-NB’s `glue` has stored: on this page, or with the other’s name."""
        renderer = self.inliner.document.get("nb_renderer")
        known = renderer.renderer.nb_client.glue_data if renderer else {}
        return "::" in self.text or self.text in known or self.text.rpartition(":")[0] in known
