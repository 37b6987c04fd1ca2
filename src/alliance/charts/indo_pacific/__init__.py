"""The charts of the chapter on Indo-Pacific cooperation, one module for each kind, and its table of promises."""

from alliance.charts.indo_pacific.aid import change, net_aid, obligations, pacific_spending, received
from alliance.charts.indo_pacific.maps import aid_map, aid_map_narrow
from alliance.charts.indo_pacific.means import beside_allies, electricity, gas_imports, space
from alliance.charts.indo_pacific.promises import acts, promises
from alliance.charts.indo_pacific.sea import attacks, connectivity, ships

__all__ = [
    "acts",
    "aid_map",
    "aid_map_narrow",
    "attacks",
    "beside_allies",
    "change",
    "connectivity",
    "electricity",
    "gas_imports",
    "net_aid",
    "obligations",
    "pacific_spending",
    "promises",
    "received",
    "ships",
    "space",
]
