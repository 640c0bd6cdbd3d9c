"""What a vendor's page has of the element: attributes, events, parts, and the strictest policy that it works under."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

LOADED = '<script type="module" src="{api}/console/api-client-credentials.js"></script>'
PROVIDER = """<script>
  const element = document.querySelector("api-client-credentials");
  element.tokenProvider = async () => "{token}";
  window.heard = [];
  for (const name of ["credential-created", "credential-changed", "credential-revoked", "revoked-all", "view-changed"])
    document.addEventListener(name, ({{ detail }}) => window.heard.push([name, detail]));
  window.errors = [];
  element.addEventListener("error", ({{ detail }}) => window.errors.push(detail));
  window.addEventListener("error", () => window.errors.push("reached the window"));
</script>"""


def element(attributes: str = "") -> str:
    return f'<main><h1>Vendor</h1><api-client-credentials api="{{api}}" {attributes}></api-client-credentials></main>'


def heard(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate("window.heard")
    return found


@pytest.fixture
def embedded(show: Callable[..., Page]) -> Callable[..., Page]:
    """Opens a vendor's page with the element in it, which has these attributes."""

    def opened(attributes: str = "") -> Page:
        page = show(element(attributes) + PROVIDER + LOADED)
        expect(page.get_by_role("button", name="Refresh")).to_be_visible()
        return page

    return opened


def generate(page: Page, name: str) -> None:
    page.get_by_role("button", name="Generate Client Credentials").click()
    page.get_by_role("textbox", name="Token Name").fill(name)
    page.get_by_role("button", name="Generate", exact=True).click()
    expect(page.get_by_role("heading", name="Your new credential")).to_be_visible()


def test_the_page_hears_of_a_new_credential_but_not_of_its_secret(embedded: Callable[..., Page]) -> None:
    page = embedded()
    generate(page, "Heard of")
    secret = page.locator("acc-copy[what='Token Secret']").inner_text().strip()
    [[name, detail]] = heard(page)
    assert (name, detail["name"]) == ("credential-created", "Heard of")
    assert secret not in json.dumps(detail)


def test_the_page_hears_of_a_revoked_credential(embedded: Callable[..., Page]) -> None:
    page = embedded()
    generate(page, "Revoked aloud")
    page.get_by_role("button", name="Copy Token Secret").click()
    page.get_by_role("button", name="Done", exact=True).click()
    page.get_by_role("button", name="Actions for Revoked aloud").click()
    page.get_by_role("menuitem", name="Revoke").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Revoke", exact=True).click()
    expect(page.get_by_text("is revoked.")).to_be_visible()
    name, detail = heard(page)[-1]
    assert (name, detail["name"], detail["status"]) == ("credential-revoked", "Revoked aloud", "revoked")


def test_the_page_hears_of_a_rotation_but_not_of_its_secret(embedded: Callable[..., Page]) -> None:
    page = embedded()
    generate(page, "Rotated aloud")
    page.get_by_role("button", name="Copy Token Secret").click()
    page.get_by_role("button", name="Done", exact=True).click()
    page.get_by_role("button", name="Actions for Rotated aloud").click()
    page.get_by_role("menuitem", name="Rotate").click()
    page.get_by_role("button", name="Get a new Token Secret").click()
    expect(page.locator("acc-copy[what='Token Secret']")).to_be_visible()
    (_, created), (name, detail) = heard(page)
    assert name == "credential-changed"
    assert detail == {"clientId": created["client_id"], "change": "secret-added"}


def test_the_page_hears_of_the_revocation_of_all(embedded: Callable[..., Page]) -> None:
    page = embedded()
    generate(page, "One of all")
    page.get_by_role("button", name="Copy Token Secret").click()
    page.get_by_role("button", name="Done", exact=True).click()
    page.get_by_role("button", name="Revoke all", exact=True).click()
    page.get_by_label("I understand").check()
    page.get_by_role("alertdialog").get_by_role("button").last.click()
    expect(page.get_by_text("All credentials have stopped working")).to_be_visible()
    assert [name for name, _ in heard(page)] == ["credential-created", "revoked-all"]


def test_the_element_alone_hears_of_a_call_that_failed(embedded: Callable[..., Page]) -> None:
    page = embedded()
    page.route("**/v1/credentials?*", lambda route: route.abort())
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_text("The service did not answer")).to_be_visible()
    found = page.evaluate("window.errors")
    assert found == [{"kind": "unreachable", "status": None, "title": None, "requestId": None}]


def test_an_attribute_chooses_the_tab_and_follows_whoever_chooses_another(embedded: Callable[..., Page]) -> None:
    page = embedded('tab="audit"')
    expect(page.get_by_role("table", name="Audit trail")).to_be_visible()
    page.get_by_role("tab", name="Credentials").click()
    expect(page.locator("api-client-credentials")).to_have_attribute("tab", "credentials")
    assert heard(page) == [["view-changed", {"tab": "credentials", "filter": ""}]]
    page.evaluate("element.tab = 'audit'")
    expect(page.get_by_role("table", name="Audit trail")).to_be_visible()
    assert len(heard(page)) == 1


