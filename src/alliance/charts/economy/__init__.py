"""Charts of the chapter on economic cooperation, one module per section; here is all that the chapter calls."""

from alliance.charts.economy.duties import duties_since_2025, duties_under_agreement, duty_line
from alliance.charts.economy.exposure import concentration, effects, origins
from alliance.charts.economy.minerals import graphite, mines
from alliance.charts.economy.names import ECONOMIES, partner_name
from alliance.charts.economy.recovery import excess_deaths, forecast_gap
from alliance.charts.economy.services import services
from alliance.charts.economy.technology import semiconductors
from alliance.charts.economy.trade import balance, partners, trade, two_counts

__all__ = [
    "ECONOMIES",
    "balance",
    "concentration",
    "duties_since_2025",
    "duties_under_agreement",
    "duty_line",
    "effects",
    "excess_deaths",
    "forecast_gap",
    "graphite",
    "mines",
    "origins",
    "partner_name",
    "partners",
    "semiconductors",
    "services",
    "trade",
    "two_counts",
]
