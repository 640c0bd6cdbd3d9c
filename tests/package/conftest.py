"""The package of the stage prod, made once, and the service that it makes."""

import json
import os
import platform
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from samtranslator.translator.transform import transform

from deploy.policies import RELEASE_BEFORE
from deploy.stages import CONFIG, PROJECT
from tests.support.deployed import Deployed, deployed
from tests.support.github import TYPE, Github
from tests.support.identity_provider import IdentityProvider

MACHINE = {"aarch64": "arm64", "arm64": "arm64"}.get(platform.machine(), "x86_64")
BY_OTHERS = ("Logs", "Traces", "FailedEvents", "FollowStream", RELEASE_BEFORE)
"""Statements for what is done under the function's role by Lambda and by the release before, not by this one's code."""


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """build/prod as ``make package`` makes it, for the architecture of this machine, with no AWS credentials about."""
    return packaged("prod", tmp_path_factory.mktemp("package"))


def packaged(stage: str, target: Path) -> Path:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    command = ["make", "package", f"STAGE={stage}", f"ARGS=--architecture {MACHINE} --target {target}"]
    made = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stdout + made.stderr
    return target


def project_with(project: Path, **variables: str) -> Path:
    """What a package is made of, with these variables set for the stage prod."""
    for name in ("chalicelib", "deploy"):
        shutil.copytree(PROJECT / name, project / name)
    for name in ("app.py", "requirements.txt"):
        shutil.copy(PROJECT / name, project)
    config = json.loads(CONFIG.read_text())
    config["stages"]["prod"]["environment_variables"] |= variables
    (project / ".chalice").mkdir()
    (project / ".chalice" / "config.json").write_text(json.dumps(config))
    return project


def made(project: Path, target: Path, **environ: str) -> dict[str, Any]:
    """The template of a project's stage prod, packaged in this environment."""
    packaged = subprocess.run(
        [sys.executable, "-m", "deploy", "--stage", "prod", "--architecture", MACHINE, "--target", target],
        cwd=project,
        env=os.environ | environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert packaged.returncode == 0, packaged.stdout + packaged.stderr
    template: dict[str, Any] = json.loads((target / "sam.json").read_text())
    return template


@pytest.fixture(scope="session")
def task_root(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("task")
    with zipfile.ZipFile(package / "deployment.zip") as zipped:
        zipped.extractall(root)
    return root


@pytest.fixture(scope="session")
def template(package: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((package / "sam.json").read_text())
    return content


@pytest.fixture(scope="session")
def translate() -> Callable[[dict[str, Any]], dict[str, Any]]:
    """What CloudFormation makes of a template."""

    class NoManagedPolicies:
        def load(self) -> dict[str, str]:
            return {}

    def translate(template: dict[str, Any]) -> dict[str, Any]:
        content = json.loads(json.dumps(template))
        for resource in content["Resources"].values():
            if resource["Type"] == "AWS::Serverless::Function":
                # As ``aws cloudformation package`` leaves it.
                resource["Properties"]["CodeUri"] = {"Bucket": "a-bucket", "Key": "a-key"}
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
            result: dict[str, Any] = transform(content, {}, NoManagedPolicies())
        return result

    return translate


@pytest.fixture(scope="session")
def translated(template: dict[str, Any], translate: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    """What CloudFormation makes of the packaged template."""
    return translate(template)


@pytest.fixture(scope="session")
def service(
    template: dict[str, Any],
    task_root: Path,
    _provider: IdentityProvider,
    _github: Github,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Deployed]:
    github = {"GITHUB_SECRET_TYPE": TYPE, "GITHUB_KEYS_URL": _github.keys_url}
    published = {"OIDC_ISSUER": _provider.issuer, **github}
    with deployed(template, task_root, published, tmp_path_factory.mktemp("logs")) as running:
        yield running
