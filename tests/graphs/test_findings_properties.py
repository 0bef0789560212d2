"""What holds for the findings of all codes, whatever the network."""

import math
from copy import deepcopy
from dataclasses import replace

from hypothesis import given

from graphs.build import network
from graphs.findings import CODES, single_broker, split_region
from graphs.findings.ground import survey
from graphs.findings.paths import map_of
from graphs.plans.parts import parts_of, parts_without, tied_within
from graphs.records import Agreement, Facts
from tests.graphs.facts_at_random import DAY, PLACES, REGIONS, actors, facts, few, look, ties


class TestFindings:
    @given(actors, ties, facts)
    @few
    def test_keys_are_their_own_and_severities_in_bounds(self, actors, ties, facts):
        found = look(actors, ties, facts)

        assert len({one.key for one in found}) == len(found)
        for one in found:
            assert 0 <= one.impact <= 1
            assert 0 <= one.severity <= 100
            assert 0.5 <= one.need <= 1
            assert one.code in CODES
            assert all(
                value is None or isinstance(value, str) or math.isfinite(value)
                for value in one.values.values()
            )
            named = {one.step.who, one.step.to, one.step.through, *one.organisations} - {None}
            assert named <= {each.id for each in actors}

    @given(actors, ties, facts)
    @few
    def test_new_names_in_the_same_order_change_nothing_else(self, actors, ties, facts):
        def name(one):
            return one * 10 + 3

        renamed = self.renamed(actors, ties, facts, name)

        assert [self.told(one, name) for one in look(actors, ties, facts)] == [
            self.told(one, lambda same: same) for one in look(*renamed)
        ]

    @given(actors, ties)
    @few
    def test_regions_fall_into_the_same_parts_all_at_once_and_one_by_one(self, actors, ties):
        ground = survey(network(actors, ties, DAY), PLACES, REGIONS)
        ways = map_of(ground)

        at_once = dict(split_region._split(ground, ways))

        one_by_one = {region: parts_of(ground, region) for region in ground.regions}
        assert at_once == {region: parts for region, parts in one_by_one.items() if len(parts) > 1}
        for one in single_broker.find(ground, ways):
            members = ground.members[one.region] if one.region else sorted(ground.partners)
            parts = parts_without(tied_within(ground, members), one.organisations[0])
            assert len(parts) == one.values["parts"]
            assert len(parts[0]) == one.values["largest"]
            assert sum(map(len, parts[1:])) == one.values["cut_off"]

    def told(self, one, name):
        """Return everything that a finding says, with organisations under other names."""
        values = {key: value for key, value in one.values.items() if key != "met"}
        ends = tuple(each and name(each) for each in (one.step.who, one.step.to, one.step.through))
        rest = (one.step.kind, one.step.about, one.step.owner, one.evidence, one.row, one.sectors)
        return one.code, one.severity, values, tuple(map(name, one.organisations)), ends, rest

    def renamed(self, actors, ties, facts, name):
        """Return the same records of organisations with other ids."""
        fields = ("organisation", "giver", "receiver")

        def one_renamed(one):
            new = {
                field: name(getattr(one, field))
                for field in fields
                if getattr(one, field, None) is not None
            }
            if isinstance(one, Agreement):
                new["parties"] = tuple(map(name, one.parties))
            return replace(one, **new)

        all_facts = {
            field: tuple(map(one_renamed, getattr(facts, field)))
            for field in Facts.__dataclass_fields__
        }
        return (
            [replace(one, id=name(one.id)) for one in actors],
            [replace(one, members=tuple(map(name, one.members))) for one in ties],
            Facts(**all_facts),
        )

    @given(actors, ties, facts)
    @few
    def test_input_is_not_changed(self, actors, ties, facts):
        before = deepcopy((actors, ties, facts))

        look(actors, ties, facts)

        assert (actors, ties, facts) == before
