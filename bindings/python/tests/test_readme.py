"""The Python example of each README runs as it stands."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md", "bindings/python/README.md"])
def test_the_example_runs(readme, monkeypatch, capsys):
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / readme).read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 1
    monkeypatch.chdir(ROOT)
    exec(compile(blocks[0], readme, "exec"), {})
    assert capsys.readouterr().out
