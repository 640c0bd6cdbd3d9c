"""The element in somebody else's page, on another origin."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.support.local_stack import LocalStack

LOADED = '<script type="module" src="{api}/console/api-client-credentials.js"></script>'
ELEMENT = '<api-client-credentials api="{api}"></api-client-credentials>'
PROVIDER = "<script>document.querySelector('api-client-credentials').tokenProvider = async () => '{token}'</script>"
VENDORS_PAGE = f"""<html lang="en"><title>Vendor</title>
<style>
api-client-credentials {{{{ --acc-accent: rgb(0, 128, 0); }}}}
api-client-credentials::part(header) {{{{ color: rgb(1, 2, 3); }}}}
</style>
<main><h1>Vendor</h1>{ELEMENT}</main>
{LOADED}"""

# What a page may say of all that it shows.
HOSTILE = """body { text-transform: uppercase; letter-spacing: 0.3em; word-spacing: 1em; text-align: right;
  text-indent: 2em;
  font: italic bold 30px/3 serif; font-variant: small-caps; white-space: pre; cursor: wait; list-style: square;
  text-shadow: 1px 1px red; hyphens: auto; word-break: break-all; color: red; }
* { text-transform: uppercase; font-style: italic; color: red; }"""
INHERITED = """() => {
  const names = ["textTransform", "letterSpacing", "wordSpacing", "lineHeight", "textAlign", "textIndent", "font",
    "fontVariant", "whiteSpace", "cursor", "textShadow", "hyphens", "wordBreak", "color"];
  const styles = {};
  const look = (root, where) => {
    for (const element of root.querySelectorAll("*")) {
      const place = `${where} ${element.localName}.${element.className}`;
      const style = getComputedStyle(element);
      styles[place] ??= JSON.stringify(names.map((name) => style[name]));
      if (element.shadowRoot) look(element.shadowRoot, place);
    }
  };
  look(document.querySelector("api-client-credentials").shadowRoot, "");
  return styles;
}"""


@pytest.fixture
def vendors_page(show: Callable[..., Page]) -> Page:
    return show(VENDORS_PAGE)


def give_token(page: Page, token: str) -> None:
    page.evaluate(
        "(token) => { document.querySelector('api-client-credentials').tokenProvider = async () => token; }", token
    )


def test_the_element_needs_an_address_and_a_token_provider_alone(vendors_page: Page, running_stack: LocalStack) -> None:
    give_token(vendors_page, running_stack.token("admin"))
    vendors_page.get_by_role("button", name="Generate Client Credentials").click()
    vendors_page.get_by_role("textbox", name="Token Name").fill("Made in the vendor's page")
    vendors_page.get_by_role("button", name="Generate", exact=True).click()
    expect(vendors_page.get_by_role("heading", name="Your new credential")).to_be_visible()
    vendors_page.get_by_role("button", name="Test this credential").click()
    expect(vendors_page.get_by_text("It works.")).to_be_visible()


def test_the_host_page_sets_colours_and_styles_parts(vendors_page: Page, running_stack: LocalStack) -> None:
    give_token(vendors_page, running_stack.token("admin"))
    button = vendors_page.get_by_role("button", name="Generate Client Credentials")
    expect(button).to_have_css("background-color", "rgb(0, 128, 0)")
    expect(vendors_page.get_by_role("heading", name="API Client Credentials")).to_have_css("color", "rgb(1, 2, 3)")


def test_a_refused_token_is_an_expired_sign_in_there_too(vendors_page: Page) -> None:
    give_token(vendors_page, "not.a.token")
    expect(vendors_page.get_by_text("Your sign-in has expired")).to_be_visible()


def test_a_function_that_was_there_before_the_element_is_used(show: Callable[..., Page]) -> None:
    page = show(ELEMENT + PROVIDER + LOADED)
    expect(page.get_by_role("button", name="Generate Client Credentials")).to_be_visible()


def test_a_new_token_provider_takes_nothing_from_the_page(vendors_page: Page, running_stack: LocalStack) -> None:
    """React gives a new function whenever it renders."""
    token = running_stack.token("admin")
    give_token(vendors_page, token)
    vendors_page.get_by_role("combobox", name="Show").select_option(label="All")
    vendors_page.get_by_role("button", name="Generate Client Credentials").click()
    vendors_page.get_by_role("textbox", name="Token Name").fill("Rendered again")
    vendors_page.get_by_label("orders:write").check()
    give_token(vendors_page, token)
    with vendors_page.expect_request(lambda request: request.method == "POST") as sent:
        vendors_page.get_by_role("button", name="Generate", exact=True).click()
    body = sent.value.post_data_json
    assert body
    assert body["scopes"] == ["orders:read", "orders:write"]
    expect(vendors_page.get_by_role("heading", name="Your new credential")).to_be_visible()
    vendors_page.get_by_role("button", name="Copy Token Secret").click()
    vendors_page.get_by_role("button", name="Done", exact=True).click()
    expect(vendors_page.get_by_role("combobox", name="Show")).to_have_value("all")


def test_the_newest_token_provider_is_asked(vendors_page: Page, running_stack: LocalStack) -> None:
    give_token(vendors_page, "not.a.token")
    expect(vendors_page.get_by_text("Your sign-in has expired").first).to_be_visible()
    give_token(vendors_page, running_stack.token("admin"))
    vendors_page.get_by_role("button", name="Sign in again").click()
    expect(vendors_page.get_by_role("button", name="Generate Client Credentials")).to_be_visible()


def test_the_style_of_the_host_page_stays_outside(show: Callable[..., Page]) -> None:
    plain, hostile = (show(ELEMENT + PROVIDER + LOADED) for _ in range(2))
    hostile.add_style_tag(content=HOSTILE)
    for page in (plain, hostile):
        page.get_by_role("button", name="Generate Client Credentials").click()
        page.get_by_role("textbox", name="Token Name").fill("Keeps its case")
        page.get_by_role("button", name="Generate", exact=True).click()
        expect(page.get_by_role("heading", name="Your new credential")).to_be_visible()
    secret = hostile.locator("acc-copy[what='Token Secret']")
    assert secret.inner_text().strip() == (secret.text_content() or "").strip()
    expected = plain.evaluate(INHERITED)
    found = hostile.evaluate(INHERITED)
    assert {place: style for place, style in found.items() if style != expected[place]} == {}


def test_an_element_that_is_not_configured_says_what_it_misses(show: Callable[..., Page]) -> None:
    page = show(ELEMENT + LOADED)
    expect(page.get_by_text("tokenProvider")).to_be_visible()
    page = show("<api-client-credentials></api-client-credentials>" + PROVIDER + LOADED)
    expect(page.get_by_text("api", exact=True)).to_be_visible()
    expect(page.get_by_text("tokenProvider")).to_have_count(0)


def test_two_versions_on_one_page_are_no_error(show: Callable[..., Page]) -> None:
    page = show(ELEMENT + PROVIDER + LOADED)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    script = page.locator("script[type=module]").get_attribute("src")
    page.evaluate(
        """async (script) => {
          const name = (await (await fetch(script)).text()).match(/\\.\\/[\\w-]+\\.js/)[0];
          await import(new URL(`${name}?another`, script));
        }""",
        script,
    )
    expect(page.get_by_role("button", name="Generate Client Credentials")).to_be_visible()
    assert errors == []


def test_in_a_frame_without_the_permission_the_icon_copies_all_the_same(show: Callable[..., Page]) -> None:
    host = """<iframe src="/frame" allow="clipboard-write 'none'" width="1200" height="700"></iframe>"""
    page = show(f"{host}<textarea></textarea>", frame=ELEMENT + PROVIDER + LOADED)
    refused = page.frames[1].evaluate("navigator.clipboard.writeText('').then(() => '', (error) => error.name)")
    assert refused == "NotAllowedError"
    frame = page.frame_locator("iframe")
    frame.get_by_role("button", name="Generate Client Credentials").click()
    frame.get_by_role("textbox", name="Token Name").fill("Copied in a frame")
    frame.get_by_role("button", name="Generate", exact=True).click()
    secret = frame.locator("acc-copy[what='Token Secret']")
    text = secret.inner_text().strip()
    frame.get_by_role("button", name="Copy Token Secret").click()
    expect(secret.get_by_role("status")).to_have_text("Token Secret copied")
    page.locator("textarea").focus()
    page.keyboard.press("Control+V")
    expect(page.locator("textarea")).to_have_value(text)
