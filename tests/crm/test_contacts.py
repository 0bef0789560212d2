"""People and their posts: names and titles, personal data, scope, and two writers."""

from datetime import date

import pytest
from sqlalchemy import select

from crm.audit.models import AuditEntry
from crm.contacts import services, titles
from crm.contacts.models import Basis, Contact
from crm.db import db
from crm.errors import Conflict, NotYours, Refused
from tests import make

PHONE = "0812 3456 7878"


class TestTitles:
    @pytest.mark.parametrize(
        ("typed", "parts"),
        [
            ("Dr. Ujang Iskandar, M.Si", ("Dr.", "Ujang Iskandar", "M.Si")),
            ("DR. Herfiani Rizkia, STP, M.Si", ("DR.", "Herfiani Rizkia", "STP, M.Si")),
            ("Drs. Dedy Junaedi, M.Si.", ("Drs.", "Dedy Junaedi", "M.Si.")),
            ("Safwan, S.Sos, M.Si", ("", "Safwan", "S.Sos, M.Si")),
            ("Prof. Dr. Ir. H. Ahmad Yani, Ph.D", ("Prof. Dr. Ir. H.", "Ahmad Yani", "Ph.D")),
            ("Niklah Dina Nonaida", ("", "Niklah Dina Nonaida", "")),
            ("Budi, Kepala Seksi", ("", "Budi, Kepala Seksi", "")),
            ("Dr.", ("", "Dr.", "")),
            ("  Siti   Aminah ", ("", "Siti Aminah", "")),
        ],
    )
    def test_are_taken_from_the_name(self, typed, parts):
        found = titles.split(typed)
        assert (found.before, found.name, found.after) == parts

    def test_make_one_person_of_two_spellings(self, editor):
        person = services.add(editor, name="Dr. Ujang Iskandar, M.Si")

        assert (person.name, person.title_before, person.title_after) == (
            "Ujang Iskandar",
            "Dr.",
            "M.Si",
        )
        assert person.full_name == "Dr. Ujang Iskandar, M.Si"
        assert services.similar("Ujang Iskandar") == [person]

    def test_typed_into_their_own_fields_stay(self, editor):
        person = services.add(editor, name="Dr. Ujang Iskandar", title_before="Prof. Dr.")
        assert person.title_before == "Prof. Dr."


class TestSimilar:
    def test_forgives_a_slip_and_a_missing_part(self):
        person = make.contact("Herfiani Rizkia Putri")
        make.contact("Herfiani Wulandari")
        assert services.similar("Herfiani Rizkya Putri") == [person]
        assert services.similar("Herfiani Rizkia") == [person]
        assert services.similar("Herfiani") == []
        assert services.similar("Herfiani Rizkia", but=person.id) == []


class TestAdd:
    def test_stores_the_number_as_typed_and_as_it_is_dialled(self, editor):
        office = make.stakeholder()

        person = services.add(
            editor,
            name="Herfiani Rizkia",
            phone=PHONE,
            basis=Basis.PUBLIC_TASK,
            basis_proof="SK Tim Sinergi",
            basis_on=date(2017, 8, 1),
            stakeholder_id=office.id,
            position="Kepala Bidang",
        )

        assert (person.phone, person.phone_e164) == (PHONE, "+6281234567878")
        (post,) = services.positions_of(person.id)
        assert (post.title, post.stakeholder_id) == ("Kepala Bidang", office.id)

    def test_keeps_personal_data_out_of_the_history(self, editor):
        person = services.add(
            editor, name="Herfiani", phone=PHONE, email="h@sumsel.go.id", basis=Basis.CONSENT
        )

        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.record == "Contact")).one()
        assert entry.record_id == person.id
        assert "3456" not in str(entry.changes)
        assert "sumsel.go.id" not in str(entry.changes)

    @pytest.mark.parametrize(
        ("field", "values"),
        [
            ("phone", {"phone": "abc"}),
            ("stakeholder_id", {"position": "Kepala"}),
        ],
    )
    def test_refuses_what_cannot_be(self, editor, field, values):
        with pytest.raises(Refused) as refusal:
            services.add(editor, name="Herfiani", **values)

        assert refusal.value.field == field
        db.session.rollback()
        assert db.session.scalars(select(Contact)).all() == []

    def test_stores_nothing_where_the_post_is_outside_the_scope(self):
        make.region("16.71")
        office = make.stakeholder(region_code="16")
        palembang = make.user("Pal", "editor", regions=("16.71",))

        with pytest.raises(NotYours):
            services.add(palembang, name="Herfiani", stakeholder_id=office.id, position="Kepala")

        assert db.session.scalars(select(Contact)).all() == []


