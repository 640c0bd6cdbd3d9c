"""The console page as somebody sees it who uses it."""

import json
from typing import Any
from urllib.parse import quote

from playwright.sync_api import APIRequestContext, Locator, Page, expect

from emulators.users import USERS

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""How many pixels the page is wider than its window."""

SEARCH_EVERYWHERE = """(secret) => {
  const found = [];
  const search = (root, where) => {
    for (const element of root.querySelectorAll("*")) {
      for (const attribute of element.attributes)
        if (attribute.value.includes(secret)) found.push(`${where} ${element.localName}@${attribute.name}`);
      if (String(element.value ?? "").includes(secret)) found.push(`${where} ${element.localName}.value`);
      if (element.shadowRoot) search(element.shadowRoot, `${where} ${element.localName}`);
    }
    if ((root.textContent ?? "").includes(secret)) found.push(`${where} text`);
  };
  search(document, "document");
  for (const storage of [localStorage, sessionStorage])
    for (const [key, value] of Object.entries(storage))
      if (`${key}${value}`.includes(secret)) found.push(`storage ${key}`);
  for (const text of [location.href, document.cookie, document.title, JSON.stringify(history.state)])
    if (text.includes(secret)) found.push(text);
  return found;
}"""


class ConsolePage:
    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, as_: str = "admin") -> "ConsolePage":
        self.page.goto("./")
        self.page.get_by_role("button", name="Sign in").click()
        self.authenticate(self.page, USERS[as_].subject)
        return self._ready()

    def open(self) -> "ConsolePage":
        """Signed in before."""
        self.page.goto("./")
        return self._ready()

    def _ready(self) -> "ConsolePage":
        expect(self.page.get_by_role("heading", name="API Client Credentials")).to_be_visible()
        expect(self.generate_button.or_(self.page.get_by_text("your role is viewer"))).to_be_visible()
        return self

    @staticmethod
    def authenticate(page: Page, subject: str) -> None:
        """At the identity provider."""
        page.get_by_role("button", name=subject).click()

    # --- what is on the page

    @property
    def generate_button(self) -> Locator:
        return self.page.get_by_role("button", name="Generate Client Credentials")

    @property
    def revoke_all_button(self) -> Locator:
        return self.page.get_by_role("button", name="Revoke all", exact=True)

    @property
    def side_panel(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def confirmation(self) -> Locator:
        return self.page.get_by_role("alertdialog")

    @property
    def secret(self) -> Locator:
        return self.side_panel.locator("acc-copy[what='Token Secret']")

    def row(self, name: str) -> Locator:
        return self.page.get_by_role("row").filter(has_text=name)

    def name_of(self, name: str) -> Locator:
        """The credential's name in its row, which opens its panel."""
        return self.page.get_by_role("button", name=f"{name}, …").and_(self.page.locator(".open"))

    def alert(self, text: str) -> Locator:
        return self.page.get_by_role("alert").filter(has_text=text)

    # --- what somebody does

    def open_panel(self, name: str = "") -> Locator:
        self.generate_button.click()
        self.side_panel.get_by_label("Token Name").fill(name)
        return self.side_panel

    def submit(self) -> None:
        self.side_panel.get_by_role("button", name="Generate", exact=True).click()

    def generate(self, name: str) -> str:
        """The Token Secret of a new credential; the panel stays open."""
        self.open_panel(name)
        self.submit()
        expect(self.side_panel.get_by_role("heading", name="Your new credential")).to_be_visible()
        return self.secret.inner_text().strip()

    def copy_secret(self) -> None:
        self.side_panel.get_by_role("button", name="Copy Token Secret").click()
        expect(self.secret.get_by_role("status")).to_have_text("Token Secret copied")

    def close_panel(self) -> None:
        self.side_panel.get_by_role("button", name="Close", exact=True).click()
        expect(self.side_panel).to_have_count(0)

    def generated(self, name: str) -> str:
        """A new credential whose secret was copied; the panel is closed."""
        secret = self.generate(name)
        self.copy_secret()
        self.close_panel()
        return secret

    def choose(self, action: str, name: str) -> None:
        """In the menu of a row."""
        self.page.get_by_role("button", name=f"Actions for {name}").click()
        self.page.get_by_role("menuitem", name=action).click()

    def ask_revoke(self, name: str) -> Locator:
        self.choose("Revoke", name)
        return self.confirmation

    def revoke(self, name: str) -> None:
        self.ask_revoke(name).get_by_role("button", name="Revoke", exact=True).click()
        expect(self.confirmation).to_have_count(0)

    def show(self, status: str) -> None:
        self.page.get_by_role("combobox", name="Show").select_option(label=status)

    def refresh(self) -> None:
        self.page.get_by_role("button", name="Refresh").click()

    def show_credential(self, client_id: str) -> Locator:
        """By its address."""
        self.page.goto(f"./#/credentials/{client_id}")
        expect(self.side_panel.get_by_role("heading", level=2)).to_be_focused()
        return self.side_panel

    # --- what somebody else does meanwhile

    def call(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """One of the managed endpoints, with the page's own token."""
        token = self.page.evaluate(
            """() => {
              const key = Object.keys(sessionStorage).find((name) => name.startsWith("oidc.user:"));
              return JSON.parse(sessionStorage[key]).id_token;
            }"""
        )
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        answer = self.page.request.fetch(
            path, method=method, headers=headers, data=None if body is None else json.dumps(body)
        )
        assert answer.ok, answer.text()
        return dict(answer.json()) if answer.body() else {}

    def made(self, name: str, **members: object) -> dict[str, Any]:
        """A credential that is made behind the page's back, with its secret."""
        return self.call("POST", "v1/credentials", {"name": name, **members})

    # --- what only a program sees

    def exchange(self, credential: dict[str, Any], secret: str | None = None) -> int:
        """The token endpoint's status for a credential, with its own secret or another."""
        form = {
            "grant_type": "client_credentials",
            "client_id": credential["client_id"],
            "client_secret": secret or credential["client_secret"],
        }
        return self.page.request.post("oauth/token", form=form).status

    def clipboard(self) -> str:
        return str(self.page.evaluate("navigator.clipboard.readText()"))

    def found_everywhere(self, secret: str) -> list[str]:
        """Every place in the DOM (shadow roots too), the storages and the address that holds the text."""
        found: list[str] = self.page.evaluate(SEARCH_EVERYWHERE, secret)
        return found

    def focused(self) -> dict[str, Any]:
        """Name and role of what has the focus, through shadow roots."""
        focus: dict[str, Any] = self.page.evaluate(
            """() => {
              let element = document.activeElement;
              while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
              const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
              const name = label ?? element.textContent;
              return { tag: element.localName, name: name.trim() };
            }"""
        )
        return focus

    def tab_to(self, name: str) -> None:
        """Presses Tab until something of this name has the focus."""
        for _ in range(200):
            self.page.keyboard.press("Tab")
            if self.focused()["name"].startswith(name):
                return
        raise AssertionError(f"the keyboard does not get to {name!r}")

    def violations(self, axe: str) -> list[str]:
        """What axe finds, as rule: where."""
        self.page.evaluate(axe)
        found: list[str] = self.page.evaluate(
            """async () => {
              const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
              const { violations } = await axe.run(document, { runOnly: rules });
              return violations.flatMap(({ id, nodes }) =>
                nodes.map((node) => `${id}: ${node.target.flat().join(" ")} ${node.failureSummary}`));
            }"""
        )
        return found


class IdentityProviderUsers:
    """Adds users to the local identity provider."""

    def __init__(self, request: APIRequestContext) -> None:
        self._request = request

    def add(self, subject: str, **claims: object) -> None:
        authority = self._request.get("console/config.json").json()["authority"]
        answer = self._request.put(f"{authority}/users/{quote(subject)}", data=claims)
        assert answer.ok, answer.text()
