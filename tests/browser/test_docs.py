"""The page that shows the API works in a browser: whole, without errors, on a desk and on a telephone."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Page, expect

from tests.browser.site import CANDIDATE, Site

pytestmark = pytest.mark.browser

WIDTHS = [1280, 390]
# Swagger UI's own ways; none keeps anybody from reading or operating the page.
NOT_OURS = {"heading-order", "nested-interactive", "region"}

_NOTE_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


@pytest.fixture
def faults(page: Page) -> list[str]:
    """Return what the page complains of in its console."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("requestfailed", lambda request: told.append(request.url))
    page.add_init_script(_NOTE_VIOLATIONS)
    return told


def _schema(page: Page) -> dict[str, Any]:
    schema: dict[str, Any] = page.request.get("/schema/?format=json").json()
    return schema


def _open(page: Page, width: int = WIDTHS[0]) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/docs/")
    expect(page.locator(".opblock").first).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("width", WIDTHS)
def test_it_lists_every_operation_without_a_fault(page: Page, faults: list[str], width: int) -> None:
    _open(page, width)
    operations = [operation for methods in _schema(page)["paths"].values() for operation in methods.values()]
    expect(page.locator(".opblock")).to_have_count(len(operations))
    assert len(operations) > 60
    shown = page.locator(".opblock-summary-description").all_inner_texts()
    assert sorted(shown) == sorted(operation["summary"] for operation in operations)
    assert page.evaluate("window.violations") == []
    assert faults == []


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_the_screen(page: Page, width: int) -> None:
    _open(page, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_of_ours(page: Page, width: int) -> None:
    _open(page, width)
    found = Axe().run(page).response["violations"]
    assert [rule["id"] for rule in found if rule["impact"] == "critical"] == []
    assert {rule["id"] for rule in found} <= NOT_OURS


def test_the_groups_stand_in_the_order_of_a_first_visit(page: Page) -> None:
    _open(page)
    shown = [title.get_attribute("data-tag") for title in page.locator(".opblock-tag").all()]
    assert shown == ["auth", "sessions", "exams", "questions", "classes", "certification"]


def test_a_token_goes_with_a_call_that_is_tried_out(page: Page) -> None:
    _open(page)
    _, answer = _try(page, "post_auth_login", "auth", "/auth/login/")
    page.get_by_role("button", name="Authorize").first.click()
    dialog = page.locator(".auth-container", has_text="accessToken")
    dialog.locator("input").fill(answer["data"]["access"])
    dialog.get_by_role("button", name="Apply credentials").click()
    page.locator(".btn-done").first.click()
    status, answer = _try(page, "get_auth_profile", "auth", "/auth/profile/")
    assert (status, answer["data"]["email"]) == (200, "student@example.com")


def test_the_csrf_token_goes_with_a_call_of_the_certification_api(page: Page, site: Site) -> None:
    _open(page)
    assert _try(page, "post_login", "certification", "/login/")[0] == 200
    status, answer = _try(page, "get_user_info", "certification", "/user_info/")
    assert (status, answer["email"]) == (200, CANDIDATE["email"])
    # The token of before the sign-in is worth nothing now: the page must have the new one.
    assert _try(page, "post_logout", "certification", "/logout/")[0] == 200


def _try(page: Page, operation: str, tag: str, path: str) -> tuple[int, Any]:
    """Send an operation as it stands; return status and body of the answer."""
    block = page.locator(f"#operations-{tag}-{operation}")
    block.locator(".opblock-summary-control").click()
    with page.expect_response(lambda answer: answer.url.endswith(path)) as got:
        block.locator("button.execute").click()
    expect(block.locator(".live-responses-table .response .response-col_status")).to_contain_text(str(got.value.status))
    return got.value.status, got.value.json()
