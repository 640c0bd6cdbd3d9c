"""The backing services: moto, provisioned, and the identity provider.

``python -m emulators.backing_services`` runs them alone, for ``chalice local --stage local``.
"""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

import boto3

from chalicelib.settings import Settings, SettingsError
from deploy.stages import stage_variables
from emulators.emulator_process import EmulatorProcess, NotStarted
from emulators.environment import isolated, with_backing_services
from emulators.provision import provision


class BackingServices(NamedTuple):
    environment: dict[str, str]
    """The variables that the service runs with."""
    processes: tuple[EmulatorProcess, ...]

    def wait(self, stopped: threading.Event) -> None:
        """Waits for the signal to stop. When one of them dies, exits and says which, how, and its last lines."""
        while not stopped.wait(0.5):
            for process in self.processes:
                if death := process.death():
                    sys.exit(death)


@contextmanager
def running(variables: Mapping[str, str], moto_port: int = 0, oidc_port: int = 0) -> Iterator[BackingServices]:
    """Provisioned, and gone afterwards; ``os.environ`` then has their addresses. Raises NotStarted, SettingsError."""
    with ExitStack() as stack:
        moto = EmulatorProcess("moto", "emulators.moto_server", moto_port)
        stack.callback(moto.stop)
        provider = EmulatorProcess("identity provider", "emulators.identity_provider", oidc_port)
        stack.callback(provider.stop)
        environment = isolated(os.environ, with_backing_services(variables, moto.address(), provider.address()))
        os.environ.clear()
        os.environ.update(environment)
        provision(Settings.from_env(os.environ), boto3.client("dynamodb"), boto3.client("kms"))
        yield BackingServices(environment, (moto, provider))


def stop_signal() -> threading.Event:
    """Set by Ctrl-C, SIGTERM or a closed terminal. An event, not an exception: nothing is torn down half-way."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopped.set())
    return stopped


def main() -> None:
    parser = argparse.ArgumentParser(prog="make moto", description=__doc__)
    parser.add_argument("--moto-port", type=int, default=5000)
    parser.add_argument("--oidc-port", type=int, default=5001)
    ports = parser.parse_args()
    stopped = stop_signal()
    try:
        with running(stage_variables("local"), ports.moto_port, ports.oidc_port) as services:
            print(f"moto, provisioned: {services.environment['AWS_ENDPOINT_URL_DYNAMODB']}")
            print(f"identity provider: {services.environment['OIDC_ISSUER']}")
            print("Now, in another terminal:  .venv/bin/chalice local --stage local")
            print("and a console user's token:  make -s console-token", flush=True)
            services.wait(stopped)
    except SettingsError as error:
        sys.exit(f"a setting is wrong: {error}")
    except NotStarted as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
