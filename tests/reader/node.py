"""The readers' scripts, run outside a browser: Playwright brings a node of its own."""

import json
import subprocess
from pathlib import Path

import playwright
import pytest

STATIC = Path(__file__).parents[2] / "src/letterdesk/reader/static"
_NODE = Path(playwright.__file__).parent / "driver" / "node"
_RUN = """\
const { module, expression, given } = JSON.parse(process.argv[1]);
const tools = {
  unhex: (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16)),
  hex: (raw) => Buffer.from(raw).toString("hex"),
};
const scope = { ...tools, ...(await import(module)), given };
const run = new Function(...Object.keys(scope), `return (async () => ${expression})();`);
console.log(JSON.stringify(await run(...Object.values(scope))));
"""


def evaluate(script: str, expression: str, **given: object) -> object:
    """Give what `expression` is, with all that `script` exports, and `given`, in scope."""
    if not _NODE.exists():
        pytest.skip("Playwright came without its node here.")
    asked = {
        "module": (STATIC / script).as_uri(),
        "expression": expression,
        "given": given,
    }
    done = subprocess.run(
        [_NODE, "--no-warnings", "--input-type=module", "-e", _RUN, json.dumps(asked)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
