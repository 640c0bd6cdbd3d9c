"""Signing in and out, and a sign-in that ends while somebody is at work."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from emulators.users import USERS
from tests.browser.console_page import ConsolePage

ADMIN = USERS["admin"].subject

SPOIL_TOKEN = """() => {
  const key = Object.keys(sessionStorage).find((key) => key.startsWith("oidc.user:"));
  const user = JSON.parse(sessionStorage[key]);
  user.id_token = user.id_token.slice(0, -8) + "AAAAAAAA";
  sessionStorage[key] = JSON.stringify(user);
}"""
EXPIRE_TOKEN = """() => {
  const key = Object.keys(sessionStorage).find((key) => key.startsWith("oidc.user:"));
  const user = JSON.parse(sessionStorage[key]);
  user.profile.exp = 1;
  delete user.refresh_token;
  sessionStorage[key] = JSON.stringify(user);
}"""


@pytest.fixture
def admin(console: ConsolePage) -> ConsolePage:
    """Signed in the way people do."""
    return console.sign_in("admin")


def test_sign_in_asks_for_a_code_with_a_pkce_challenge(console: ConsolePage) -> None:
    console.page.goto("./")
    console.page.get_by_role("button", name="Sign in").click()
    console.page.wait_for_url("**/oauth2/authorize?**")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(console.page.url).query).items()}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43


def test_the_code_is_gone_from_the_address_after_sign_in(admin: ConsolePage) -> None:
    assert "?" not in admin.page.url


def test_tokens_are_in_no_storage_that_outlives_the_tab(admin: ConsolePage) -> None:
    assert admin.page.evaluate("Object.keys(localStorage)") == []
    assert admin.page.evaluate("document.cookie") == ""


def test_a_reload_stays_signed_in(admin: ConsolePage) -> None:
    admin.page.reload()
    expect(admin.generate_button).to_be_visible()
    expect(admin.page.get_by_text("Alice Andersen").first).to_be_visible()


def test_sign_out_forgets_the_tokens(admin: ConsolePage) -> None:
    admin.page.get_by_role("button", name="Sign out").click()
    admin.page.get_by_role("button").first.click()
    expect(admin.page.get_by_role("heading", name="Sign in to manage")).to_be_visible()
    assert "id_token" not in json.dumps(admin.page.evaluate("({...sessionStorage})"))


def test_a_denied_sign_in_says_so(console: ConsolePage) -> None:
    console.page.goto("./")
    console.page.get_by_role("button", name="Sign in").click()
    console.page.get_by_role("button", name="Deny").click()
    expect(console.alert("Signing in did not work")).to_be_visible()
    assert "error" not in console.page.url


def test_a_sign_in_that_expires_loses_nothing_of_a_half_typed_form(admin: ConsolePage) -> None:
    panel = admin.open_panel("Half typed")
    panel.get_by_label("orders:write").check()
    admin.page.evaluate(SPOIL_TOKEN)
    admin.submit()
    expect(admin.alert("Your sign-in has expired")).to_be_visible()
    with admin.page.expect_popup() as popup:
        panel.get_by_role("button", name="Sign in again").click()
    admin.authenticate(popup.value, ADMIN)
    expect(admin.alert("Your sign-in has expired")).to_have_count(0)
    expect(panel.get_by_label("Token Name")).to_have_value("Half typed")
    expect(panel.get_by_label("orders:write")).to_be_checked()
    admin.submit()
    admin.copy_secret()
    admin.close_panel()
    expect(admin.row("Half typed")).to_contain_text("orders:write")


def test_a_token_known_to_have_expired_is_not_sent(admin: ConsolePage) -> None:
    sent: list[str] = []
    admin.page.evaluate(EXPIRE_TOKEN)
    admin.page.on("request", lambda request: sent.append(request.url))
    admin.refresh()
    expect(admin.alert("Your sign-in has expired")).to_be_visible()
    assert [url for url in sent if "/v1/" in url] == []
    with admin.page.expect_popup() as popup:
        admin.page.get_by_role("button", name="Sign in again").click()
    admin.authenticate(popup.value, ADMIN)
    expect(admin.alert("Your sign-in has expired")).to_have_count(0)


def test_a_closed_sign_in_window_is_not_taken_for_a_sign_in(admin: ConsolePage) -> None:
    admin.page.evaluate(SPOIL_TOKEN)
    admin.refresh()
    with admin.page.expect_popup() as popup:
        admin.page.get_by_role("button", name="Sign in again").click()
    popup.value.close()
    expect(admin.alert("Signing in did not work")).to_be_visible()
    expect(admin.alert("Your sign-in has expired")).to_be_visible()


def test_somebody_else_who_signs_in_again_gets_a_page_of_their_own(admin: ConsolePage) -> None:
    admin.open_panel("Typed by Alice")
    admin.page.evaluate(SPOIL_TOKEN)
    admin.submit()
    with admin.page.expect_popup() as popup:
        admin.page.get_by_role("button", name="Sign in again").click()
    admin.authenticate(popup.value, USERS["other-tenant"].subject)
    expect(admin.page.get_by_text("Gina Garcia").first).to_be_visible()
    expect(admin.page.get_by_text("Typed by Alice")).to_have_count(0)
