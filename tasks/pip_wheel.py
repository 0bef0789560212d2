"""Get pip from the package index with nothing but Python, for a Python that came without it."""

import configparser
import hashlib
import os
import re
import ssl
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

NAME = "pip-26.3-py3-none-any.whl"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"


def install(python: Path) -> None:
    """Install pip for the given interpreter.

    :raises LookupError: if the index has no such wheel, or one of different content
    """
    with tempfile.TemporaryDirectory() as folder:
        wheel = Path(folder) / NAME
        wheel.write_bytes(fetch(index_url()))
        # A wheel is a zip archive, and Python runs the pip inside it as it is.
        subprocess.run(
            [python, wheel / "pip", "install", "--quiet", "--no-index", "--no-deps", wheel],
            check=True,
        )


def fetch(index: str) -> bytes:
    """Return the content of the wheel from a simple index (PEP 503), checked against its hash."""
    page = index.rstrip("/") + "/pip/"
    with urlopen(page, timeout=60, context=trusted(page)) as answer:
        listing = answer.read().decode()
    link = re.search(rf'href="([^"#]*{re.escape(NAME)})[#"]', listing)
    if link is None:
        raise LookupError(f"{page} does not list {NAME}")
    address = urljoin(page, link[1])
    with urlopen(address, timeout=60, context=trusted(address)) as answer:
        content: bytes = answer.read()
    if hashlib.sha256(content).hexdigest() != SHA256:
        raise LookupError(f"{address} is not the {NAME} that was expected")
    return content


def trusted(address: str) -> ssl.SSLContext | None:
    """Return the certificates to trust, those that pip would."""
    if not address.startswith("https:"):
        return None
    return ssl.create_default_context(cafile=setting("cert"))


def index_url() -> str:
    """Return the package index that pip would ask."""
    return setting("index-url") or "https://pypi.org/simple"


def setting(name: str) -> str | None:
    """Return a setting of pip, from its environment variables or its configuration files."""
    value = os.environ.get("PIP_" + name.upper().replace("-", "_"))
    if value:
        return value
    home = Path.home()
    files = configparser.ConfigParser(interpolation=None)
    files.read(
        [
            "/etc/pip.conf",
            home / ".pip" / "pip.conf",
            home / ".config" / "pip" / "pip.conf",
            home / "Library" / "Application Support" / "pip" / "pip.conf",
            Path(os.environ.get("APPDATA", home)) / "pip" / "pip.ini",
            os.environ.get("PIP_CONFIG_FILE", os.devnull),
        ],
        encoding="utf-8",
    )
    return files.get("global", name, fallback=None)
