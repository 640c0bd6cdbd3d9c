"""Modules that are imported when they are first used."""

import subprocess
import sys

import pytest

from chalicelib.lazy_import import LazyModule
from deploy.stages import PROJECT


def test_a_member_is_that_of_the_module() -> None:
    import colorsys

    assert LazyModule("colorsys").rgb_to_hsv is colorsys.rgb_to_hsv


def test_a_member_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        LazyModule("colorsys").nothing  # noqa: B018


def test_a_module_that_is_not_there_fails_at_its_first_use_and_not_before() -> None:
    module = LazyModule("there_is_no_such_module")
    with pytest.raises(ModuleNotFoundError):
        module.anything  # noqa: B018


def test_pyjwt_and_cryptography_wait_for_their_first_use() -> None:
    code = """
import sys
from chalicelib.lazy_import import jwt
assert not {"jwt", "cryptography"} & sys.modules.keys()
assert issubclass(jwt.PyJWTError, Exception)
assert {"jwt", "cryptography"} <= sys.modules.keys()
"""
    fresh = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert fresh.returncode == 0, fresh.stderr


def test_the_app_imports_nothing_that_no_exchange_needs() -> None:
    """Nor the module random: SnapStart would freeze its state, and environments would draw alike."""
    code = """
import sys
import app
unneeded = {
    "argparse", "boto3", "botocore.session", "cryptography", "email", "http.client", "jwt", "random", "secrets",
    "chalicelib.credentials.credential_service", "chalicelib.credentials.revocation", "chalicelib.credentials.sweep",
    "chalicelib.signing_keys.key_operations", "chalicelib.web.managed_responses", "chalicelib.wiring.console",
}
print(*sorted(unneeded & sys.modules.keys()))
"""
    fresh = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=PROJECT)
    assert (fresh.stdout.strip(), fresh.returncode) == ("", 0), fresh.stderr
