"""The console for people who use a keyboard, a screen reader, a small screen, or another script."""

from playwright.sync_api import expect

from tests.browser.console_page import ConsolePage


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
