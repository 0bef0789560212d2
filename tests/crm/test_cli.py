"""The command line: what an operator types and reads."""

import json

import pytest
from sqlalchemy import select

from crm.cli import sinergi
from crm.db import db
from crm.examples import accounts
from crm.examples import services as examples
from crm.imports.models import RowMatch
from crm.stakeholders.models import Sector, Stakeholder
from crm.users import passwords, services
from crm.users.models import RoleName
from tests import importing, make


@pytest.fixture
def run(app, clean):
    """Return a function that types a command and returns what came of it."""
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(sinergi, words)


class TestUser:
    def add(self, run, *more):
        return run("user", "add", "siti@example.org", "--name", "Siti", *more)

    def test_add_shows_a_password_that_fits(self, run):
        result = self.add(run, "--role", "editor", "--role", "admin")
        assert result.exit_code == 0, result.output
        added = services.by_email("siti@example.org")
        assert added.role_names == (RoleName.EDITOR, RoleName.ADMIN)
        (password,) = (word for word in result.output.split() if word.count("-") == 3)
        assert passwords.fits(password, added.password)
        assert added.password_is_initial

    def test_add_is_a_viewer_who_speaks_indonesian_unless_told_otherwise(self, run):
        self.add(run)
        added = services.by_email("siti@example.org")
        assert (added.role_names, added.language) == ((RoleName.VIEWER,), "id")

    def test_add_binds_to_regions_that_exist(self, run):
        make.region("16")
        assert self.add(run, "--region", "16").exit_code == 0
        assert services.by_email("siti@example.org").scope == ("16",)

        refused = run("user", "add", "b@example.org", "--name", "B", "--region", "99")
        assert refused.exit_code == 1
        assert "no region with the code 99" in refused.output
        assert services.by_email("b@example.org") is None

    def test_refusal_is_one_english_sentence(self, run):
        self.add(run)
        again = self.add(run)
        assert again.exit_code == 1
        assert again.output == "Error: Somebody has an account with this e-mail address.\n"

    def test_address_that_is_none(self, run):
        result = run("user", "add", "siti", "--name", "Siti")
        assert result.exit_code == 2
        assert "@-sign" in result.output

    def test_list(self, run):
        make.user("Oki", "organiser", "viewer", email="oki@example.org")
        make.user("Ani", "admin", email="ani@example.org", active=False)
        assert run("user", "list").output == (
            "ani@example.org\tAni\tadmin\t\tdisabled\noki@example.org\tOki\tviewer,organiser\n"
        )

    def test_disable_and_enable(self, run):
        user = make.user("Edi", "editor", email="edi@example.org")
        assert run("user", "disable", "Edi@Example.org").exit_code == 0
        assert not user.active
        assert run("user", "enable", "edi@example.org").exit_code == 0
        assert user.active

    def test_last_administrator_cannot_be_disabled(self, run):
        admin = make.user("Ani", "admin", email="ani@example.org")
        result = run("user", "disable", "ani@example.org")
        assert result.exit_code == 1
        assert "last administrator" in result.output
        assert admin.active

    def test_new_password_opens_and_the_old_one_does_not(self, run):
        first = self.add(run).output
        second = run("user", "password", "siti@example.org").output
        user = services.by_email("siti@example.org")
        old, new = (
            next(word for word in output.split() if word.count("-") == 3)
            for output in (first, second)
        )
        assert passwords.fits(new, user.password)
        assert not passwords.fits(old, user.password)

    def test_nobody_of_that_name(self, run):
        result = run("user", "password", "nobody@example.org")
        assert result.exit_code == 1
        assert "sinergi user list" in result.output


