"""Each finding of facts in both languages, and every combination of what its step may name."""

from datetime import date
from itertools import product

import pytest
from flask_babel import force_locale

from crm.gaps.sentences import Teller
from crm.gaps.words import FINDING_MEANINGS, FINDING_NAMES
from crm.network.models import StoredFinding
from crm.resources.models import ResourceSide
from graphs.findings import CODES
from tests import make

ALL = ("who", "to", "through", "position", "owner", "about")
DAY, IN_ID, IN_EN = "2026-12-31", "31 Desember 2026", "31 December 2026"


@pytest.fixture
def cast():
    """Three organisations, a person with a post, one of us, and one row of each kind."""
    dinas, bank, kampus = (make.stakeholder(name) for name in ("Dinas", "Bank", "Kampus"))
    siti = make.contact("Siti")
    rows = {
        "agreement": make.agreement(dinas, bank, title="MoU literasi"),
        "commitment": make.commitment(bank, dinas),
        "resource": make.resource(dinas, what="Pelatihan"),
        "offer": make.resource(bank, side=ResourceSide.OFFER),
        "follow_up": make.follow_up("Kirim surat"),
        "programme": make.programme("PerpuSeru"),
        "event": make.event(title="Rakor 2027", starts_on=date(2026, 12, 31)),
    }
    ids = {name: row.id for name, row in rows.items()}
    holder = make.position(siti, dinas, title="Kepala Bidang")
    second = make.position(make.contact("Ani"), dinas, title="Sekretaris")
    return {
        **ids,
        "dinas": dinas.id,
        "bank": bank.id,
        "kampus": kampus.id,
        "siti": holder.contact_id,
        "position": second.id,
        "owner": make.user("Budi").id,
    }


def finding(cast, code, values, step, organisations=("dinas",), row=None, sectors=()):
    kind, *named = step
    return StoredFinding(
        code=code,
        region_code="16",
        sectors=list(sectors),
        organisations=[cast[one] for one in organisations],
        evidence=[[row, cast[row]]] if row else [],
        values={**values, "poverty": None},
        step={"kind": kind, **dict.fromkeys(ALL), **dict(*named)},
    )


def told(one, language):
    with force_locale(language):
        said = Teller([one]).tell(one)
        assert all(str(name) and str(value) for name, value in said.numbers)
        assert said.task == said.step.removesuffix(".")
        return said.sentence, said.step


