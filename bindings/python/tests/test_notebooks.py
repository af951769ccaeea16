"""The notebooks of the guide run from top to bottom, show what they promise, and are stored without outputs."""

from __future__ import annotations

import asyncio
import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import qise

nbformat: Any = pytest.importorskip("nbformat", reason="notebooks are run with nbformat, nbclient and ipykernel")
nbclient: Any = pytest.importorskip("nbclient", reason="notebooks are run with nbformat, nbclient and ipykernel")
pytest.importorskip("ipykernel", reason="notebooks are run with nbformat, nbclient and ipykernel")

ROOT = Path(__file__).resolve().parents[3]
NOTEBOOKS = sorted(ROOT.joinpath("docs", "notebooks").glob("*.ipynb"))
SHOWS = "shows-html"
"""The tag of a cell whose last expression shows itself as a page."""


@pytest.fixture(autouse=True)
def kernels(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Kernels get this interpreter and this package; what their client warns of is not ours."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(qise.__file__).parents[1]), *sys.path]))
    monkeypatch.delenv("QISE_LANG", raising=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def run(notebook: Any, folder: Path) -> None:
    """Runs all cells in a kernel of its own."""
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    client = nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}})
    asyncio.run(client.async_execute())


def pages(cell: Any) -> list[str]:
    """What the last expression of a cell shows as HTML."""
    results = [output for output in cell.outputs if output.output_type == "execute_result"]
    return [output.data["text/html"] for output in results if "text/html" in output.data]


def test_there_are_notebooks() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["alxa-day", "coverage", "fairness", "who-and-why-not"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_stored_clean(path: Path) -> None:
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert 10 <= len(notebook.cells) <= 18
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)
    assert notebook.cells[0].source.startswith("# ") and notebook.cells[-1].source.startswith("## Try next")
    for cell in notebook.cells:
        assert max(map(len, cell.source.splitlines())) <= 120, cell.id
        assert cell.cell_type == "markdown" or (cell.outputs == [] and cell.execution_count is None), cell.id
    assert any(SHOWS in cell.metadata.get("tags", []) for cell in notebook.cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_from_top_to_bottom(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    run(notebook, path.parent)
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        assert cell.outputs, f"{cell.id} shows nothing"
        told = [output.text for output in cell.outputs if output.get("name") == "stderr"]
        assert told == [], f"{cell.id} writes to standard error"
        if SHOWS in cell.metadata.get("tags", []):
            assert pages(cell) and all(pages(cell)), f"{cell.id} shows no page"


def test_a_bar_is_drawn_below_the_cell_and_taken_away(tmp_path: Path) -> None:
    cell = nbformat.v4.new_code_cell(
        "import os, qise\n"
        "del os.environ['PYTEST_CURRENT_TEST']  # as in a notebook of somebody\n"
        "problem = qise.generate(needs=100, volunteers=20)\n"
        "plan = problem.solve(time_limit=2)\n"
    )
    notebook = nbformat.v4.new_notebook(cells=[cell])
    drawn: list[dict[str, str]] = []

    class Client(nbclient.NotebookClient):  # type: ignore[misc]
        def process_message(self, message: Any, *rest: Any) -> Any:
            if message["msg_type"] in ("display_data", "update_display_data"):
                drawn.append(message["content"]["data"])
            return super().process_message(message, *rest)

    asyncio.run(Client(notebook, timeout=60, resources={"metadata": {"path": str(tmp_path)}}).async_execute())
    assert len(drawn) > 3
    assert all("<progress" in data["text/html"] and "solving" in data["text/plain"] for data in drawn[:-1])
    assert drawn[-1] == {"text/html": "", "text/plain": ""}
    (output,) = notebook.cells[0].outputs
    assert output.data == drawn[-1]
