"""Notes in the margin, as Jupyter Book's own theme knows them."""

from docutils import nodes
from docutils.parsers.rst.directives.body import Sidebar


class Margin(Sidebar):
    """`{margin}`: a sidebar that may do without a title."""

    required_arguments = 0
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the note."""
        untitled = not self.arguments
        self.arguments = self.arguments or ["–"]
        made = super().run()
        note = made[0]
        if isinstance(note, nodes.sidebar):
            note["classes"].append("margin")
            if untitled:
                note.pop(0)
        return made