def of_code(cast, code):
    """One finding of each kind, as graphs.findings makes it."""
    both = {"who": cast["dinas"], "to": cast["bank"]}
    through = {**both, "through": cast["kampus"]}
    pair = ("dinas", "bank")
    made = {
        "fragile-bridge": (
            {"smaller": 3, "larger": 5, "layer": "team", "strength": 1.0, "last_contact": DAY},
            ("second_tie", through),
            pair,
        ),
        "single-contact": (
            {
                "theirs": cast["siti"],
                "ours": cast["owner"],
                "encounters": 2,
                "unnamed": 0,
                "posts": 1,
                "last_contact": DAY,
            },
            (
                "second_contact",
                {
                    "who": cast["dinas"],
                    "position": cast["position"],
                    "owner": cast["owner"],
                },
            ),
        ),
        "fading-tie": (
            {
                "last_contact": DAY,
                "days": 400,
                "strength": 1.0,
                "share": 0.5,
                "layers": "team+support",
            },
            ("call", both),
            pair,
        ),
        "expiring-agreement": (
            {"ends": DAY, "days": 38, "parties": 2},
            ("renew", {**both, "about": ["agreement", cast["agreement"]]}),
            pair,
            "agreement",
        ),
        "unmet-need": (
            {"kind": "training", "needs": 1, "offers": 1, "steps": 2, "since": None},
            (
                "ask",
                {
                    "who": cast["bank"],
                    "to": cast["dinas"],
                    "through": cast["kampus"],
                    "about": ["resource", cast["offer"]],
                },
            ),
            ("dinas",),
            "resource",
        ),
        "overdue-commitment": (
            {"kind": "goods", "due": DAY, "days": 9, "value": 5_000_000, "partly": 0},
            ("remind", {**both, "about": ["commitment", cast["commitment"]]}),
            pair,
            "commitment",
        ),
        "overdue-action": (
            {"due": DAY, "days": 9},
            (
                "finish",
                {
                    "who": cast["dinas"],
                    "owner": cast["owner"],
                    "about": ["follow_up", cast["follow_up"]],
                },
            ),
            ("dinas",),
            "follow_up",
        ),
        "programme-dependence": (
            {
                "ends": DAY,
                "days": 38,
                "share": 0.75,
                "ties": 3,
                "ties_of_region": 4,
                "promises": 0,
                "promises_of_region": 0,
                "rupiah": 0,
                "rupiah_of_region": 0,
                "heirs": 1,
                "steps": None,
            },
            (
                "succeed",
                {
                    "who": cast["bank"],
                    "to": cast["dinas"],
                    "through": cast["kampus"],
                    "about": ["resource", cast["offer"]],
                },
            ),
            ("dinas",),
            "programme",
        ),
        "never-invited": (
            {
                "closes": 2,
                "code": "split-region",
                "severity": 40.0,
                "last_invited": None,
                "event_day": DAY,
            },
            (
                "invite",
                {
                    "who": cast["dinas"],
                    "through": cast["kampus"],
                    "about": ["event", cast["event"]],
                },
            ),
            ("dinas",),
            "event",
        ),
        "inward-sector": (
            {
                "value": -0.5,
                "expected": 0.4,
                "low": 0.1,
                "high": 0.6,
                "external": 1,
                "internal": 3,
                "other": "media",
                "ties": 0,
                "ties_expected": 2.5,
            },
            ("mix", both),
        ),
    }[code]
    sectors = ("opd",) if code == "inward-sector" else ()
    return finding(cast, code, *made, sectors=sectors)


