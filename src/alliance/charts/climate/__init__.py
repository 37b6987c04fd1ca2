"""Charts and tables of the chapter on climate, a module for each part of it; here is all that the chapter calls."""

from alliance.charts.climate.common import BOTH
from alliance.charts.climate.drivers import effects, intensity, kaya, power, sectors
from alliance.charts.climate.elsewhere import carbon_price, electric_cars, footprints, pilot_cities
from alliance.charts.climate.paths import cuts, paths, readings, slider, yearly_cuts
from alliance.charts.climate.pledges import memberships, pledged, timeline

__all__ = [
    "BOTH",
    "carbon_price",
    "cuts",
    "effects",
    "electric_cars",
    "footprints",
    "intensity",
    "kaya",
    "memberships",
    "paths",
    "pilot_cities",
    "pledged",
    "power",
    "readings",
    "sectors",
    "slider",
    "timeline",
    "yearly_cuts",
]