def test_an_attribute_asks_for_a_filter_and_follows_whoever_chooses_another(embedded: Callable[..., Page]) -> None:
    page = embedded('filter="status=revoked"')
    shown = page.get_by_role("combobox", name="Show")
    expect(shown).to_have_value("revoked")
    shown.select_option("all")
    assert heard(page) == [["view-changed", {"tab": "credentials", "filter": "status=all"}]]
    with page.expect_request("**/v1/credentials?*search=nightly*"):
        page.evaluate("element.filter = 'search=nightly'")
    expect(shown).to_have_value("active")
    assert len(heard(page)) == 1


def test_an_attribute_says_how_many_rows_a_page_has(embedded: Callable[..., Page]) -> None:
    page = embedded()
    with page.expect_request("**/v1/credentials?*limit=2*"):
        page.locator("api-client-credentials").evaluate("(element) => element.setAttribute('page-size', '2')")


def test_an_attribute_hides_what_a_page_does_not_want(embedded: Callable[..., Page]) -> None:
    page = embedded('hide="title audit-trail generate revoke-all"')
    for role in ("tab", "button"):
        for name in ("Audit trail", "Generate Client Credentials", "Revoke all"):
            expect(page.get_by_role(role, name=name, exact=True)).to_have_count(0)
    box = page.get_by_role("heading", name="API Client Credentials").bounding_box()
    assert box
    assert box["width"] <= 1


@pytest.mark.parametrize("part", ["panel", "header", "table", "row", "side-panel", "dialog"])
def test_a_page_styles_each_part(embedded: Callable[..., Page], part: str) -> None:
    page = embedded()
    page.add_style_tag(content=f"api-client-credentials::part({part}) {{ outline: rgb(1, 2, 3) solid 3px }}")
    generate(page, "Styled")
    if part != "side-panel":
        page.get_by_role("button", name="Copy Token Secret").click()
        page.get_by_role("button", name="Done", exact=True).click()
    if part == "dialog":
        page.get_by_role("button", name="Revoke all", exact=True).click()
    expect(page.locator(f"[part~='{part}']").first).to_have_css("outline-color", "rgb(1, 2, 3)")


STRICT = (
    "default-src 'none'; script-src {api} 'nonce-n'; connect-src {api}; "
    "require-trusted-types-for 'script'; trusted-types {policies}"
)
IN_STRICT_PAGE = (element() + PROVIDER + LOADED).replace("<script", '<script nonce="n"')


def test_the_strictest_policy_allows_all_that_the_element_does(show: Callable[..., Page]) -> None:
    page = show(IN_STRICT_PAGE, policy=STRICT.replace("{policies}", "lit-html"))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.evaluate(
        "document.addEventListener('securitypolicyviolation', (event) => console.error(event.violatedDirective))"
    )
    generate(page, "Under a strict policy")
    page.get_by_role("button", name="Test this credential").click()
    expect(page.get_by_text("It works.")).to_be_visible()
    page.get_by_role("button", name="Copy Token Secret").click()
    page.get_by_role("button", name="Done", exact=True).click()
    page.get_by_role("button", name="Actions for Under a strict policy").click()
    expect(page.get_by_role("menuitem", name="Revoke")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.evaluate("element.locale = 'ar'")
    expect(page.get_by_role("button", name="إنشاء بيانات اعتماد عميل")).to_be_visible()
    page.get_by_role("tab").last.click()
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    assert complaints == []


def test_the_policy_of_lit_must_be_among_those_allowed(show: Callable[..., Page]) -> None:
    page = show(IN_STRICT_PAGE, policy=STRICT.replace("{policies}", "'none'"))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("customElements.get('api-client-credentials') === undefined")


def test_a_host_page_gives_a_panel_an_address_of_its_own(show: Callable[..., Page]) -> None:
    """By a property and an event: the element changes no address itself."""
    page = show(element() + PROVIDER + LOADED)
    page.evaluate(
        """() => {
          window.shown = [];
          document.addEventListener("credential-shown", ({ detail }) => shown.push(detail.clientId));
        }"""
    )
    page.get_by_role("button", name="Generate Client Credentials").click()
    page.get_by_label("Token Name").fill("Routed by its host")
    page.get_by_role("button", name="Generate", exact=True).click()
    page.get_by_role("button", name="Copy Token Secret").click()
    page.get_by_role("button", name="Done", exact=True).click()
    address = page.url
    page.get_by_role("button", name="Routed by its host, …").first.click()
    panel = page.get_by_role("dialog", name="Routed by its host")
    expect(panel).to_be_visible()
    client_id = page.evaluate("document.querySelector('api-client-credentials').credential")
    page.evaluate("document.querySelector('api-client-credentials').credential = ''")
    expect(panel).to_have_count(0)
    page.evaluate("(id) => document.querySelector('api-client-credentials').setAttribute('credential', id)", client_id)
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    assert page.evaluate("shown") == [client_id, None]
    assert page.url == address