SAID = {
    "fragile-bridge": (
        "Hanya hubungan antara Dinas dan Bank yang menyambungkan 3 organisasi dengan 5 organisasi "
        "lainnya.",
        "Minta Kampus mempertemukan Dinas dan Bank.",
        "The tie between Dinas and Bank alone connects 3 organisations with 5 others.",
        "Ask Kampus to bring Dinas and Bank together.",
    ),
    "single-contact": (
        "Dengan Dinas hanya Budi yang berhubungan, dan hanya dengan Kepala Bidang.",
        "Minta Budi mengajak seorang rekan menemui Sekretaris di Dinas.",
        "With Dinas only Budi is in contact, and only with Kepala Bidang.",
        "Ask Budi to take a colleague along to Sekretaris of Dinas.",
    ),
    "fading-tie": (
        f"Tidak ada lagi kontak antara Dinas dan Bank sejak {IN_ID}.",
        "Minta Dinas menghubungi Bank kembali.",
        f"Dinas and Bank have had no contact since {IN_EN}.",
        "Ask Dinas to get in touch with Bank again.",
    ),
    "expiring-agreement": (
        f"Perjanjian “MoU literasi” (Dinas, Bank) berakhir pada {IN_ID} dan belum ada "
        "penggantinya.",
        "Ajak Dinas dan Bank memperpanjang “MoU literasi”.",
        f"The agreement “MoU literasi” (Dinas, Bank) ends on {IN_EN} without a successor.",
        "Ask Dinas and Bank to renew “MoU literasi”.",
    ),
    "unmet-need": (
        "Dinas membutuhkan “Pelatihan”, tetapi belum ada yang menyanggupinya.",
        "Minta Kampus mempertemukan Dinas dengan Bank, yang menawarkan dukungan sejenis.",
        "Dinas needs “Pelatihan”, and nobody has promised it.",
        "Ask Kampus to bring Dinas together with Bank, which offers the same kind of support.",
    ),
    "overdue-commitment": (
        f"Dinas menjanjikan “Lima komputer” kepada Bank paling lambat {IN_ID}, tetapi belum "
        "ditepati.",
        "Ingatkan Dinas akan komitmennya kepada Bank.",
        f"Dinas promised Bank “Lima komputer” until {IN_EN} and has not kept it.",
        "Remind Dinas of the promise to Bank.",
    ),
    "overdue-action": (
        f"Tindak lanjut “Kirim surat” untuk Dinas jatuh tempo pada {IN_ID} dan belum selesai.",
        "Minta Budi menyelesaikan “Kirim surat” atau menetapkan tenggat baru.",
        f"The follow-up “Kirim surat” for Dinas was due on {IN_EN} and is still open.",
        "Ask Budi to finish “Kirim surat” or to set a new day.",
    ),
    "programme-dependence": (
        f"PerpuSeru berakhir pada {IN_ID}, padahal menopang 75\u00a0% hubungan aktif di Sumatera "
        "Selatan.",
        "Minta Kampus mempertemukan Bank, yang menawarkan dukungan sejenis, dengan Dinas.",
        f"PerpuSeru ends on {IN_EN} and carries 75\u00a0% of the working ties in Sumatera Selatan.",
        "Ask Kampus to bring Bank, which offers the same kind of support, together with Dinas.",
    ),
    "never-invited": (
        "Langkah berikutnya dari 2 kesenjangan menyebut Dinas, tetapi belum tercatat bahwa pihak "
        "ini pernah diundang.",
        f"Undang Dinas (dikenal oleh Kampus) ke “Rakor 2027” pada {IN_ID}.",
        "The next steps of 2 gaps name Dinas, and no invitation to it is recorded.",
        f"Invite Dinas (known to Kampus) to “Rakor 2027” on {IN_EN}.",
    ),
    "inward-sector": (
        "Di Sumatera Selatan, sektor OPD/pemerintah lebih banyak berkutat di kalangannya sendiri "
        "daripada yang dapat dijelaskan oleh kebetulan; yang paling kurang ialah hubungan dengan "
        "sektor media massa.",
        "Pertemukan Dinas dan Bank.",
        "In Sumatera Selatan the sector government keeps to itself more than chance explains; "
        "what is missing most are ties with the sector media.",
        "Bring Dinas and Bank together.",
    ),
}
OF_FACTS = CODES[5:]


@pytest.mark.parametrize("code", OF_FACTS)
def test_is_told_in_both_languages(cast, code):
    one = of_code(cast, code)

    assert (*told(one, "id"), *told(one, "en")) == SAID[code]


@pytest.mark.parametrize("code", OF_FACTS)
def test_is_told_whatever_the_step_names(cast, code):
    one = of_code(cast, code)
    full = one.step
    for kept in product((True, False), repeat=len(ALL)):
        named = {name: full[name] if keep else None for name, keep in zip(ALL, kept, strict=True)}
        one.step = {"kind": full["kind"], **named}
        for language in ("id", "en"):
            sentence, step = told(one, language)
            assert step.endswith(".")
            assert "None" not in sentence + step
            assert "%(" not in sentence + step


def test_every_kind_has_a_name_and_a_meaning():
    assert tuple(FINDING_NAMES) == tuple(FINDING_MEANINGS) == CODES


def test_a_person_is_named_by_the_post_alone(cast):
    one = of_code(cast, "single-contact")
    one.values = {**one.values, "ours": None}

    assert told(one, "id")[0] == "Di Dinas kita hanya mengenal satu orang: Kepala Bidang."
    one.values = {**one.values, "theirs": make.contact("Tanpa Jabatan").id}
    assert told(one, "id")[0] == (
        "Di Dinas kita hanya mengenal satu orang: seseorang yang jabatannya belum dicatat."
    )


def test_an_owner_without_an_account_is_named_by_office(cast):
    cast["follow_up"] = make.follow_up("Rapat", owner_note="Bappeda Provinsi").id
    one = of_code(cast, "overdue-action")
    one.step = {**one.step, "owner": None}

    assert told(one, "id")[1] == (
        "Minta Bappeda Provinsi menyelesaikan “Rapat” atau menetapkan tenggat baru."
    )
