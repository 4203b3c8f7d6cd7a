"""A server of its own with the demo data, and a real browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.architecture.tree import ROOT
from tests.browser.site import Site

CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_MANAGE = [sys.executable, str(ROOT / "manage.py")]


def _environment(data: Path) -> dict[str, str]:
    ours = ("EXAMHALL_", "DATABASE_URL")
    clean = {name: text for name, text in os.environ.items() if not name.startswith(ours)}
    # The commands speak Spanish; what the server answers must not.
    return clean | {
        "DJANGO_SETTINGS_MODULE": "examhall.config.settings",
        "EXAMHALL_DATA_DIR": str(data),
        "EXAMHALL_LANGUAGE": "es",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5)
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"nothing answers at {address}")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the demo school."""
    data = tmp_path_factory.mktemp("site")
    environment, port = _environment(data), _free_port()
    for command in (["migrate", "--verbosity=0"], ["demo"]):
        subprocess.run([*_MANAGE, *command], env=environment, stdout=subprocess.DEVNULL, check=True)
    with (data / "server.log").open("wb") as log:
        command = [*_MANAGE, "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            # By name: the pages of other origins are those of other ports, or of the number.
            address = f"http://localhost:{port}"
            _wait_for(address)
            yield Site(address=address, database=data / "examhall.sqlite3")
        finally:
            server.terminate()
            server.wait(timeout=30)


# For a module and not for a session: while Playwright is there, Django sees its event loop and refuses the database.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Debian's chromium."""
    if not CHROMIUM.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{CHROMIUM} is missing: apt-get install chromium")
        pytest.skip(f"{CHROMIUM} is missing")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """Return a page of a new browser without cookies; addresses without a host are the server's."""
    context = browser.new_context(base_url=site.address)
    yield context.new_page()
    context.close()
