"""Passwords: which are good enough, how one is made, how it is kept."""

import re
import secrets
import unicodedata
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from crm.language import _

SHORTEST, LONGEST = 10, 128

# Argon2id above OWASP's minimum, and small enough for eight sign-ins at once on an old machine.
ROUNDS, MEMORY, THREADS = 2, 47_104, 1
_hasher = PasswordHasher(ROUNDS, MEMORY, THREADS)

# Without letters that look alike: it is read from a screen or a slip of paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"

# What people here really choose, without the digits and signs they put around it.
COMMON = frozenset(
    """
    abcdefghij aaaaaaaaaa admin administrator adminadmin akuntansi allahuakbar alhamdulillah
    anaksoleh arsip assalamualaikum asdfghjkl asdfghjklqwerty bandung bangkabelitung bapak
    berhasil bersama bismillah bismillahirrahmanirrahim cintaku dinasperpustakaan dispusip
    disperpusip dispersip doraemon facebook football garuda gubernur hallo helloworld
    iloveyou indonesia indonesiaku indonesiamerdeka indonesiaraya jakarta jayaraya
    katasandi kantor kepala kepaladinas kabupaten keluarga keluargaku kerjakeras komputer
    kuncirahasia letmein liverpool manchesterunited masyaallah merahputih merdeka monkey
    musibanyuasin muaraenim nusantara ogankomeringilir palembang palembangku pancasila
    password passwordku pemprov pemprovsumsel perpusnas perpuseru perpusseru
    perpustakaan perpustakaandaerah perpustakaanku perpustakaansumsel princess provinsi
    pustakawan qazwsxedc qwerty qwertyuiop qwertyuiopasdfghjkl rahasia rahasiaku rahasianegara
    sahabat sayang sayangku selamanya selamatdatang selamatpagi semangat semangatpagi sinergi
    sinergiku sinergitransformasi sriwijaya sriwijayafc subhanallah sumateraselatan sumsel
    sumselmaju sunshine superman terserah terimakasih timsinergi tpbis transformasi welcome
    zxcvbnm
    """.split()  # noqa: SIM905 - a list of strings would be three times as long
)

# "P@l3mb4ng" fools nobody who guesses passwords for a living.
DISGUISES = str.maketrans("@4301!5$7", "aaeoiisst")

SEQUENCES = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "01234567890123456789")


def fault(password: str, *, name: str = "", email: str = "") -> Any:
    """Return why a password is not good enough for this person, as a sentence; None if it is."""
    if len(password) < SHORTEST:
        return _("Choose at least %(length)d characters.", length=SHORTEST)
    if len(password) > LONGEST:
        return _("Choose at most %(length)d characters.", length=LONGEST)
    plain = _plain(password)
    cores = {re.sub(r"[\W\d_]+", "", one) for one in (plain, plain.translate(DISGUISES))}
    if plain in COMMON or cores & COMMON or len(set(plain)) < 5 or _is_sequence(plain):
        return _(
            "Too many people choose this password. Take a few words that only you put together."
        )
    if any(part in plain for part in _parts(name, email)):
        return _("The password must not contain your name or your e-mail address.")
    return None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).casefold()


def _is_sequence(plain: str) -> bool:
    return any(plain in one + one or plain in (one + one)[::-1] for one in SEQUENCES)


def _parts(name: str, email: str) -> list[str]:
    address = _plain(email)
    words = re.split(r"[\W_]+", f"{_plain(name)} {address.partition('@')[0]}")
    # Short ones stand in many words: nobody called Ani must do without "Januari".
    return [one for one in (address, *words) if len(one) > 3]


def make() -> str:
    """Make a password that can be read aloud and typed once: four groups of four."""
    groups = ("".join(secrets.choice(ALPHABET) for _one in range(4)) for _group in range(4))
    return "-".join(groups)


def kept(password: str) -> str:
    """Return what is stored of a password: its Argon2id hash."""
    return _hasher.hash(_normal(password))


def fits(password: str, stored: str | None) -> bool:
    """Whether this is the password that was stored."""
    try:
        return bool(stored) and _hasher.verify(stored or "", _normal(password))
    except (VerifyMismatchError, InvalidHashError):
        return False


def _normal(password: str) -> str:
    # The form in which Flask-Security compares them: two keyboards may write é differently.
    return unicodedata.normalize("NFKD", password)
