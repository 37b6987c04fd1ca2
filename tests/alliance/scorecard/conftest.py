"""The evidence and the verdicts of the book."""

import pytest
from builders import AGREEMENTS, CLIMATE, COMMITMENTS, EVIDENCE, MEETINGS, RULES, SERIES

from alliance import scorecard


@pytest.fixture(scope="module")
def evidence():
    return scorecard.items(EVIDENCE, MEETINGS, SERIES, AGREEMENTS, *CLIMATE)


@pytest.fixture(scope="module")
def scores(evidence):
    return scorecard.score(COMMITMENTS, evidence, RULES)
