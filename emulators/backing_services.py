"""What the service stands on: moto, provisioned, and the identity provider.

``python -m emulators.backing_services`` runs them alone, for ``chalice local --stage local``.
"""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from subprocess import Popen
from typing import NamedTuple

import boto3

from chalicelib.settings import Settings
from emulators import wsgi_process
from emulators.environment import isolated, local_stage, with_backing_services
from emulators.provision import provision
from emulators.wsgi_process import NotStarted


class BackingServices(NamedTuple):
    environment: dict[str, str]
    """The variables that the service runs with."""
    processes: "list[Popen[str]]"

    def alive(self) -> bool:
        return all(process.poll() is None for process in self.processes)


@contextmanager
def running(variables: Mapping[str, str], moto_port: int = 0, oidc_port: int = 0) -> Iterator[BackingServices]:
    """Provisioned, and gone afterwards; ``os.environ`` then has their addresses. Raises NotStarted."""
    processes = [
        wsgi_process.start("emulators.moto_server", moto_port),
        wsgi_process.start("emulators.identity_provider", oidc_port),
    ]
    try:
        moto, identity_provider = map(wsgi_process.address, processes)
        environment = isolated(os.environ, with_backing_services(variables, moto, identity_provider))
        os.environ.clear()
        os.environ.update(environment)
        provision(Settings.from_env(os.environ), boto3.client("dynamodb"), boto3.client("kms"))
        yield BackingServices(environment, processes)
    finally:
        for process in processes:
            wsgi_process.stop(process)


def stop_signal() -> threading.Event:
    """Set by Ctrl-C, SIGTERM or a closed terminal. An event, not an exception: nothing is torn down half-way."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopped.set())
    return stopped


def wait(stopped: threading.Event, services: BackingServices) -> None:
    """Until it is told to stop. Exits with a line on stderr when one of them dies."""
    while not stopped.wait(0.5):
        if not services.alive():
            sys.exit("moto or the identity provider has died")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make moto", description=__doc__)
    parser.add_argument("--moto-port", type=int, default=5000)
    parser.add_argument("--oidc-port", type=int, default=5001)
    ports = parser.parse_args()
    stopped = stop_signal()
    try:
        with running(local_stage(), ports.moto_port, ports.oidc_port) as services:
            print(f"moto, provisioned: {services.environment['AWS_ENDPOINT_URL_DYNAMODB']}")
            print(f"identity provider: {services.environment['OIDC_ISSUER']}")
            print("Now, in another terminal:  .venv/bin/chalice local --stage local", flush=True)
            wait(stopped, services)
    except NotStarted as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
