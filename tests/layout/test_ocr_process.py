"""The child process that reads pictures: kept, replaced when it dies, given up when it takes too long."""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from extractors.layout import ocr_process, recogniser
from extractors.layout.ocr import FAILED, NOT_INSTALLED, TOOK_TOO_LONG, Picture, Scan
from extractors.layout.ocr_process import OcrProcess
from tests.layout.ocr_children import (
    answers_nonsense,
    dies_at_once,
    dies_at_the_picture,
    falls_asleep,
    never_ready,
    says_who,
)

ROOT = Path(__file__).parents[2]
PICTURE = Picture(b"\xff" * 4, 2, 2, 150.0)


def who(scan: Scan) -> str:
    return scan.texts[0].text


def test_one_child_reads_all_pictures_and_not_in_this_process() -> None:
    process = OcrProcess(says_who)
    first, second = who(process.read(PICTURE)), who(process.read(PICTURE))
    process.close()
    assert first == second != str(os.getpid())


def test_after_the_end_a_new_child_is_started() -> None:
    process = OcrProcess(says_who)
    first = who(process.read(PICTURE))
    process.close()
    assert who(process.read(PICTURE)) != first
    process.close()
    assert not multiprocessing.active_children()


@pytest.mark.parametrize(
    ("work", "fault"),
    [
        (dies_at_the_picture, FAILED),
        (dies_at_once, FAILED),
        (answers_nonsense, FAILED),
        (falls_asleep, TOOK_TOO_LONG),
        (never_ready, TOOK_TOO_LONG),
    ],
)
def test_what_goes_wrong_is_a_fault(work: Callable[[Connection], None], fault: str) -> None:
    to_start = 2.0 if work is never_ready else 60.0
    process = OcrProcess(work, to_start=to_start, a_page=1.0)
    assert process.read(PICTURE) == Scan(fault=fault)
    process.close()
    assert not multiprocessing.active_children()


def test_nothing_is_started_where_nothing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_process, "find_spec", lambda name: None)
    assert OcrProcess(says_who).read(PICTURE) == Scan(fault=NOT_INSTALLED)


def test_a_wheel_without_models_is_not_made_whole_from_the_net(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    empty = tmp_path / "__init__.py"
    monkeypatch.setattr(recogniser, "find_spec", lambda name: type("Spec", (), {"origin": str(empty)}))
    with pytest.raises(FileNotFoundError):
        recogniser.Recogniser()


def test_the_reader_of_pdfs_stays_light() -> None:
    """What a recogniser takes is loaded in the child only."""
    code = (
        "import sys, extractors.pipeline, extractors.layout.ocr_process;"
        "print([name for name in ('cv2', 'numpy', 'onnxruntime', 'rapidocr') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603 - our own code
    assert done.stdout.strip() == "[]"
