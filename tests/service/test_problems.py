"""The 问题台账: rows of real readings, and what a spreadsheet must not make of them."""

import copy
import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from extractors.layout.limits import Limits
from extractors.model.errors import Language
from service.cli import commands
from service.jobs.problems import Problem, problems_of, write_problems
from service.jobs.reading import Here
from tests.service.pdfs import golden

HESHUO, PINGLI = golden("heshuo-2024"), golden("pingli-2025")
HEADERS = "单位,页码,表或段,原文,应为,差额,依据,建议"


@pytest.fixture(scope="module")
def heshuo() -> Any:
    return Here(Limits()).read(HESHUO, "document.pdf")


def rows_of(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def written(*problems: Problem, language: Language = Language.ZH) -> list[list[str]]:
    out = io.StringIO()
    assert write_problems(problems, out, language) == len(problems)
    return rows_of(out.getvalue())


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


EXPECTED = [
    Problem(
        organisation="和硕县医疗保障局",
        pages="27",
        place="国有资产",
        printed="1",
        expected="2",
        difference="-1",
        basis="车辆 ＝ 所列各项之和",
        advice="先对照原页核对读数；读数无误的，查明哪一处有误后更正。",
    ),
    Problem(
        organisation="和硕县医疗保障局",
        pages="24",
        place="项目“人身意外伤害保险自治区财政补助资金项目”",
        printed="关于提前下达2024自治区财政人身意外伤害保险补助资金预算的通知",
        expected="关于提前下达2024年自治区财政人身意外伤害保险补助资金预算的通知",
        difference="",
        basis="文件标题、项目名称中的年度后有“年”字。",
        advice="对照原件核对，属误印的更正。",
    ),
]


def test_the_problems_of_a_real_document(heshuo: Any) -> None:
    assert list(problems_of(heshuo, Language.ZH)) == EXPECTED


def test_every_finding_if_wanted(heshuo: Any) -> None:
    every = list(problems_of(heshuo, Language.ZH, every=True))
    assert len(every) == len(heshuo["findings"])
    assert [problem for problem in every if problem in EXPECTED] == EXPECTED
    rounding = [problem for problem in every if "尾差" in problem.advice]
    assert len(rounding) == sum(found["rounding_only"] for found in heshuo["findings"])
    assert "部门收支总体情况表" in {problem.place for problem in rounding}


def test_nothing_found_is_a_list_of_headers() -> None:
    extraction = Here(Limits()).read(PINGLI, "document.pdf")
    assert list(problems_of(extraction, Language.ZH)) == []
    assert written() == [HEADERS.split(",")]


def test_a_confirmed_reading_is_not_sent_back_to_the_page(heshuo: Any) -> None:
    sure = json.loads(json.dumps(heshuo).replace('"status": "contradicted"', '"status": "printed_so"'))
    assert next(problems_of(sure, Language.ZH)).advice == "读数已有旁证；查明哪一处有误后更正。"


@pytest.mark.parametrize(
    ("language", "advice"),
    [
        (Language.ZH, "若 2 项不符同出一处，应是第 27 页的 1（车辆）：改为 2 即全部消除。"),
        (Language.EN, " If 2 findings have one cause, it is 1 on page 27 (车辆): 2 mends them."),
    ],
)
def test_the_figure_that_explains_several_findings_is_named(
    heshuo: Any, language: Language, advice: str
) -> None:
    explained = copy.deepcopy(heshuo)
    found = next(found for found in explained["findings"] if found["severity"] == "error")
    found["explained_by"] = {
        "label": "车辆",
        "printed": "1",
        "expected": "2",
        "mends": 2,
        "evidence": found["evidence"][:1],
    }
    plain, said = (next(problems_of(reading, language)).advice for reading in (heshuo, explained))
    assert said == plain + advice


def test_headers_and_advice_in_english(heshuo: Any) -> None:
    head, first, _ = written(*problems_of(heshuo, Language.EN), language=Language.EN)
    assert head[0] == "organisation"
    assert first[3:6] == ["1", "2", "-1"]
    assert first[7].startswith("First compare the reading with the page")


@pytest.mark.parametrize("printed", ["=1+1", "@SUM(A1)", "+1", "-1+cmd|' /C calc'!A0", "-"])
def test_print_is_no_formula(printed: str) -> None:
    assert written(EXPECTED[0]._replace(printed=printed))[1][3] == f"'{printed}"


@pytest.mark.parametrize("printed", ["-1", "-1,254.76", "6.08", "1 = 2"])
def test_figures_stay_as_printed(printed: str) -> None:
    assert written(EXPECTED[0]._replace(printed=printed))[1][3] == printed


def test_the_command_prints_or_writes_the_problems_of_several_files(tmp_path: Path) -> None:
    printed = run("findings", HESHUO, PINGLI)
    assert printed.exit_code == 0
    assert rows_of(printed.stdout) == [HEADERS.split(","), *map(list, EXPECTED)]
    out = tmp_path / "台账.csv"
    failed = run("findings", HESHUO, tmp_path / "absent.pdf", "--out", out)
    assert failed.exit_code == 3
    assert "absent.pdf" in failed.stderr
    assert rows_of(out.read_text(encoding="utf-8")) == [HEADERS.split(","), *map(list, EXPECTED)]


def test_the_export_holds_the_problems_of_stored_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUSUAN_DATA_DIR", str(tmp_path / "data"))
    run("ingest", HESHUO)
    printed = run("export", "--format", "findings")
    assert rows_of(printed.stdout) == [HEADERS.split(","), *map(list, EXPECTED)]
