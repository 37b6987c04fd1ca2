"""U.S. Department of State, Office of the Historian: visits of leaders (public domain)."""

import pandas as pd

from alliance.collect.sources import Folder, correct, corrections, read, readings, with_additions

FILE = "security/historystategov_leader_visits_us_korea.csv"
COLUMNS = ["kind", "who", "start_date", "end_date", "locale", "remarks", "source_url"]
DIRECTIONS = {"Korean leader to US": "to the United States", "US president to Korea": "to Korea"}
TITLES = {  # how the publisher titles a visitor: office
    "President": "president",
    "Acting President": "acting head of state",
    "Chairman": "chairman of the ruling council",  # of generals; Yun Posun was president until March 1962
    "Prime Minister": "prime minister",
}
# The publisher's spellings: (name as commonly written, title). American presidents come without one.
VISITORS = {
    "Dwight D. Eisenhower": ("Dwight D. Eisenhower", "President"),
    "Lyndon B. Johnson": ("Lyndon B. Johnson", "President"),
    "Gerald R. Ford": ("Gerald R. Ford", "President"),
    "Jimmy Carter": ("Jimmy Carter", "President"),
    "Ronald Reagan": ("Ronald Reagan", "President"),
    "George H.W. Bush": ("George H. W. Bush", "President"),
    "William J. Clinton": ("William J. Clinton", "President"),
    "George W. Bush": ("George W. Bush", "President"),
    "Barack Obama": ("Barack Obama", "President"),
    "Donald J. Trump": ("Donald J. Trump", "President"),
    "Joseph R. Biden": ("Joseph R. Biden", "President"),
    "Prime Minister Paik": ("Paik Too-chin", "Prime Minister"),
    "President Rhee": ("Syngman Rhee", "President"),
    "Chairman Park": ("Park Chung-hee", "Chairman"),
    "Acting President Park": ("Park Chung-hee", "Acting President"),
    "President Park": ("Park Chung-hee", "President"),
    "President Park Chung Hee": ("Park Chung-hee", "President"),
    "Prime Minister Il Kwon Chung": ("Chung Il-kwon", "Prime Minister"),
    "Prime Minister Chong Pil Kim": ("Kim Jong-pil", "Prime Minister"),
    "President Chun Doo Hwan": ("Chun Doo-hwan", "President"),
    "President Roh Tae-woo": ("Roh Tae-woo", "President"),
    "President Kim Yong-sam": ("Kim Young-sam", "President"),
    "President Kim Dae-jung": ("Kim Dae-jung", "President"),
    "President Kim Dae Jung": ("Kim Dae-jung", "President"),
    "President Kim Dae-Jung": ("Kim Dae-jung", "President"),
    "President Roh Moo-Hyun": ("Roh Moo-hyun", "President"),
    "President Roh Moo-hyun": ("Roh Moo-hyun", "President"),
    "President Lee Myung-bak": ("Lee Myung-bak", "President"),
    "President Lee Myung-Bak": ("Lee Myung-bak", "President"),
    "President Park Geun-Hye": ("Park Geun-hye", "President"),
    "President Park Geun-hye": ("Park Geun-hye", "President"),
    "President Moon Jae-in": ("Moon Jae-in", "President"),
    "President Yoon Suk Yeol": ("Yoon Suk Yeol", "President"),
}


def leader_visits(folder: Folder) -> pd.DataFrame:
    """Tabulate visits of Korean leaders to the United States and of American presidents to Korea."""
    raw = read(folder, FILE, dict.fromkeys(COLUMNS, str)).assign(note="")
    raw = correct(raw, corrections("leader_visits", "who", "start_date"), "who", "start_date")
    visitors = readings(raw, "who", VISITORS)
    offices = [TITLES[title] for _, title in visitors]
    elect = raw["remarks"].str.contains("President-elect")
    frame = raw.assign(
        direction=readings(raw, "kind", DIRECTIONS),
        visitor=[name for name, _ in visitors],
        office=["president-elect" if early else office for early, office in zip(elect, offices, strict=True)],
        start=raw["start_date"],
        end=raw["end_date"],
        place=raw["locale"],
        source_title="U.S. Department of State, Office of the Historian",
    )
    columns = [
        "direction",
        "visitor",
        "office",
        "start",
        "end",
        "place",
        "remarks",
        "source_title",
        "source_url",
        "note",
    ]
    return with_additions(frame[columns], "leader_visits").sort_values(["start", "direction"])
