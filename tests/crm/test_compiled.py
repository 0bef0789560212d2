"""Where compiled loops are kept."""

import os

from crm import create_app


def test_beside_the_data_where_the_program_may_not_write(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setenv("NUMBA_CACHE_DIR", "somewhere")
    monkeypatch.delenv("NUMBA_CACHE_DIR")

    create_app({"DATA_DIR": str(tmp_path), "SECRET_KEY": "only for this test, long enough"})

    assert os.environ["NUMBA_CACHE_DIR"] == str(tmp_path / "compiled")
