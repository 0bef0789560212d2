"""The pages of accounts: for administrators, and one's own."""

import re

import pytest

from crm.users import passwords, services
from crm.users.models import RoleName
from tests import make

VIEWER, EDITOR, ORGANISER, ADMIN = RoleName


@pytest.fixture
def desk(as_user, admin):
    return as_user(admin)


def test_list_shows_and_downloads_what_was_asked_for(desk, viewer, editor):
    page = desk.get("/admin/users?q=edi").text
    assert "Edi" in page
    assert "Vina" not in page
    file = desk.get("/admin/users?q=edi&format=csv").get_data(as_text=True)
    assert editor.email in file
    assert viewer.email not in file


def test_list_says_when_nothing_fits_and_forgets_unknown_filters(desk, viewer):
    assert "Tidak ada yang cocok" in desk.get("/admin/users?q=zzz").text
    assert "Vina" in desk.get("/admin/users?role=king&state=odd&page=x&sort=y").text


def test_new_shows_the_password_once(desk):
    data = {"name": "Sari", "email": "sari@example.org", "roles": ["editor", "organiser"]}
    page = desk.post("/admin/users/new", data=data)
    user = services.by_email("sari@example.org")
    assert user.role_names == (EDITOR, ORGANISER)
    (password,) = re.findall(r'class="secret[^>]*>([^<]+)<', page.text)
    assert passwords.fits(password, user.password)
    assert password not in desk.get(f"/admin/users/{user.id}").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "no address"},
        {"name": " "},
        {"roles": "king"},
        {"roles": ""},
        {"regions": "99"},
    ],
)
def test_what_does_not_fit_comes_back_as_it_was_typed(desk, wrong):
    data = {"name": "Sari", "email": "sari@example.org", "roles": "editor"} | wrong
    page = desk.post("/admin/users/new", data=data)
    assert page.status_code == 422
    assert services.by_email("sari@example.org") is None
    assert f'value="{data["email"]}"' in page.text


def test_second_writer_gets_the_conflict_page(desk, editor):
    first = desk.get(f"/admin/users/{editor.id}/edit").text
    version = first.split('name="version" value="')[1].split('"')[0]
    data = {"email": editor.email, "roles": "editor", "version": version}
    address = f"/admin/users/{editor.id}/edit"
    assert desk.post(address, data=data | {"name": "Edi S."}).status_code == 303
    page = desk.post(address, data=data | {"name": "Edi Susanto"})
    assert page.status_code == 409
    assert "Edi S." in page.text
    assert "Edi Susanto" in page.text


def test_refusals_of_the_service_are_pages(desk, admin):
    answer = desk.post(f"/admin/users/{admin.id}/disable")
    assert answer.status_code == 422
    assert "mintalah kepada administrator lain" in answer.text


def test_somebody_who_is_not_there(desk):
    assert desk.get("/admin/users/999").status_code == 404
    assert desk.post("/admin/users/999/disable").status_code == 404


def test_reset_ends_sessions_and_shows_a_new_password(desk, as_user, editor):
    theirs = as_user(editor)
    page = desk.post(f"/admin/users/{editor.id}/reset-password").text
    assert passwords.fits(re.findall(r'class="secret[^>]*>([^<]+)<', page)[0], editor.password)
    assert editor.password_is_initial
    assert theirs.get("/account").status_code == 302


def test_page_shows_history_sessions_and_state(desk, as_user, editor):
    as_user(editor)
    page = desk.get(f"/admin/users/{editor.id}").text
    assert editor.email in page
    assert "Perangkat yang sedang masuk" in page


def test_own_name_and_language(as_user, viewer):
    desk = as_user(viewer)
    answer = desk.post("/account", data={"name": "Vina Lestari", "language": "en"})
    assert answer.status_code == 303
    assert "Vina Lestari" in desk.get("/account").text
    assert viewer.language == "en"
    assert desk.post("/account", data={"name": "", "language": "xx"}).status_code == 422


def test_name_of_a_user_is_text(as_user):
    user = make.user("<img src=x onerror=alert(1)>", "admin", email="x@example.org")
    for address in ("/account", "/admin/users", f"/admin/users/{user.id}"):
        assert "<img src=x" not in as_user(user).get(address).text
