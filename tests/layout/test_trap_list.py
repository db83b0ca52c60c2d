"""Where readers of tables are known to go wrong, and the tests that show that we do not.

A trap that is found goes into this list with its test. The list is tested, so that no test is renamed or lost
in silence.
"""

from importlib import import_module

import pytest

TRAPS = {
    "decimals, minus, 、 and 一, low in their line": "traps.decimals_and_low_characters_stay_in_their_words",
    "merged headers": "grid.a_merged_cell_has_its_spans",
    "headers of four levels": "traps.a_header_of_four_levels",
    "a table goes on, its header not repeated": "tables.a_table_goes_on_where_its_header_is_not_repeated",
    "a table goes on under its header again": "tables.a_table_goes_on_under_its_repeated_title_and_header",
    "a blank strip as a continuation": "tables.a_blank_strip_is_a_part",
    "blank rows inside": "traps.blank_rows_are_kept",
    "landscape pages": "traps.a_landscape_page",
    "/Rotate 90, 180, 270": "read.a_turned_page_reads_as_it_is_displayed",
    "content that lies on its side": "sideways.a_table_that_lies_on_its_side",
    "a label wrapped in its cell": "grid.a_label_wrapped_in_its_cell_is_one_text",
    "an outer side missing": "traps.an_outer_side_that_is_not_drawn",
    "all outer sides missing": "sides.no_outer_rules_at_all",
    "a header row with no rule above": "sides.a_merged_header_row_over_which_no_rule_is_drawn",
    "stroked rectangles for cells": "traps.cells_drawn_as_stroked_rectangles",
    "dashed rules": "traps.dashed_rules",
    "dotted rules": "traps.rules_made_of_dots",
    "double rules": "traps.double_rules_are_one",
    "all rules in one path": "traps.all_rules_in_one_path",
    "rules with corners": "traps.rules_of_several_strokes_in_one",
    "white rules": "traps.white_rules_count",
    "a word over a rule": "grid.a_word_over_a_wall_is_cut_between_its_characters",
    "a word over a rule of a turned page": "traps.a_word_over_a_wall_of_a_turned_page",
    "a bracket over a rule": "grid.what_closes_stays_with_what_stands_before_it",
    "a line that a low cell hides": "grid.a_line_that_a_low_cell_hides_is_none_of_the_cell_below",
    "a rule missing under a header cell": "missing_rules.a_rule_missing_under_a_header_cell_is_told",
    "a rule missing between amounts": "missing_rules.a_rule_missing_between_amounts_is_told",
    "cells only by their fill": "traps.cells_that_only_their_fill_shows",
    "a header only by its fill": "bands.a_header_of_filled_cells",
    "no rules down": "unruled_forms.a_table_with_rules_across_only_is_read_with_low_trust",
    "three lines": "unruled_forms.a_three_line_table_is_read_with_low_trust",
    "no rules": "unruled_forms.a_table_without_rules_is_read_with_low_trust",
    "a row cut by the page": "tables.a_row_that_the_page_end_cuts",
    "a total alone on the next page": "tables.a_total_stands_alone_on_the_next_page",
    "a row alone, few of its rules drawn": "sides.a_row_alone_on_the_next_page_with_few_of_its_outer_rules",
    "a row after the last rule": "sides.a_row_without_rules_below_its_table_is_told",
    "borders as thick as a column": "sides.a_border_as_thick_as_a_narrow_column_is_one_rule",
    "cells set apart": "sides.cells_set_apart_have_no_columns_between_them",
    "other tables with the same columns": "tables.the_same_columns_under_another_title_are_another_table",
    "the same without a title": "tables.another_header_begins_another_table_without_a_title",
    "a running header above": "tables.a_running_header_does_not_part_a_table",
    "several tables on a page": "traps.two_tables_side_by_side",
    "a table beside narrative": "traps.a_table_beside_narrative",
    "a table in a cell": "traps.a_table_in_a_cell_keeps_its_words",
    "a million objects": "bad_input.a_page_of_a_million_drawn_objects_is_read_for_its_words",
    "a million objects in a form": "bad_input.a_million_objects_may_stand_in_a_form_that_the_page_shows",
    "5,000 rows": "bad_input.a_table_of_5000_rows",
    "tables over one another": "bad_input.two_tables_over_one_another_keep_their_words_once",
    "cells without size": "bad_input.cells_without_size",
    "a tree of structure that does not fit": "bad_input.a_tree_of_structure_that_does_not_fit_its_pages",
    "a font that says no characters": "bad_input.text_whose_font_says_no_characters_is_a_fault",
}


@pytest.mark.parametrize(("trap", "test"), TRAPS.items(), ids=TRAPS.values())
def test_every_trap_has_its_test(trap: str, test: str) -> None:
    module, name = test.split(".")
    assert callable(getattr(import_module(f"tests.layout.test_{module}"), f"test_{name}")), trap
