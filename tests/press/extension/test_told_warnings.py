"""Warnings stop a book, or are only told."""

import logging
from pathlib import Path

from press.extension.warnings import WarningCollector


def collected(stops):
    texts = []
    logger = logging.Logger("some")
    logger.addHandler(WarningCollector(Path("/book"), texts, stops))
    for _ in range(2):
        logger.warning("undefined label: 'x'", extra={"location": "/book/page.md:3"})
    logger.warning("[sphinx-thebe]: nothing")
    return texts


def test_warnings_are_kept_once_with_place_and_remedy(capsys):
    (text,) = collected(stops=True)
    assert text.startswith("page.md, line 3: undefined label: 'x'. Correct the label")
    assert capsys.readouterr().err == ""


def test_warnings_can_be_told_only(capsys):
    assert collected(stops=False) == []
    assert capsys.readouterr().err.count("Warning: page.md, line 3: undefined label") == 1
