"""The sample's measures."""


def total(frame, town):
    """Rain of a town over all years, in mm."""
    return frame.loc[frame["town"] == town, "rain_mm"].sum()