class TestFindings:
    """Three offices and a campus that meet; nobody of business, and a community alone."""

    @pytest.fixture
    def network(self, clean):
        region = make.region("16")
        sectors = ["opd", "opd", "university"]
        present = [
            make.stakeholder(f"Organisasi {number}", sector=Sector(name), region_code=region.code)
            for number, name in enumerate(sectors)
        ]
        make.event(*present, region_code=region.code)

    def test_json_says_the_same_in_both_languages(self, run, network):
        result = run("findings", "--json", "--region", "16", "--on", "2026-11-30")
        assert result.exit_code == 0, result.output
        told = json.loads(result.stdout)
        assert (told["on"], told["window_months"]) == ("2026-11-30", 24)
        severities = [finding["severity"] for finding in told["findings"]]
        assert severities == sorted(severities, reverse=True)
        missing = {
            finding["sectors"][0]: finding
            for finding in told["findings"]
            if finding["code"] == "uncovered-sector"
        }
        assert set(missing) == {"community", "ngo_csr", "business", "media"}
        sentence = missing["business"]["sentence"]
        assert "business" in sentence["en"].lower()
        assert "dunia usaha" in sentence["id"].lower()

    def test_text_is_a_line_for_each(self, run, network):
        lines = run("findings", "--on", "2026-11-30").stdout.splitlines()
        data = json.loads(run("findings", "--json", "--on", "2026-11-30").stdout)
        assert len(lines) == len(data["findings"]) > 3
        assert all(float(line.split()[0]) > 0 for line in lines)

    def test_window_is_kept(self, run, network):
        before = json.loads(
            run("findings", "--json", "--on", "2020-01-01", "--window", "12").stdout
        )
        assert before["window_months"] == 12
        everything = run("findings", "--json", "--window", "all").stdout
        assert json.loads(everything)["window_months"] is None

    def test_region_that_is_none(self, run):
        result = run("findings", "--region", "99")
        assert result.exit_code == 1
        assert "no region with the code 99" in result.output


class TestInviteList:
    """A workshop in a province that knows three businesses; nobody meets anybody yet."""

    @pytest.fixture
    def event(self, clean):
        region = make.region("16")
        for number, name in enumerate(["business", "business", "business", "media", "opd"]):
            make.stakeholder(f"Calon {number}", sector=Sector(name), region_code=region.code)
        office = make.stakeholder("Bappeda", sector=Sector.OPD, region_code=region.code)
        campus = make.stakeholder("Unsri", sector=Sector.UNIVERSITY, region_code=region.code)
        make.event(office, campus, region_code=region.code)
        return make.event(region_code=region.code)

    def data(self, run, event, *more):
        result = run("invite-list", str(event.id), "--json", "--on", "2026-11-30", *more)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def test_says_why_each_guest_is_there(self, run, event):
        told = self.data(run, event, "--capacity", "2")
        assert told["optimality_gap"] == 0
        assert sorted(guest["sector"] for guest in told["guests"]) == ["business", "media"]
        assert all(guest["why"]["id"] and guest["why"]["en"] for guest in told["guests"])
        assert told["severity_touched"] <= told["severity_possible"]

    def test_rules_given_here_count(self, run, event):
        told = self.data(run, event, "--capacity", "4", "--at-least", "business=3")
        sectors = [guest["sector"] for guest in told["guests"]]
        assert sectors.count("business") == 3

        (first, *_) = (one["organisation"] for one in told["guests"])
        without = self.data(run, event, "--capacity", "4", "--never", str(first))
        assert first not in [guest["organisation"] for guest in without["guests"]]

    def test_who_is_preferred_comes_and_may_send_two(self, run, event):
        (_first, second) = (
            one.id
            for one in db.session.scalars(
                select(Stakeholder).where(Stakeholder.name.in_(["Calon 1", "Calon 2"]))
            )
        )
        asked = ["--capacity", "3", "--at-least", "media=2", "--seats", "2"]
        told = self.data(run, event, *asked, "--prefer", str(second))

        assert second in [guest["organisation"] for guest in told["guests"]]
        assert [one["seat"] for one in told["guests"] if one["sector"] == "media"] == [1, 2]
        assert all(guest["without_it"]["id"] for guest in told["guests"])

    def test_text_is_numbered_and_gives_reasons(self, run, event):
        words = ["invite-list", str(event.id), "--on", "2026-11-30", "--capacity", "2"]
        lines = run(*words, "--language", "en").stdout.splitlines()
        assert lines[0].startswith("  1. Head, Calon")
        assert lines[1].startswith("     - No ")

    def test_clashing_rules_are_named(self, run, event):
        words = ["invite-list", str(event.id), "--on", "2026-11-30", "--capacity", "2"]
        result = run(*words, "--at-least", "business=3", "--language", "en")
        assert result.exit_code == 1
        assert "At least 3 from business" in result.output

    def test_event_that_is_none(self, run):
        result = run("invite-list", "999")
        assert result.exit_code == 1
        assert result.output == "Error: There is no event with the number 999.\n"

    def test_bound_that_cannot_be_read(self, run):
        result = run("invite-list", "1", "--at-least", "business")
        assert result.exit_code == 2
        assert "is not like business=2" in result.output


