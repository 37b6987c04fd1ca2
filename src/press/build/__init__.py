"""Building the book: one run of Sphinx, publishing, releasing, the form of notebooks."""
