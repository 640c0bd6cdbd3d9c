"""What is done with a credential that is there, by key presses alone: the focus is seen all the way, and comes back."""

from playwright.sync_api import expect

from tests.browser.console_page import ConsolePage

# Of the window or of something that scrolls, the part in which somebody sees what has the focus.
FOCUS_IS_SEEN = """() => {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(focused);
  const { left, right, top, bottom } = focused.getBoundingClientRect();
  const isInWindow = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  return isInWindow && outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
}"""


def go_to(console: ConsolePage, name: str, key: str = "Enter") -> None:
    """With Tab to what is called this, whose focus is seen; then presses the key."""
    console.tab_to(name)
    assert console.page.evaluate(FOCUS_IS_SEEN), f"the focus of {name!r} is not seen"
    console.page.keyboard.press(key)


def open_panel(console: ConsolePage, name: str) -> None:
    console.made(name)
    console.refresh()
    expect(console.name_of(name)).to_be_visible()
    go_to(console, f"{name}, …")
    expect(console.side_panel.get_by_role("heading", name=name)).to_be_focused()


def leave_panel(console: ConsolePage, name: str) -> None:
    console.page.keyboard.press("Escape")
    expect(console.side_panel).to_have_count(0)
    expect(console.name_of(name)).to_be_focused()


def test_a_secret_is_rotated_copied_and_the_old_one_ended(admin: ConsolePage) -> None:
    open_panel(admin, "Rotated by keys")
    panel = admin.side_panel
    go_to(admin, "Rotate")
    expect(panel.get_by_role("radio", name="In 1 day")).to_be_focused()
    admin.page.keyboard.press("ArrowDown")
    expect(panel.get_by_role("radio", name="In 7 days")).to_be_checked()
    go_to(admin, "Get a new Token Secret")
    expect(panel.get_by_role("heading", name="Your new Token Secret")).to_be_focused()
    secret = admin.secret.inner_text().strip()
    go_to(admin, "Copy Token Secret")
    expect(admin.secret.get_by_role("status")).to_have_text("Token Secret copied")
    assert admin.clipboard() == secret
    go_to(admin, "Done")
    expect(panel.get_by_role("heading", name="Rotated by keys")).to_be_focused()
    go_to(admin, "End the old one")
    expect(admin.confirmation.get_by_role("button", name="Cancel")).to_be_focused()
    go_to(admin, "End it")
    expect(panel.get_by_text("The Token Secret has ended.")).to_be_visible()
    expect(panel.get_by_role("heading", name="Rotated by keys")).to_be_focused()
    leave_panel(admin, "Rotated by keys")


def test_a_credential_is_edited_and_saved(admin: ConsolePage) -> None:
    open_panel(admin, "Edited by keys")
    panel, press = admin.side_panel, admin.page.keyboard.press
    go_to(admin, "Edit")
    expect(panel.get_by_label("Token Name")).to_be_focused()
    press("End")
    admin.page.keyboard.type(" twice")
    go_to(admin, "Save")
    expect(panel.get_by_text("Saved.")).to_be_visible()
    expect(panel.get_by_role("heading", name="Edited by keys twice")).to_be_focused()
    leave_panel(admin, "Edited by keys twice")


def test_a_form_that_is_left_gives_the_focus_to_the_panel(admin: ConsolePage) -> None:
    open_panel(admin, "Left by keys")
    for action in ("Edit", "Rotate"):
        go_to(admin, action)
        go_to(admin, "Cancel")
        expect(admin.side_panel.get_by_role("heading", name="Left by keys", exact=True)).to_be_focused()
    leave_panel(admin, "Left by keys")


def test_a_button_that_goes_with_what_it_ends_leaves_the_focus_where_work_goes_on(admin: ConsolePage) -> None:
    for name in ("Unticked by keys 1", "Unticked by keys 2"):
        admin.made(name)
    admin.refresh()
    expect(admin.row("Unticked by keys 2")).to_be_visible()
    for name in ("Unticked by keys 2", "Unticked by keys 1"):
        go_to(admin, f"Select {name},", "Space")
    go_to(admin, "Clear selection")
    expect(admin.page.get_by_role("checkbox", name="Select Unticked by keys 2,")).to_be_focused()
    search = admin.page.get_by_role("searchbox")
    search.fill("Unticked by keys 1")
    expect(admin.row("Unticked by keys 2")).to_have_count(0)
    go_to(admin, "Filters")
    go_to(admin, "Clear filters")
    expect(search).to_be_focused()
    expect(search).to_have_value("")


def test_several_are_ticked_and_revoked(admin: ConsolePage) -> None:
    names = ("Ticked by keys 1", "Ticked by keys 2", "Left by the way")
    for name in names:
        admin.made(name)
    admin.refresh()
    expect(admin.row(names[-1])).to_be_visible()
    for name in names[:2]:
        go_to(admin, f"Select {name},", "Space")
    go_to(admin, "Revoke 2 selected")
    expect(admin.confirmation.get_by_role("button", name="Cancel")).to_be_focused()
    go_to(admin, "Cancel")
    expect(admin.confirmation).to_have_count(0)
    expect(admin.page.get_by_role("button", name="Revoke 2 selected")).to_be_focused()
    admin.page.keyboard.press("Enter")
    expect(admin.confirmation).to_be_visible()
    go_to(admin, "Revoke 2")
    expect(admin.page.get_by_text("2 credentials are revoked.")).to_be_visible()
    expect(admin.page.locator("acc-credential-table :focus").last).to_be_focused()
