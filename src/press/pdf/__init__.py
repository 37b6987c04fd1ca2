"""The PDF: from Sphinx's resolved tree to Typst markup, and from there to a tagged document."""
