"""Serving for real use: what it refuses, and that it begins and ends in order."""

import errno
import os
import re
import socket
from pathlib import Path

import pytest

import config
from crm import preflight, serving
from crm.errors import Refused

ROOT = Path(__file__).parent.parent
SECRET = "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def _database():
    """Nothing here needs the clean database that other tests get."""


@pytest.fixture
def settings(tmp_path):
    return config.load({"SECRET_KEY": SECRET, "DATA_DIR": str(tmp_path), "DEBUG": False})


class TestFaults:
    def test_none_when_all_is_right(self, settings):
        assert preflight.faults(settings) == []

    @pytest.mark.parametrize("secret", ["", config.DEVELOPMENT_SECRET])
    def test_no_secret_of_our_own(self, settings, secret):
        (fault,) = preflight.faults(settings | {"SECRET_KEY": secret})
        assert "SINERGI_SECRET_KEY is not set" in fault
        assert "secrets.token_hex" in fault

    def test_short_secret(self, settings):
        (fault,) = preflight.faults(settings | {"SECRET_KEY": SECRET[:-1]})
        assert "shorter than 32" in fault

    def test_secret_of_digits_stays_text(self, settings, monkeypatch):
        monkeypatch.setenv("SINERGI_SECRET_KEY", "1" * 40)
        assert config.load()["SECRET_KEY"] == "1" * 40

    def test_debug(self, settings):
        (fault,) = preflight.faults(settings | {"DEBUG": True})
        assert "unset SINERGI_DEBUG" in fault

    def test_data_dir_that_cannot_be(self, settings, tmp_path):
        file = tmp_path / "file"
        file.touch()
        (fault,) = preflight.faults(settings | {"DATA_DIR": str(file / "below")})
        assert "cannot be written" in fault
        assert "SINERGI_DATA_DIR" in fault

    def test_sqlite_on_a_network_file_system(self, settings, tmp_path, monkeypatch):
        mounts = tmp_path / "mounts"
        mounts.write_text(f"server:/x {tmp_path} nfs4 rw 0 0\n")
        monkeypatch.setattr(preflight, "MOUNTS", mounts)
        (fault,) = preflight.faults(settings)
        assert "network file system (nfs4)" in fault

        elsewhere = {"SQLALCHEMY_DATABASE_URI": "postgresql+psycopg://host/sinergi"}
        assert preflight.faults(settings | elsewhere) == []

    def test_every_fault_is_named_at_once(self, settings):
        wrong = settings | {"SECRET_KEY": "", "DEBUG": True}
        assert len(preflight.faults(wrong)) == 2


class TestNetworkFileSystem:
    """A laptop with a share at /mnt/office, and a local disk mounted inside that share."""

    MOUNTS = """\
proc /proc proc rw,nosuid 0 0
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /tmp tmpfs rw 0 0
//nas/office /mnt/office cifs rw,vers=3.0 0 0
/dev/sdb1 /mnt/office/local ext4 rw 0 0
me@host:/data /home/me/My\\040Share fuse.sshfs rw 0 0
/dev/sdc1 /srv ext4 rw 0 0
nas:/srv /srv nfs4 rw 0 0
host /win 9p rw,trans=fd 0 0
/dev/fuse /home/me/encrypted fuse.gocryptfs rw 0 0
"""

    @pytest.mark.parametrize(
        ("path", "kind"),
        [
            ("/var/lib/sinergi/sinergi.db", None),
            ("/mnt/office/sinergi.db", "cifs"),
            ("/mnt/office/local/sinergi.db", None),
            ("/mnt/officeless/sinergi.db", None),  # begins alike, lies beside
            ("/home/me/My Share/sinergi.db", "fuse.sshfs"),
            ("/srv/sinergi.db", "nfs4"),  # mounted over the local disk
            ("/win/c/sinergi.db", "9p"),
            ("/home/me/encrypted/sinergi.db", None),
        ],
    )
    def test_kind(self, path, kind):
        assert preflight.network_file_system(Path(path), self.MOUNTS) == kind

    def test_link_to_a_share(self, tmp_path):
        share = tmp_path / "share"
        share.mkdir()
        (tmp_path / "var").symlink_to(share)
        mounts = f"/dev/sda1 / ext4 rw 0 0\nnas:/x {share} nfs rw 0 0\n"
        path = tmp_path / "var" / "sinergi.db"
        assert preflight.network_file_system(path, mounts) == "nfs"


class TestListener:
    def test_busy_port_is_one_sentence(self):
        with serving.listener("127.0.0.1", 0) as first:
            first.listen()
            port = first.getsockname()[1]
            with pytest.raises(Refused, match=f"Port {port} is busy.*PORT={port + 1}"):
                serving.listener("127.0.0.1", port)

    def test_address_that_is_not_ours(self):
        with pytest.raises(Refused, match="cannot be used"):
            serving.listener("192.0.2.1", 8000)

    def test_port_without_the_right_to_it(self, monkeypatch):
        def bind(self, address):
            raise OSError(errno.EACCES, "Permission denied")

        monkeypatch.setattr(socket.socket, "bind", bind)
        with pytest.raises(Refused, match="Permission denied"):
            serving.listener("127.0.0.1", 80)


class TestOwnSecret:
    def test_is_made_once_and_closed_to_others(self, tmp_path):
        folder = tmp_path / "var"
        secret = serving.own_secret(str(folder))
        assert len(secret) >= preflight.SHORTEST_SECRET
        assert serving.own_secret(str(folder)) == secret
        (path,) = folder.iterdir()
        assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600


class TestSettingsTable:
    """The table of docs/operating.md says what config.py says."""

    def written(self):
        page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
        rows = re.findall(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \| (.+?) \|", page, re.MULTILINE)
        return {
            name.strip("` "): default.strip("`").replace("empty", "")
            for names, default in rows
            for name in names.split(",")
        }

    def test_has_every_setting_with_its_default(self):
        settings = {name: value for name, value in vars(config).items() if name.isupper()}
        del settings["DEVELOPMENT_SECRET"]  # a value, not a setting
        as_written = {
            name: str(value).lower() if isinstance(value, bool) else str(value)
            for name, value in settings.items()
        }
        assert self.written() == as_written
