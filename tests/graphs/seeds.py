"""The two source documents as plain records: PerpuSeru in Sumatera Selatan and Kalimantan Tengah.

What is left out plays no part here: people, follow-ups, regulations, the classes that one office
held alone.
"""

from datetime import date

from graphs.records import Actor, Commitment, Facts, Place, Programme, Resource, Tie

BAPPEDA, CCFI, LIBRARY, VILLAGES, ICT, CAMPUS, LINGGAU, ENIM, STORIES = range(1, 10)
KOBAR_LIBRARY, KOBAR, KALTENG_LIBRARY, PERPUSNAS, GATES = range(10, 15)
COMMUNITIES = tuple(range(15, 21))

PLACES = {
    "16": Place("16", "province"),
    "16.03": Place("16.03", "district", "16"),
    "16.71": Place("16.71", "district", "16"),
    "16.73": Place("16.73", "district", "16"),
    "62": Place("62", "province"),
    "62.01": Place("62.01", "district", "62"),
}
ACTORS = [
    *(Actor(one, "opd", "province", "16") for one in (BAPPEDA, LIBRARY, VILLAGES, ICT)),
    Actor(CAMPUS, "university", "province", "16"),
    Actor(LINGGAU, "opd", "district", "16.73"),
    Actor(ENIM, "opd", "district", "16.03"),
    Actor(STORIES, "community", "district", "16.71"),
    Actor(KOBAR_LIBRARY, "opd", "district", "62.01"),
    Actor(KOBAR, "opd", "district", "62.01"),
    Actor(KALTENG_LIBRARY, "opd", "province", "62"),
    Actor(PERPUSNAS, "opd", "national"),
    Actor(CCFI, "ngo_csr", "national"),
    Actor(GATES, "ngo_csr", "national"),
    *(Actor(one, "community", "district", "62.01") for one in COMMUNITIES),
]

PROGRAMME_ENDS = date(2018, 7, 31)
REPORTED = date(2014, 4, 24)
YEAR_2017, YEAR_2014 = date(2017, 1, 1), date(2014, 1, 1)

VISIT = ("event", 1)
RAKOR = ("event", 2)
CLASSES = ("event", 3)
TRAININGS = tuple(("event", row) for row in range(4, 9))
SHARING, GIFT, FUNDS = (("commitment", row) for row in (1, 2, 3))

TIES = [
    Tie("attendance", tuple(range(1, 10)), YEAR_2017, evidence=VISIT),
    Tie(
        "attendance",
        (KOBAR_LIBRARY, KOBAR, KALTENG_LIBRARY, PERPUSNAS, CCFI),
        REPORTED,
        evidence=RAKOR,
    ),
    Tie("attendance", (KOBAR_LIBRARY, *COMMUNITIES), YEAR_2014, evidence=CLASSES),
    *(Tie("attendance", (CCFI, KOBAR_LIBRARY), YEAR_2014, evidence=row) for row in TRAININGS),
    Tie("support", (CCFI, LIBRARY), YEAR_2017, PROGRAMME_ENDS, evidence=SHARING),
    Tie("support", (CCFI, KOBAR_LIBRARY), REPORTED, realised=REPORTED, evidence=GIFT),
    Tie("support", (GATES, CCFI), REPORTED, realised=REPORTED, evidence=FUNDS),
]

PERPUSERU = Programme(
    1, PROGRAMME_ENDS, lead=CCFI, funder=GATES, finances=(VISIT, *TRAININGS, SHARING, GIFT, FUNDS)
)
FACTS = Facts(
    commitments=(
        Commitment(1, CCFI, LIBRARY, "training", YEAR_2017, PROGRAMME_ENDS),
        Commitment(2, CCFI, KOBAR_LIBRARY, "goods", REPORTED, realised=REPORTED),
        Commitment(3, GATES, CCFI, "money", REPORTED, realised=REPORTED),
    ),
    resources=(
        Resource(1, "offer", CCFI, "goods", "16", ends=PROGRAMME_ENDS),
        Resource(2, "need", LIBRARY, "goods", "16"),
        *(Resource(row, "offer", PERPUSNAS, "goods", "62") for row in (3, 4, 5)),
        Resource(6, "offer", PERPUSNAS, "money", "62"),
    ),
    programmes=(PERPUSERU,),
)