class TestScope:
    """A person may be changed by whoever may change one of their organisations."""

    @pytest.fixture
    def palembang(self):
        make.region("16.71")
        return make.user("Pal", "editor", regions=("16.71",))

    def change(self, user, person):
        return services.change(user, person.id, version=person.version, name="Baru")

    def test_one_organisation_inside_is_enough(self, palembang):
        person = make.contact()
        make.position(person, make.stakeholder(region_code="16"))
        make.position(person, make.stakeholder(region_code="16.71"))

        assert self.change(palembang, person).name == "Baru"

    def test_without_one_inside_it_is_closed(self, palembang):
        person = make.contact()
        make.position(person, make.stakeholder(region_code="16"))

        with pytest.raises(NotYours):
            self.change(palembang, person)

    def test_without_a_post_it_is_open_to_unbound_users_only(self, palembang, editor):
        person = make.contact()

        with pytest.raises(NotYours):
            self.change(palembang, person)
        assert self.change(editor, person).name == "Baru"


class TestChange:
    def test_the_second_writer_gets_a_conflict(self, editor):
        person = make.contact("Herfiani Rizkia")
        seen = person.version
        services.change(editor, person.id, version=seen, name="Herfiani Rizkia", about="first")

        with pytest.raises(Conflict):
            services.change(editor, person.id, version=seen, name="Herfiani", about="second")

        db.session.rollback()
        assert db.session.get(Contact, person.id).about == "first"

    def test_a_post_ends_and_the_next_one_begins(self, editor):
        office, first, second = make.stakeholder(), make.contact("Satu"), make.contact("Dua")
        post = make.position(first, office, title="Kepala")

        services.change_position(
            editor,
            post.id,
            version=post.version,
            title="Kepala",
            contact_id=first.id,
            starts=None,
            ends=date(2018, 6, 30),
        )
        services.add_position(
            editor,
            stakeholder_id=office.id,
            title="Kepala",
            contact_id=second.id,
            starts=date(2018, 7, 1),
        )

        posts = services.at_stakeholder(office.id)
        assert [one.contact_id for one in posts] == [second.id, first.id]
        assert [one.held_on(date(2018, 7, 1)) for one in posts] == [True, False]

    def test_a_post_cannot_end_before_it_begins(self, editor):
        with pytest.raises(Refused) as refusal:
            services.add_position(
                editor,
                stakeholder_id=make.stakeholder().id,
                title="Kepala",
                starts=date(2018, 1, 1),
                ends=date(2017, 1, 1),
            )
        assert refusal.value.field == "ends"


class TestHolder:
    @pytest.fixture
    def elsewhere(self):
        make.region("16.04", "Kabupaten Lahat")
        make.region("62")
        far = make.contact("Ani")
        make.position(far, make.stakeholder("Bank Kalteng", region_code="62"), title="Kepala")
        return far

    def test_a_post_in_ones_own_region_opens_no_person_of_another(self, elsewhere):
        home = make.stakeholder("Bappeda Lahat", region_code="16.04")
        bound = make.user("Lia", "editor", regions=("16.04",))
        own = make.position(make.contact("Budi"), home, title="Kepala")

        with pytest.raises(Refused) as refused:
            services.add_position(
                bound, stakeholder_id=home.id, title="Staf", contact_id=elsewhere.id
            )
        assert refused.value.field == "contact_id"
        with pytest.raises(Refused):
            services.change_position(
                bound, own.id, version=own.version, title="Kepala", contact_id=elsewhere.id
            )

        assert not services.may_edit(bound, elsewhere.id)

    def test_the_form_of_such_a_person_stays_closed(self, as_user, elsewhere):
        bound = as_user(make.user("Lia", "editor", regions=("16.04",)))

        assert bound.get(f"/contacts/{elsewhere.id}/edit").status_code == 403
