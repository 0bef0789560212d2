"""Signing in as people do: with an address and a password, through the form."""

from crm.users import passwords

PASSWORD = "tiga kucing di rak buku"
KEPT = passwords.kept(PASSWORD)


def sign_in(client, email="budi@example.org", password=PASSWORD, **more):
    """Send the form of the login page."""
    return client.post("/login", data={"email": email, "password": password, **more})


def is_in(client) -> bool:
    """Whether the browser is signed in."""
    return client.get("/account").status_code == 200
