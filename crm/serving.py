"""Serving pages with Waitress, inside this process, together with the background jobs."""

import errno
import os
import secrets
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import waitress
from flask import Flask

from crm.errors import Refused


def listener(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address, before anything else is done.

    :raises Refused: if the address is taken or not ours to take
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family)
    if os.name == "posix":  # elsewhere this would let two servers share a port
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            raise Refused(
                f"Port {port} is busy: another program, perhaps another Sinergi, uses it. "
                f"End that one, or choose another port: PORT={port + 1}"
            ) from error
        raise Refused(
            f"{host} port {port} cannot be used ({error.strerror}): choose another with PORT."
        ) from error
    return bound


def run(
    app: Flask, bound: socket.socket, announce: Callable[[str], None], *, threads: int = 8
) -> None:
    """Serve until Ctrl-C or SIGTERM, then finish what is under way and return.

    :param announce: is told the address as soon as a browser finds the server there
    """
    proxy = app.config["TRUSTED_PROXY"]
    behind_proxy = {
        "trusted_proxy": proxy,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
        "clear_untrusted_proxy_headers": True,
    }
    # Also Ctrl-C, which a shell makes its background programs ignore.
    ends = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(one, lambda *_: sys.exit()) for one in ends]
    server = waitress.create_server(
        app,
        sockets=[bound],
        threads=threads,
        ident=None,
        # Larger than the application takes: it refuses with a page that says what to do.
        max_request_body_size=4 * app.config["MAX_CONTENT_LENGTH"],
        **(behind_proxy if proxy else {}),
    )
    worker = app.extensions["jobs"].start()
    try:
        announce(_address(bound))
        server.run()
    finally:
        for one, handler in zip(ends, before, strict=True):
            signal.signal(one, handler)
        server.close()
        if worker is not None:
            worker.stop()


def work(app: Flask, announce: Callable[[], None], *, workers: int) -> None:
    """Do the jobs that other processes queue, until Ctrl-C or SIGTERM."""
    ended = threading.Event()
    ends = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(one, lambda *_: ended.set()) for one in ends]
    worker = app.extensions["jobs"].start(workers)
    try:
        announce()
        ended.wait()
    finally:
        for one, handler in zip(ends, before, strict=True):
            signal.signal(one, handler)
        worker.stop()


def _address(bound: socket.socket) -> str:
    """Return where a browser on this machine finds the server."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def own_secret(data_dir: str) -> str:
    """Return the secret kept in the data directory for trying Sinergi out, made on first use."""
    path = Path(data_dir) / "secret.key"
    if path.exists():
        return path.read_text(encoding="ascii")
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = secrets.token_hex(32)
    # Written aside first, readable by us alone from the start: never half there, never open.
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as file:
        file.write(secret)
    os.replace(file.name, path)
    return secret
