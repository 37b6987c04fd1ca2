"""The PDF: a Sphinx builder that sets the whole book with Typst."""
