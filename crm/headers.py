"""What every answer says to the browser: load nothing from elsewhere, run nothing inline."""

from pathlib import Path

from flask import Flask, Response, request

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def init(app: Flask) -> None:
    """Add the headers to every answer."""

    @app.after_request
    def _add(response: Response) -> Response:
        headers = response.headers
        headers.setdefault(
            "Content-Security-Policy", "; ".join(" ".join(pair) for pair in POLICY.items())
        )
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if app.config["SECURE_COOKIES"]:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        # A file that is missing now may be there after the next release.
        if request.endpoint == "static" and response.status_code in (200, 206, 304):
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
        elif "Cache-Control" not in headers:
            # Personal data: no shared cache, and nothing left behind after signing out.
            headers["Cache-Control"] = "no-store"
        return response

    @app.url_defaults
    def _version(endpoint: str, values: dict) -> None:
        # The address of a static file changes with the file: it may be cached for a year.
        if endpoint == "static" and "v" not in values and (name := values.get("filename")):
            values["v"] = _stamp(app, name)


_stamps: dict[str, str] = {}


def _stamp(app: Flask, name: str) -> str:
    if name not in _stamps or app.debug:
        path = Path(app.static_folder or "") / name
        _stamps[name] = f"{int(path.stat().st_mtime):x}" if path.exists() else "0"
    return _stamps[name]
