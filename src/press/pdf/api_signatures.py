"""Descriptions of functions, classes, and commands, as extensions that read code bring them."""

from sphinx import addnodes

from press.pdf.base import Base
from press.pdf.markup import words


class Signatures(Base):
    """Sets what is described, and below it what is said of it."""

    def render_desc(self, node) -> str:
        """Set one or more signatures, and their description."""
        bodies = [child for child in node.children if isinstance(child, addnodes.desc_content)]
        heads = "#linebreak()".join(self.render(child) for child in node.children if child not in bodies)
        with self.deeper():
            return f"#explained[{heads}][{''.join(self.render(body) for body in bodies)}]\n\n"

    def render_desc_content(self, node) -> str:
        return self.children(node)

    render_desc_signature = render_desc_inline = render_desc_name = render_desc_addname = render_desc_content
    render_desc_type = render_desc_parameter = render_desc_type_parameter = render_desc_annotation = render_desc_content

    def render_desc_signature_line(self, node) -> str:
        return f"{self.children(node)}#linebreak()"

    def render_desc_parameterlist(self, node) -> str:
        """Set parameters with the signs that pages put around them."""
        return self.listed_within("()", node)

    def render_desc_type_parameter_list(self, node) -> str:
        return self.listed_within("[]", node)

    render_desc_optional = render_desc_type_parameter_list

    def listed_within(self, signs: str, node) -> str:
        """Return children in a row, between two signs."""
        return words(signs[0]) + words(", ").join(self.render(child) for child in node.children) + words(signs[1])

    def render_desc_returns(self, node) -> str:
        return words(" → ") + self.children(node)
