"""The charts of the book: one module per chapter, one function per figure.

Each function takes DataFrames and returns an Altair chart; its `description` tells in words what the data show.
`marks` holds what several chapters share.
"""

import press.chapter  # noqa: F401 – first of all: it spares a chapter two seconds when Altair is imported
