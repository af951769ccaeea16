"""The Python example of the README runs as it stands, in both languages."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_example_runs(readme, monkeypatch, capsys):
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / readme).read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 1
    monkeypatch.chdir(ROOT)
    exec(compile(blocks[0], readme, "exec"), {})
    assert capsys.readouterr().out