class TestImport:
    """Two organisations in a file; the second row has a sector that there is not."""

    @pytest.fixture
    def file(self, clean, tmp_path):
        make.region("16")
        make.user("Edi", "editor", email="edi@example.org")
        path = tmp_path / "mitra.csv"
        path.write_text(
            "Nama,Sektor,Kode wilayah\nBappeda Provinsi,opd,16\nBank Daerah,perbankan gelap,16\n"
        )
        return path

    def take(self, run, file, *more):
        return run("import", str(file), "--as", "edi@example.org", *more)

    def names(self):
        return list(db.session.scalars(select(Stakeholder.name)))

    def test_takes_the_good_rows_and_says_why_not_the_others(self, run, file, tmp_path):
        failed = tmp_path / "failed.csv"
        result = self.take(run, file, "--failed", str(failed))
        assert result.exit_code == 1
        assert "1 taken" in result.stdout
        assert "1 rows were not stored" in result.stderr
        assert self.names() == ["Bappeda Provinsi"]
        assert "perbankan gelap" in failed.read_text("utf-8-sig")

    def test_same_file_twice_changes_nothing(self, run, file):
        file.write_text("Nama,Sektor,Kode wilayah\nBappeda Provinsi,opd,16\n")
        assert self.take(run, file).exit_code == 0
        assert self.take(run, file).exit_code == 0
        assert self.names() == ["Bappeda Provinsi"]

    def test_preview_stores_nothing(self, run, file):
        result = self.take(run, file, "--preview")
        assert result.exit_code == 0, result.output
        assert "1 new" in result.stdout
        assert self.names() == []

    @pytest.mark.parametrize(
        ("email", "why"),
        [("nobody@example.org", "Nobody signs in"), ("vina@example.org", "is no editor")],
    )
    def test_only_an_editor_imports(self, run, file, email, why):
        make.user("Vina", "viewer", email="vina@example.org")
        result = run("import", str(file), "--as", email)
        assert result.exit_code == 1
        assert why in result.output


class TestDemo:
    def test_loads_and_removes(self, run):
        loaded = run("demo", "load")
        assert loaded.exit_code == 0, loaded.output
        for account in accounts.ACCOUNTS:
            assert account.email in loaded.stdout
            assert account.password in loaded.stdout
        assert accounts.is_open()
        assert not examples.is_empty()

        editor = services.by_email(accounts.ACCOUNTS[1].email)
        again = importing.previewed(editor, *importing.meetings_files())
        assert {row.match for row in importing.rows(again)} == {RowMatch.SAME}

        removed = run("demo", "remove")
        assert removed.exit_code == 0, removed.output
        assert examples.is_empty()
        administrator = services.by_email(accounts.ACCOUNTS[-1].email)
        assert passwords.fits(removed.stdout.split()[-1], administrator.password)
