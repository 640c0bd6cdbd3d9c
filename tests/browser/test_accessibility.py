"""The console for people who use a keyboard, a screen reader, a small screen, or another script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.console_page import OVERFLOW, ConsolePage

SCHEMES = ["light", "dark"]


@pytest.fixture(params=SCHEMES)
def coloured(request: pytest.FixtureRequest, new_context: Callable[..., BrowserContext]) -> ConsolePage:
    # Without motion nothing is half transparent at the moment when contrast is measured.
    return ConsolePage(new_context(color_scheme=request.param, reduced_motion="reduce").new_page())


def test_axe_finds_nothing_in_any_state(coloured: ConsolePage, axe: str) -> None:
    console, page = coloured, coloured.page
    found = {}

    def look(state: str) -> None:
        found[state] = console.violations(axe)

    page.goto("./")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    look("signed out")
    console.sign_in("admin")
    console.show("Expired")
    expect(page.get_by_text("No expired credentials")).to_be_visible()
    look("empty")
    console.show("Active")
    panel = console.open_panel("  ")
    panel.get_by_label("Expires").select_option(label="On a date…")
    console.submit()
    expect(panel.get_by_text("Enter a name.")).to_be_visible()
    look("form with faults")
    panel.get_by_label("Token Name").fill("Looked at")
    panel.get_by_label("Expires").select_option(label="In 30 days")
    console.submit()
    expect(console.secret).to_be_visible()
    look("secret")
    panel.get_by_role("button", name="Test this credential").click()
    expect(panel.get_by_text("It works.")).to_be_visible()
    look("decoded token")
    panel.get_by_role("button", name="Done", exact=True).click()
    expect(console.alert("You have not copied")).to_be_visible()
    look("asking to close")
    panel.get_by_role("button", name="Close without copying").click()
    look("table")
    page.get_by_role("button", name="Actions for Looked at").first.click()
    look("menu")
    page.get_by_role("menuitem", name="Revoke").click()
    look("confirmation of revoke")
    console.confirmation.get_by_role("button", name="Revoke", exact=True).click()
    expect(page.get_by_text("is revoked.")).to_be_visible()
    look("told")
    console.show("All")
    expect(console.row("Looked at").first).to_be_visible()
    look("revoked row")
    page.get_by_role("tab", name="Audit trail").click()
    expect(page.get_by_text("Generated “Looked at”").first).to_be_visible()
    look("audit trail")
    page.get_by_role("tab", name="Credentials").click()
    console.show("Active")
    console.generated("Looked at again")
    console.revoke_all_button.click()
    look("confirmation of revoke all")
    console.confirmation.get_by_label("I understand").check()
    console.confirmation.get_by_role("button", name="Revoke ").click()
    expect(page.get_by_text("marked as revoked.")).to_be_visible()
    look("progress")
    page.context.set_offline(True)
    console.refresh()
    expect(console.alert("You are offline")).to_be_visible()
    look("offline")
    assert {state: violations for state, violations in found.items() if violations} == {}


def test_axe_finds_nothing_for_a_viewer(console: ConsolePage, axe: str) -> None:
    console.sign_in("viewer")
    assert console.violations(axe) == []


def test_every_flow_works_with_the_keyboard_alone(admin: ConsolePage) -> None:
    page, press = admin.page, admin.page.keyboard.press
    admin.tab_to("Generate Client Credentials")
    press("Enter")
    expect(admin.side_panel.get_by_label("Token Name")).to_be_focused()
    page.keyboard.type("Typed only")
    press("Enter")
    expect(admin.side_panel.get_by_role("heading", name="Your new credential")).to_be_focused()
    secret = admin.secret.inner_text().strip()
    admin.tab_to("Copy Token Secret")
    press("Enter")
    expect(admin.secret.get_by_role("status")).to_have_text("Token Secret copied")
    assert admin.clipboard() == secret
    press("Escape")
    expect(admin.side_panel).to_have_count(0)
    expect(admin.generate_button).to_be_focused()
    actions = page.get_by_role("button", name="Actions for Typed only")
    admin.tab_to("Credentials")
    press("ArrowRight")
    assert admin.focused()["name"] == "Audit trail"
    press("ArrowLeft")
    admin.tab_to("Actions for Typed only")
    press("Enter")
    expect(page.get_by_role("menuitem", name="Rotate")).to_be_focused()
    press("Escape")
    expect(actions).to_be_focused()
    press("Enter")
    expect(page.get_by_role("menuitem", name="Rotate")).to_be_focused()
    press("ArrowUp")
    press("Enter")
    expect(admin.confirmation.get_by_role("button", name="Cancel")).to_be_focused()
    press("Escape")
    expect(admin.confirmation).to_have_count(0)
    expect(actions).to_be_focused()
    press("Enter")
    expect(page.get_by_role("menuitem", name="Rotate")).to_be_focused()
    press("End")
    press("Enter")
    expect(admin.confirmation.get_by_role("button", name="Cancel")).to_be_focused()
    admin.tab_to("Revoke")
    press("Enter")
    expect(admin.row("Typed only")).to_have_count(0)
    # The row goes a moment before the focus comes: what counts is that it comes.
    for _ in range(50):
        if admin.focused()["tag"] != "body":
            break
        page.wait_for_timeout(100)
    assert admin.focused()["tag"] in {"button", "h2"}


def test_the_focus_does_not_leave_an_open_dialog(admin: ConsolePage) -> None:
    admin.open_panel()
    for _ in range(12):
        admin.page.keyboard.press("Tab")
        # Past the last control a browser may give the keyboard to its own toolbar; never to the page behind.
        assert admin.focused()["name"] not in {"Revoke all", "Generate Client Credentials", "Sign out", "Refresh"}


def test_nothing_needs_sideways_scrolling_at_320_px(new_context: Callable[..., BrowserContext], axe: str) -> None:
    console = ConsolePage(new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce").new_page())
    page = console.sign_in("admin").page
    wide = {}
    console.generate("A rather long name for a program on a narrow screen")
    wide["secret"] = page.evaluate(OVERFLOW)
    console.copy_secret()
    console.close_panel()
    wide["table"] = page.evaluate(OVERFLOW)
    found = console.violations(axe)
    console.ask_revoke("A rather long name")
    wide["confirmation"] = page.evaluate(OVERFLOW)
    console.confirmation.get_by_role("button", name="Cancel").click()
    page.get_by_role("tab", name="Audit trail").click()
    expect(page.get_by_text("Generated “A rather long name").first).to_be_visible()
    wide["audit trail"] = page.evaluate(OVERFLOW)
    assert {state: pixels for state, pixels in wide.items() if pixels > 0} == {}
    assert found == []
