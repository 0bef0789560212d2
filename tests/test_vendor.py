"""What a browser loads: from this server alone, as published, and the same look everywhere."""

import hashlib
import math
import re
from itertools import combinations
from pathlib import Path

import pytest

from crm.sectors import SECTORS

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "crm" / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
OURS = [path for path in sorted(STATIC.iterdir()) if path.suffix in {".css", ".js", ".svg"}]
LISTED = dict(
    re.findall(
        r"^\| (\S+/\S+) \|.*\| `([0-9a-f]{64})` \|$", (VENDOR / "VENDOR.md").read_text(), re.M
    )
)
PAPERS = ("LICENSE", "NOTICE", "VENDOR")


def vendored() -> list[Path]:
    """Every file of others that a browser may load."""
    files = [path for path in VENDOR.rglob("*") if path.is_file()]
    return sorted(path for path in files if not path.name.startswith(PAPERS))


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|\{#.*?#\}", "", text, flags=re.S)


class TestVendor:
    def test_every_file_is_the_one_that_was_listed(self):
        found = {
            path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in vendored()
        }
        assert found == LISTED, "renew the table of VENDOR.md, or put the published file back"

    @pytest.mark.parametrize("name", sorted({name.split("/")[0] for name in LISTED}))
    def test_every_package_brings_its_licence(self, name):
        papers = [path for path in (VENDOR / name).iterdir() if path.name.startswith("LICENSE")]
        assert papers
        assert all(len(paper.read_text(encoding="utf-8")) > 500 for paper in papers)

    @pytest.mark.parametrize(
        "path",
        [path for path in (*vendored(), *OURS) if path.suffix != ".ttf"],
        ids=lambda path: path.name,
    )
    def test_no_file_names_another_host(self, path):
        text = without_comments(path.read_text(encoding="utf-8"))
        hosts = set(re.findall(r"(?:https?:)?//([\w.-]+\.[a-z]{2,})", text))
        # The names of SVG and XML, and core-js' word on where its licence stands: never fetched.
        assert hosts <= {"www.w3.org"} | ({"github.com"} if "zloirock/core-js" in text else set())
        assert "sourceMappingURL" not in text
        assert "@import" not in text


class TestTemplates:
    """The content security policy lets nothing inline run: it would silently do nothing."""

    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
    def test_nothing_stands_inline(self, path):
        text = without_comments(path.read_text(encoding="utf-8"))
        assert not re.findall(r"<style\b|\sstyle=", text), "put it into our stylesheets"
        assert not re.findall(r"<[^>]*\son[a-z]+\s*=", text), "listen in sinergi.js"
        assert not re.findall(r"hx-on|hx-vals=.js:|hx-trigger=[^>]*\[", text), "htmx may not eval"
        for script in re.findall(r"<script\b[^>]*>", text):
            assert "src=" in script or "application/json" in script, "put it into a file"
        hosts = re.findall(r"(?:src|href|action)=.(?:https?:)?//", text)
        assert not hosts, "vendor it: nothing is fetched from elsewhere"
        assert "data-bs-toggle" not in text, "Bootstrap's script is not loaded: use <details>"

    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
    def test_every_icon_is_in_the_sprite(self, path):
        text = without_comments(path.read_text(encoding="utf-8"))
        names: set[str] = set()
        for argument in re.findall(r"\b(?:icon|draw)\(([^,()]*)", text):
            names |= set(re.findall(r'"([a-z0-9-]+)"', re.sub(r'==\s*"[^"]*"', "", argument)))
        names |= set(re.findall(r'\b(?:empty_)?icon="([a-z0-9-]+)"', text))
        assert names <= icons(), "add it to the sprite, as VENDOR.md says"

    def test_every_icon_of_the_menu_is_in_the_sprite(self):
        menu = (ROOT / "crm" / "navigation.py").read_text(encoding="utf-8")
        names = re.findall(r'\(_\("[^"]+"\), "[^"]+", "([^"]+)"\)', menu)
        assert names
        assert set(names) <= icons()


def icons() -> set[str]:
    sprite = (VENDOR / "tabler-icons" / "sprite.svg").read_text(encoding="utf-8")
    return set(re.findall(r'<symbol id="([^"]+)"', sprite))


def colours(scheme: str) -> dict[str, str]:
    """The custom properties of theme.css on a light or a dark page."""
    theme = (STATIC / "theme.css").read_text(encoding="utf-8")
    opening = {"light": ":root {", "dark": '[data-bs-theme="dark"] {'}[scheme]
    block = theme.split(opening, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def linear(colour: str) -> list[float]:
    """The light of a colour: red, green, blue from 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG defines it, from 1 to 21."""
    lights = [
        sum(
            share * part
            for share, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True)
        )
        for colour in (one, other)
    ]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


# Machado, Oliveira, Fernandes (2009), severity 1: what a person without one kind of cone sees.
SEEN_BY = {
    "everybody": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopes": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopes": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopes": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def perceived(colour: str, eye: str) -> tuple[float, ...]:
    """The place of a colour in OKLab, as an eye sees it: equal distances look equally different."""
    seen = times(SEEN_BY[eye], linear(colour))
    cones = times(
        (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        ),
        [min(max(part, 0.0), 1.0) for part in seen],
    )
    return tuple(
        times(
            (
                (0.2104542553, 0.7936177850, -0.0040720468),
                (1.9779984951, -2.4285922050, 0.4505937099),
                (0.0259040371, 0.7827717662, -0.8086757660),
            ),
            [cone ** (1 / 3) for cone in cones],
        )
    )


def times(matrix, vector) -> list[float]:
    return [sum(one * other for one, other in zip(row, vector, strict=True)) for row in matrix]


class TestSectors:
    """One source, crm/sectors.py: the stylesheet, the signs and the map say the same."""

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_the_stylesheet_has_the_same_colours(self, scheme):
        named = {
            name.removeprefix("sector-"): colour
            for name, colour in colours(scheme).items()
            if name.startswith("sector-")
        }
        assert named == {code: getattr(look, scheme) for code, look in SECTORS.items()}

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("code", SECTORS)
    def test_each_stands_out_from_the_page(self, code, scheme):
        colour = getattr(SECTORS[code], scheme)
        for ground in ("surface", "page", "sunken"):
            assert contrast(colour, colours(scheme)[ground]) >= 3

    @pytest.mark.parametrize("eye", SEEN_BY)
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_no_two_look_alike_to_any_eye(self, scheme, eye):
        places = {code: perceived(getattr(look, scheme), eye) for code, look in SECTORS.items()}
        closest = min(math.dist(places[one], places[two]) for one, two in combinations(places, 2))
        assert closest >= 0.08

    def test_each_has_a_shape_of_its_own_and_a_sign_of_its_own(self):
        macro = (ROOT / "templates" / "_macros" / "badges.html").read_text(encoding="utf-8")
        signs = dict(re.findall(r'code == "(\w+)" %\}(<[^\n]+/>)', macro))
        assert set(signs) == set(SECTORS)
        assert len(set(signs.values())) == len({look.shape for look in SECTORS.values()}) == 6

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_words_can_be_read_on_every_ground(self, scheme):
        known = colours(scheme)
        pairs = [("ink", ground) for ground in ("surface", "page", "sunken", "accent-wash")]
        pairs += [("ink-soft", ground) for ground in ("surface", "page", "sunken")]
        pairs += [("accent", "surface"), ("accent-strong", "accent-wash"), ("accent-ink", "accent")]
        pairs += [(tone, f"{tone}-wash") for tone in ("info", "success", "warning", "danger")]
        pairs += [("danger", "surface"), ("line-strong", "surface")]
        poor = {
            pair: round(contrast(known[pair[0]], known[pair[1]]), 2)
            for pair in pairs
            if contrast(known[pair[0]], known[pair[1]]) < (3 if pair[0] == "line-strong" else 4.5)
        }
        assert not poor
