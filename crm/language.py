"""Language: Indonesian first, English complete; the catalogues are the .po files themselves."""

from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain, get_locale, lazy_gettext, lazy_ngettext
from flask_login import current_user

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
FOLDER = Path(__file__).parent / "translations"

_ = lazy_gettext
_n = lazy_ngettext


@cache
def catalogue(language: str) -> NullTranslations:
    """Return all messages of a language; English is the language of the code itself."""
    merged: NullTranslations = NullTranslations()
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            messages = read_po(file, locale=language)
        compiled = BytesIO()
        write_mo(compiled, messages)
        compiled.seek(0)
        one = Translations(compiled, domain=path.stem)
        if isinstance(merged, Translations):
            merged.merge(one)
        else:
            merged = one
    return merged


class Catalogues(Domain):
    """One .po file per feature, read as it is: no step between translating and seeing it."""

    def get_translations(self) -> Any:
        """Return the messages of the language in use."""
        return catalogue(current_language())


class Languages(Babel):
    """Flask-Babel with our catalogues."""

    @cached_property
    def domain_instance(self) -> Catalogues:
        """Return where the messages come from."""
        return Catalogues()


def current_language() -> str:
    """Return the language of this request: the user's, the visitor's choice, else Indonesian."""
    locale = get_locale()
    return locale.language if locale is not None else "id"


def _choose() -> str:
    if has_request_context():
        # Pages for visitors keep no cookie: there the address says the language.
        if (said := _said_by_address()) in LANGUAGES:
            return str(said)
        if current_user and current_user.is_authenticated and current_user.language in LANGUAGES:
            return current_user.language
        if (choice := request.cookies.get("language")) in LANGUAGES:
            return str(choice)
    return "id"


def spoken(address: str) -> str:
    """Return the address of a file in the language that the address of its page says, if any."""
    said = request.args.get("lang")
    parts = urlsplit(address)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    if said not in LANGUAGES or "lang" in dict(asked):
        return address
    return parts._replace(query=urlencode([*asked, ("lang", said)])).geturl()


def _said_by_address() -> str | None:
    # A part speaks the language of the page that asks for it.
    page = request.headers.get("HX-Current-URL", "").partition("?")[2].partition("#")[0]
    return request.args.get("lang") or dict(parse_qsl(page)).get("lang")


def init(app: Flask) -> None:
    """Give the application its languages."""
    Languages(app, locale_selector=_choose)
    app.jinja_env.globals.update(current_language=current_language, languages=LANGUAGES)
    app.jinja_env.filters["spoken"] = spoken
