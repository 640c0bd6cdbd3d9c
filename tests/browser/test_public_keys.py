"""Credentials with a key of their own, pasted or made in the browser, which keeps no private key."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from playwright.sync_api import BrowserContext, Locator, Request, expect

from tests.browser.console_page import ConsolePage
from tests.support.node import NODE

EC_KEY = ec.generate_private_key(ec.SECP256R1())
RSA_KEY = rsa.generate_private_key(65537, 2048)
PEM = serialization.Encoding.PEM
PRIVATE_PEM = EC_KEY.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode()
SPKI = serialization.PublicFormat.SubjectPublicKeyInfo
EC_PEM, RSA_PEM = (key.public_key().public_bytes(PEM, SPKI).decode() for key in (EC_KEY, RSA_KEY))
EC_JWK = {**ECAlgorithm.to_jwk(EC_KEY.public_key(), as_dict=True), "kid": "mine"}
RSA_JWK = RSAAlgorithm.to_jwk(RSA_KEY.public_key(), as_dict=True)
PRIVATE_JWK = ECAlgorithm.to_jwk(EC_KEY, as_dict=True)


def keyed(console: ConsolePage, name: str) -> Locator:
    panel = console.open_panel(name)
    panel.get_by_role("radio", name="A key pair of its own").check()
    return panel


def paste(panel: Locator, text: str) -> None:
    panel.get_by_role("radio", name="Paste a public key").check()
    panel.get_by_label("Public key", exact=True).fill(text)


@pytest.mark.parametrize(
    ("text", "kids"),
    [
        (json.dumps(EC_JWK), 1),
        (json.dumps({"keys": [EC_JWK, RSA_JWK]}), 2),
        (EC_PEM, 1),
        (RSA_PEM, 1),
    ],
    ids=["JWK", "JWK Set", "PEM of EC", "PEM of RSA"],
)
def test_a_pasted_public_key_makes_a_credential(admin: ConsolePage, text: str, kids: int) -> None:
    panel = keyed(admin, "Pasted")
    paste(panel, text)
    admin.submit()
    expect(panel.get_by_role("heading", name="Your new credential")).to_be_visible()
    expect(panel.get_by_text("Token Secret", exact=True)).to_have_count(0)
    client_id = panel.locator("acc-copy[what='Client ID']").inner_text().strip()
    assert len(admin.call("GET", f"v1/credentials/{client_id}")["keys"]) == kids
    panel.get_by_role("button", name="Done", exact=True).click()
    expect(admin.side_panel).to_have_count(0)


@pytest.mark.parametrize(
    "text", [PRIVATE_PEM, json.dumps(PRIVATE_JWK), json.dumps({"keys": [PRIVATE_JWK]})], ids=["PEM", "JWK", "JWK Set"]
)
def test_a_private_key_is_refused_and_forgotten_before_anything_is_sent(admin: ConsolePage, text: str) -> None:
    sent: list[Request] = []
    admin.page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    panel = keyed(admin, "Private by mistake")
    paste(panel, text)
    expect(admin.alert("This is a private key")).to_be_visible()
    expect(panel.get_by_label("Public key", exact=True)).to_have_value("")
    admin.submit()
    expect(admin.alert("There is no public key here")).to_be_visible()
    assert sent == []
    assert admin.found_everywhere(PRIVATE_JWK["d"]) == []


def test_a_key_that_the_service_does_not_take_is_refused_at_its_field(admin: ConsolePage) -> None:
    other = ec.generate_private_key(ec.SECP521R1()).public_key()
    panel = keyed(admin, "Another curve")
    expect(panel.get_by_role("combobox", name="Algorithm").get_by_role("option")).to_have_text(
        ["ES256", "ES384", "PS256", "RS256"]
    )
    paste(panel, json.dumps(ECAlgorithm.to_jwk(other, as_dict=True)))
    admin.submit()
    expect(panel.get_by_text("must be P-256 or P-384")).to_be_visible()


@pytest.mark.parametrize(
    ("algorithm", "language", "command"),
    [
        ("ES256", "Node.js", [NODE, "--input-type=module", "-e"]),
        ("PS256", "Python", [sys.executable, "-c"]),
        ("RS256", "Node.js", [NODE, "--input-type=module", "-e"]),
    ],
)
def test_a_key_pair_made_here_is_saved_once_and_its_snippet_calls_the_api(
    admin: ConsolePage, tmp_path: Path, algorithm: str, language: str, command: list[str]
) -> None:
    panel = keyed(admin, f"Made for {algorithm}")
    panel.get_by_role("combobox", name="Algorithm").select_option(algorithm)
    admin.submit()
    expect(panel.get_by_role("heading", name="Your new credential")).to_be_visible()
    for _ in range(2):
        admin.page.keyboard.press("Escape")
    expect(admin.alert("You have not saved the private key")).to_be_visible()
    panel.get_by_role("button", name="Keep open").click()
    with admin.page.expect_download() as downloaded:
        panel.get_by_role("button", name="Download the private key").click()
    key_file = tmp_path / "key.pem"
    downloaded.value.save_as(key_file)
    panel.get_by_role("radio", name=language).check()
    panel.get_by_role("button", name=f"Copy {language} code").click()
    code = admin.clipboard()
    secret_line = key_file.read_text().splitlines()[1]
    assert secret_line not in code
    panel.get_by_role("button", name="Done", exact=True).click()
    expect(admin.side_panel).to_have_count(0)
    assert admin.found_everywhere(secret_line) == []
    done = subprocess.run(
        [*command, code],
        env={**os.environ, "CLIENT_KEY": str(key_file), "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert '"client_id"' in done.stdout, done.stderr


def test_a_key_is_added_to_a_credential_and_the_old_one_removed(admin: ConsolePage) -> None:
    made = admin.made("Two keys", jwks=EC_JWK)
    panel = admin.show_credential(made["client_id"])
    panel.get_by_role("button", name="Add key").click()
    panel.get_by_role("button", name="Add key").click()
    expect(panel.get_by_role("button", name="Download the private key")).to_be_visible()
    panel.get_by_role("button", name="Copy Private key").click()
    panel.get_by_role("button", name="Done", exact=True).click()
    panel.get_by_role("button", name="Remove the key mine").click()
    admin.confirmation.get_by_role("button", name="Remove").click()
    expect(panel.get_by_text("The key is removed.")).to_be_visible()
    assert [key["kid"] for key in admin.call("GET", f"v1/credentials/{made['client_id']}")["keys"]] != ["mine"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_keys_are_given(
    new_context: Callable[..., BrowserContext], axe: str, scheme: str
) -> None:
    context = new_context(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 320, "height": 640})
    console = ConsolePage(context.new_page()).sign_in("admin")
    panel = keyed(console, "Looked at with a key")
    found = {"make": console.violations(axe)}
    paste(panel, "no key")
    console.submit()
    expect(console.alert("There is no public key here")).to_be_visible()
    found["paste"] = console.violations(axe)
    panel.get_by_role("radio", name="Make a key pair").check()
    console.submit()
    expect(panel.get_by_role("button", name="Download the private key")).to_be_visible()
    found["private key"] = console.violations(axe)
    assert {view: violations for view, violations in found.items() if violations} == {}


def test_a_credential_is_held_to_a_security_profile_and_what_forbids_it_is_said_there(admin: ConsolePage) -> None:
    other = ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP384R1()).public_key(), as_dict=True)
    for jwk, told in ((other, "#security_profile-fault"), (EC_JWK, "dl")):
        panel = admin.show_credential(admin.made("To be held", jwks=jwk)["client_id"])
        panel.get_by_role("button", name="Edit").click()
        panel.get_by_role("checkbox", name="FAPI 2.0").check()
        panel.get_by_role("button", name="Save").click()
        expect(panel.locator(told)).to_contain_text("needs keys for ES256" if jwk is other else "FAPI 2.0")
        admin.page.reload()
