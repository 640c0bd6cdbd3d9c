"""Packages a stage into build/STAGE: ``deployment.zip`` and ``sam.json``. Needs a region, and no AWS credentials.

Chalice does what it does well: it reads the app, fetches the wheels for the architecture, writes the API's definition,
and merges the tables, the key and the API's settings into it (``deploy.resources``). What it cannot say is done to its
template afterwards, in this order: one function per trust zone, a role and a policy each (``deploy.functions``,
``deploy.policies``), and a version of each for whatever an operator changes (``deploy.versions``); the custom domain;
where the challenges lead; preflights; logs, alarms and the dashboard (``deploy.monitoring``).
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from chalicelib.settings import SETTINGS_OF_THE_DEFINITION
from deploy import archive, domain, functions, gateway_responses, monitoring, preflight, resources, versions
from deploy.names import API
from deploy.policies import policies, services_of
from deploy.stages import PROJECT

_SHIPPED = ("app.py", "chalicelib", "requirements.txt", ".chalice/config.json")
_NEVER_SHIPPED = shutil.ignore_patterns("__pycache__", "*.pyc", ".*", "node_modules", "*.ts", "*.map")
_ARCHITECTURES = ("arm64", "x86_64")


class NotPackaged(Exception):
    """Chalice could not make the package; the text says why."""


def package(stage: str, architecture: str | None, target: Path) -> None:
    """Writes the zip and the template of a stage. Raises NotPackaged, functions.UnknownFunction."""
    with tempfile.TemporaryDirectory() as directory:
        source = Path(directory) / "source"
        made = _run_chalice(source, stage, _copy_shipped(source, stage, architecture))
        template: dict[str, Any] = json.loads((made / "sam.json").read_text())
        functions.split(template, policies())
        versions.add(template)
        domain.add(template)
        definition = template["Resources"][API]["Properties"]["DefinitionBody"]
        gateway_responses.point_to_metadata(definition, domain.issuer_of(template))
        preflight.identify(definition)
        monitoring.add(template, stage)
        target.mkdir(parents=True, exist_ok=True)
        archive.rebuild(made / "deployment.zip", target / "deployment.zip", services_of(policies()))
        (target / "sam.json").write_text(json.dumps(template, indent=1, sort_keys=True) + "\n")


def _copy_shipped(source: Path, stage: str, architecture: str | None) -> str:
    """Copies what ships, so that nothing else in the directory can get into the package. Returns its architecture."""
    for name in _SHIPPED:
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, path, ignore=_NEVER_SHIPPED)
        else:
            shutil.copy(PROJECT / name, path)
    file = source / ".chalice" / "config.json"
    config = json.loads(file.read_text())
    if stage == "local" or stage not in config["stages"]:
        raise NotPackaged(f"{stage} is not a stage in .chalice/config.json that can be deployed")
    config["lambda_architecture"] = architecture or config["lambda_architecture"]
    # Roles are made here, one a function: Chalice would give the three zones one.
    config |= {"manage_iam_role": False, "iam_role_arn": "arn:aws:iam::000000000000:role/replaced"}
    file.write_text(json.dumps(config))
    return str(config["lambda_architecture"])


def _run_chalice(source: Path, stage: str, architecture: str) -> Path:
    made = source.parent / "made"
    merged = source.parent / "resources.json"
    merged.write_text(json.dumps(resources.template()))
    command = [str(Path(sys.executable).with_name("chalice")), "package", "--stage", stage]
    run = subprocess.run(  # noqa: S603  (our own command)
        [*command, "--merge-template", str(merged), str(made)],
        cwd=source,
        env={"AWS_DEFAULT_REGION": "eu-central-1", **_environment(), **_wheels_for(architecture)},
        capture_output=True,
        text=True,
        check=False,
    )
    # Chalice exits with 0 where it left a dependency out.
    if run.returncode != 0 or "Could not install dependencies" in run.stdout + run.stderr:
        raise NotPackaged(f"chalice package failed:\n{run.stdout}{run.stderr}")
    return made


def _environment() -> dict[str, str]:
    """This process's, without what would become part of the API's definition and not of the functions' settings."""
    return {name: value for name, value in os.environ.items() if name not in SETTINGS_OF_THE_DEFINITION}


def _wheels_for(architecture: str) -> dict[str, str]:
    """Returns pip's options, as variables, for nothing but hashed wheels that Lambda's runtime of this Python can load.

    Chalice has pip fetch what ``requirements.txt`` names for the machine that packages, and then fetches again, by name
    and version and without a hash, what does not fit Lambda's. With these the first fetch fits.
    """
    machine = {"arm64": "aarch64"}.get(architecture, architecture)
    newest_glibc = 34 if sys.version_info >= (3, 12) else 26  # Amazon Linux 2023, Amazon Linux 2
    platforms = [f"manylinux_2_{minor}_{machine}" for minor in range(newest_glibc, 16, -1)]
    return {
        "PIP_REQUIRE_HASHES": "1",
        "PIP_ONLY_BINARY": ":all:",
        "PIP_IMPLEMENTATION": "cp",
        "PIP_PLATFORM": " ".join([*platforms, f"manylinux2014_{machine}"]),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="make package", description=__doc__)
    parser.add_argument("--stage", required=True)
    parser.add_argument("--architecture", choices=_ARCHITECTURES, help="default: what .chalice/config.json says")
    parser.add_argument("--target", type=Path, help="default: build/STAGE")
    asked = parser.parse_args()
    target = asked.target or PROJECT / "build" / asked.stage
    try:
        package(asked.stage, asked.architecture, target)
    except (NotPackaged, functions.UnknownFunction) as error:
        sys.exit(str(error))
    print(f"{target}/deployment.zip  {archive.digest(target / 'deployment.zip')}\n{target}/sam.json")


if __name__ == "__main__":
    main()
