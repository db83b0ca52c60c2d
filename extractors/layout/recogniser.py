"""RapidOCR: where there is text in a picture, and what it says. All positions are pixels.

The models ship in its wheel and are named by path, so that nothing is ever downloaded. Each piece of text is
recognised alone: in a batch short figures are padded to the length of the longest, which doubles the time.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import median_low
from typing import Any, NamedTuple

import cv2
import numpy as np
import onnxruntime
from rapidocr import RapidOCR

from extractors.layout.scan import Gray, Line

_DETECTION = "PP-OCRv6_det_small.onnx"
_RECOGNITION = "PP-OCRv6_rec_small.onnx"
_THREADS = 2
_DETECTION_DPI = 110.0  # finer finds no more text on print of 8 points and takes longer
_MOST_PIXELS = 2000  # of a side that text is looked for in
_LEAST_PIXELS = 32
_EVEN = 3  # characters from which on it can be told how wide they are spread
_WIDE = 1.6  # times the usual distance of two characters, which makes a gap
_WIDTH = 160  # pixels that a short text is padded to, of 48 in height


class Recognised(NamedTuple):
    """Characters, how sure the recogniser is of the least sure of them, and of all on average (0 to 1)."""

    text: str
    score: float
    average: float


class Recogniser:
    """A loaded recogniser (190 MB idle). Raises FileNotFoundError where the wheel has no models."""

    def __init__(self) -> None:
        models = _models()
        self._engine: Any = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.use_preprocess_img": False,
                "Global.use_cls": False,
                "Global.text_score": 0.0,
                "Det.model_path": str(models / _DETECTION),
                "Rec.model_path": str(models / _RECOGNITION),
                "Rec.rec_img_shape": [3, 48, _WIDTH],
            }
        )
        self._put(self._engine._load_det_model(), models / _DETECTION)
        self._put(self._engine._load_rec_model(), models / _RECOGNITION)

    @staticmethod
    def _put(part: Any, model: Path) -> None:
        """RapidOCR has no setting for threads that sleep while they wait; on a busy machine it saves half."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _THREADS
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        part.session.session = onnxruntime.InferenceSession(
            str(model), sess_options=options, providers=["CPUExecutionProvider"]
        )

    def boxes(self, image: Gray, dpi: float) -> list[Line]:
        """Where there is text, with a little room around it."""
        height, width = image.shape
        scale = min(_DETECTION_DPI / dpi, _MOST_PIXELS / max(width, height))
        scale = max(scale, _LEAST_PIXELS / min(width, height))
        resized = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        found = self._engine(_coloured(resized), use_det=True, use_cls=False, use_rec=False)
        return (
            []
            if found.boxes is None
            else [_outline(corners / scale, width, height) for corners in found.boxes]
        )

    def text(self, image: Gray) -> Recognised:
        """What a picture of one line of text says."""
        found = self._engine(
            _coloured(image), use_det=False, use_cls=False, use_rec=True, return_word_box=True
        )
        text = found.txts[0] if found.txts else ""
        if not text.strip():
            return Recognised("", 0.0, 0.0)
        average, places = float(found.scores[0]), found.word_results[0]
        columns = [column for word in places.word_cols for column in word]
        return Recognised(_without_even_blanks(text, columns), _least(text, places.confs, average), average)


def _models() -> Path:
    spec = find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else Path()
    for name in (_DETECTION, _RECOGNITION):
        if not (folder / name).is_file():
            raise FileNotFoundError(folder / name)
    return folder


def _least(text: str, sure: Sequence[float], average: float) -> float:
    """How sure the least sure character is; it does not matter for blanks."""
    if len(sure) == len(text):
        sure = [one for one, character in zip(sure, text, strict=True) if not character.isspace()]
    return float(min(sure, default=average))


def _without_even_blanks(text: str, columns: Sequence[int]) -> str:
    """The text without the blanks that are no wider than its other gaps: print that is spread evenly.

    `columns` are the places of the characters that are no blanks.
    """
    parts = text.split()
    if len(parts) < 2 or len("".join(parts)) != len(columns) or len(columns) < _EVEN:
        return text
    pitches = [after - before for before, after in pairwise(columns)]
    widest = _WIDE * median_low(pitches)
    spread, at = parts[0], len(parts[0])
    for part in parts[1:]:
        spread += part if pitches[at - 1] <= widest else " " + part
        at += len(part)
    return spread


def _coloured(image: Any) -> Any:
    return cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)


def _outline(corners: Any, width: int, height: int) -> Line:
    low, high = np.min(corners, axis=0), np.max(corners, axis=0)
    return Line(
        max(0.0, float(low[0])),
        max(0.0, float(low[1])),
        min(width, float(high[0])),
        min(height, float(high[1])),
    )
