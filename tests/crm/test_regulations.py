"""Regulations on their way to signature, and teams with their members."""

from datetime import date

import pytest
from sqlalchemy import select

from crm.db import db
from crm.errors import NotYours, Refused
from crm.regulations import services, teams
from crm.regulations.models import RegulationStage, Team
from tests import make
from tests.make import MONDAY


@pytest.fixture
def pergub():
    make.region("16.71")
    return services.add(
        None,
        title="Pergub transformasi perpustakaan",
        kind="pergub",
        stage=RegulationStage.DRAFTED,
        region_code="16",
        target_on=date(2017, 9, 30),
    )


class TestRegulations:
    def test_refuses_an_unknown_region_and_an_end_before_the_signature(self):
        for values, field in (
            ({"region_code": "99"}, "region_code"),
            ({"signed_on": MONDAY, "ends": date(2018, 1, 1)}, "ends"),
        ):
            with pytest.raises(Refused) as refusal:
                services.add(None, title="SK", kind="sk", **values)
            assert refusal.value.field == field
        assert services.kinds() == []

    def test_is_closed_outside_the_users_regions(self, pergub):
        palembang = make.user("Pal", "editor", regions=("16.71",))

        with pytest.raises(NotYours):
            services.add(palembang, title="SK", kind="sk", region_code="16")

    def test_of_region_holds_those_below_it(self, pergub):
        services.add(None, title="Perwali", kind="perwali", region_code="16.71")

        assert [one.title for one in services.of_region("16")] == [pergub.title, "Perwali"]
        assert [one.title for one in services.of_region("16.71")] == ["Perwali"]


class TestTeams:
    def test_stores_its_members(self, pergub):
        chair, member = make.stakeholder(), make.stakeholder()

        team = teams.add(
            None,
            name="Tim Sinergi Sumsel",
            region_code="16",
            regulation_id=pergub.id,
            members=[
                {"stakeholder_id": chair.id, "role": "ketua"},
                {"stakeholder_id": member.id, "starts": MONDAY},
            ],
        )

        found = {one.stakeholder_id: one.role for one in teams.get(team.id).members}
        assert found == {chair.id: "ketua", member.id: ""}

    def test_refuses_the_same_seat_twice(self):
        office = make.stakeholder().id

        with pytest.raises(Refused) as refusal:
            teams.add(None, name="Tim", members=[{"stakeholder_id": office}] * 2)

        assert refusal.value.field == "members"
        assert db.session.scalars(select(Team)).all() == []


class TestPages:
    def test_list_searches_and_filters(self, as_user, viewer, pergub):
        services.add(None, title="SK Tim Sinergi", kind="sk", region_code="16")
        browser = as_user(viewer)

        shown = browser.get("/regulations?q=transformasi&stage=drafted&region=16").text
        assert "Pergub transformasi" in shown
        assert "SK Tim Sinergi" not in shown
        lines = browser.get("/regulations?kind=sk&format=csv").data.decode("utf-8-sig").splitlines()
        assert len(lines) == 2

    def test_of_region_is_a_part_with_the_team(self, as_user, viewer, pergub):
        team = teams.add(None, name="Tim Sinergi", region_code="16", regulation_id=pergub.id)
        browser = as_user(viewer)

        part = browser.get("/regions/16/regulations", headers={"HX-Request": "true"}).text
        assert "Pergub transformasi" in part
        assert f"/teams/{team.id}" in part
        assert "Pergub transformasi" in browser.get(f"/teams/{team.id}").text
        assert browser.get("/teams/99").status_code == 404
