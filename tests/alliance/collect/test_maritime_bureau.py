"""Sea areas of attacks on ships."""

import pytest

from alliance.collect.maritime_bureau import sea_area


@pytest.mark.parametrize(
    ("where", "area"),
    [
        ((103.8, 1.2, "IDN"), "Straits of Malacca and Singapore"),
        ((106.8, -6.0, "IDN"), "other Southeast Asia"),
        ((110.0, 3.0, "MYS"), "other Southeast Asia"),
        ((50.0, 12.0, "SOM"), "Horn of Africa"),
        ((3.0, 6.0, "NGA"), "Gulf of Guinea"),
        ((159.9, -9.4, "SLB"), "Pacific islands"),
        ((-77.0, -12.0, "PER"), "elsewhere"),
    ],
)
def test_sea_areas(where, area):
    assert sea_area(*where) == area
