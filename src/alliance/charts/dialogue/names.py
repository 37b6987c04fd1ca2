"""What the charts of policy dialogue call the forums, and the colors of before and after."""

#: Talks of directors-general that belong to no forum: examples, which are not compared.
OUTSIDE = "Talks outside a series"

#: Forum, as the data call it → its full name, the promised dialogues first.
FULL = {
    "Bilateral Policy Dialogue": "Bilateral Policy Dialogue",
    "Southeast Asia dialogue": "Southeast Asia dialogue",
    "Trilateral Indo-Pacific Dialogue": "Indo-Pacific Dialogue with Japan",
    "Senior Economic Dialogue": "Senior Economic Dialogue",
    "2+2 ministerial": "2+2 of the ministers",
    "Security Consultative Meeting": "Security Consultative Meeting",
    "Strategic Dialogue": "Strategic Dialogue",
    "Extended Deterrence Strategy and Consultation Group": "Extended Deterrence Strategy and Consultation Group",
    "Integrated Defense Dialogue": "Integrated Defense Dialogue",
    "Nuclear Consultative Group": "Nuclear Consultative Group",
}

#: The forums that count toward promises of the fact sheet.
PROMISED = list(FULL)[:4]

#: The forums, as the data call them.
SERIES = list(FULL)

#: Names on an axis, short enough for two lines.
SHORT = FULL | {
    "Extended Deterrence Strategy and Consultation Group": "Extended Deterrence Group",
}

#: Full name → who meets there.
ROLES = {
    "Bilateral Policy Dialogue": "directors-general",
    "Southeast Asia dialogue": "senior officials",
    "Indo-Pacific Dialogue with Japan": "senior officials",
    "Senior Economic Dialogue": "vice-ministers",
    "2+2 of the ministers": "foreign and defense",
    "Security Consultative Meeting": "defense ministers",
    "Strategic Dialogue": "vice foreign ministers",
    "Extended Deterrence Strategy and Consultation Group": "vice-ministers",
    "Integrated Defense Dialogue": "senior defense officials",
    "Nuclear Consultative Group": "senior officials",
}

#: Colors of what happened up to March 18, 2021, and of what happened after it.
BEFORE, AFTER = "slate", "rose"
