"""Charts of the chapter on deterrence and of its appendix: one module for each subject."""

from alliance.charts.deterrence.launches import calendar, missile_classes, missiles
from alliance.charts.deterrence.means import arms, construction, field_exercises
from alliance.charts.deterrence.meetings import chance, consultations
from alliance.charts.deterrence.money import expenditure, ratio, share_of_output
from alliance.charts.deterrence.soldiers import hosts, reports, strength

__all__ = [
    "arms",
    "calendar",
    "chance",
    "construction",
    "consultations",
    "expenditure",
    "field_exercises",
    "hosts",
    "missile_classes",
    "missiles",
    "ratio",
    "reports",
    "share_of_output",
    "strength",
]
