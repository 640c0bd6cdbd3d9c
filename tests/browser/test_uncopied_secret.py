"""What hands do by themselves does not cost a Token Secret that nobody has copied."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.console_page import ConsolePage


def kept(console: ConsolePage, secret: str) -> None:
    """The panel asks, and shows the secret still."""
    expect(console.alert("You have not copied the Token Secret")).to_be_visible()
    expect(console.secret).to_contain_text(secret)


@pytest.mark.parametrize("width", [1200, 320])
def test_a_double_click_on_done_keeps_it(new_context: Callable[..., BrowserContext], width: int) -> None:
    console = ConsolePage(new_context(viewport={"width": width, "height": 700}).new_page()).sign_in("admin")
    secret = console.generate("Done twice")
    console.side_panel.get_by_role("button", name="Done", exact=True).dblclick()
    kept(console, secret)


def test_nothing_destructive_appears_under_the_pointer(admin: ConsolePage) -> None:
    secret = admin.generate("Done again and again")
    done = admin.side_panel.get_by_role("button", name="Done", exact=True).bounding_box()
    assert done
    for _ in range(6):
        admin.page.mouse.click(done["x"] + done["width"] / 2, done["y"] + done["height"] / 2)
    expect(admin.secret).to_contain_text(secret)


def test_a_double_click_on_close_keeps_it(admin: ConsolePage) -> None:
    secret = admin.generate("Closed twice")
    admin.side_panel.get_by_role("button", name="Close", exact=True).dblclick()
    kept(admin, secret)


def test_escape_again_and_again_keeps_it(admin: ConsolePage) -> None:
    secret = admin.generate("Escaped")
    for _ in range(4):
        admin.page.keyboard.press("Escape")
    kept(admin, secret)


def test_escape_keeps_it_where_nothing_has_the_focus(admin: ConsolePage) -> None:
    secret = admin.generate("Escaped from nowhere")
    admin.page.evaluate("document.querySelector('api-client-credentials').shadowRoot.activeElement.blur()")
    admin.side_panel.get_by_text("Created On").click()
    for _ in range(4):
        admin.page.keyboard.press("Escape")
    kept(admin, secret)


@pytest.mark.parametrize("leave", ["location.reload()", "history.back()"])
def test_the_page_is_not_left_without_a_word(admin: ConsolePage, leave: str) -> None:
    secret = admin.generate("Left alone")
    with admin.page.expect_event("dialog") as asked:
        admin.page.evaluate(f"setTimeout(() => {leave})")
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    expect(admin.secret).to_contain_text(secret)
    admin.copy_secret()
    with admin.page.expect_navigation():
        admin.page.evaluate("setTimeout(() => location.reload())")


def test_selecting_and_copying_by_hand_counts(admin: ConsolePage) -> None:
    secret = admin.generate("Copied by hand")
    admin.secret.locator(".text").click(click_count=3)
    admin.page.keyboard.press("Control+C")
    assert admin.clipboard().strip() == secret
    admin.close_panel()


def test_copying_a_part_by_hand_does_not_count(admin: ConsolePage) -> None:
    secret = admin.generate("Copied in part")
    box = admin.secret.locator(".text").bounding_box()
    assert box
    admin.page.mouse.move(box["x"] + 4, box["y"] + 14)
    admin.page.mouse.down()
    admin.page.mouse.move(box["x"] + 90, box["y"] + 14, steps=4)
    admin.page.mouse.up()
    admin.page.keyboard.press("Control+C")
    copied = admin.clipboard()
    assert copied in secret
    assert copied != secret
    admin.side_panel.get_by_role("button", name="Done", exact=True).click()
    kept(admin, secret)


def test_without_the_browsers_clipboard_the_icon_copies_all_the_same(admin: ConsolePage) -> None:
    """As on http, where there is no navigator.clipboard."""
    secret = admin.generate("Copied on http")
    admin.page.evaluate("window.readable = navigator.clipboard; delete Navigator.prototype.clipboard")
    admin.copy_secret()
    assert admin.page.evaluate("readable.readText()") == secret
    admin.close_panel()


def test_where_nothing_copies_the_text_is_selected(admin: ConsolePage) -> None:
    secret = admin.generate("Not to be copied")
    admin.page.evaluate("delete Navigator.prototype.clipboard; document.execCommand = () => false")
    admin.side_panel.get_by_role("button", name="Copy Token Secret").click()
    expect(admin.secret.get_by_role("status")).to_contain_text("The text is selected")
    assert admin.page.evaluate("getSelection().toString().trim()") == secret
    admin.side_panel.get_by_role("button", name="Done", exact=True).click()
    kept(admin, secret)
    admin.page.evaluate("getSelection().removeAllRanges()")


def test_what_was_typed_stays_when_escape_closes_the_form(admin: ConsolePage) -> None:
    admin.open_panel("Typed and escaped")
    admin.page.keyboard.press("Escape")
    expect(admin.side_panel).to_have_count(0)
    admin.generate_button.click()
    name = admin.side_panel.get_by_label("Token Name")
    expect(name).to_have_value("Typed and escaped")
    admin.side_panel.get_by_role("button", name="Cancel").click()
    admin.generate_button.click()
    expect(name).to_have_value("")
