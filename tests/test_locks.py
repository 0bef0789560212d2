"""The lock files hold what pyproject.toml asks for, for everybody."""

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _database():
    """Nothing here needs the clean database that other tests get."""


class TestLocks:
    """The lock files hold what pyproject.toml asks for."""

    PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())

    @staticmethod
    def locked(name):
        lines = (ROOT / name).read_text().splitlines()
        pins = [line.rstrip("\\ ") for line in lines if not line.startswith(" ")]
        return [Requirement(pin) for pin in pins]

    @pytest.mark.parametrize(
        ("lock", "wanted"),
        [
            ("requirements.lock", PROJECT["project"]["dependencies"]),
            (
                "requirements-dev.lock",
                PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
            ),
        ],
    )
    def test_every_dependency_is_locked_within_its_bounds(self, lock, wanted):
        pins = self.locked(lock)
        for one in map(Requirement, wanted):
            versions = [pin.specifier for pin in pins if pin.name == canonicalize_name(one.name)]
            assert versions, f"{one.name} is not in {lock}: make it anew, see CONTRIBUTING.md"
            for specifier in versions:
                (version,) = (pin.version for pin in specifier)
                assert one.specifier.contains(version), f"{one} but {lock} has {version}"

    def test_development_uses_the_same_versions(self):
        used, all_of_them = (
            {(pin.name, str(pin.specifier)) for pin in self.locked(name)}
            for name in ("requirements.lock", "requirements-dev.lock")
        )
        assert used <= all_of_them

    def test_no_lock_names_a_package_index(self):
        for name in ("requirements.lock", "requirements-dev.lock"):
            text = (ROOT / name).read_text()
            assert "://" not in text
            assert "--index" not in text
