"""The rules of the page 规则, in its order, each once."""

from app.domain.rules import read_value, words_of
from app.store import health_rules, rule_table, tables


def test_the_centre_s_own_rules_come_first_and_those_of_illnesses_after_them():
    names = [one.name for one in rule_table.rule_specs()]
    ill = [name.startswith(health_rules.PREFIX) for name in names]
    assert ill == sorted(ill)
    assert names[: ill.index(True)] == [row["name"] for row in tables.read("settings.toml")["rule"]]
    assert len(set(names)) == len(names)


def test_each_rule_reads_again_what_it_says_of_its_bounds():
    numbers = [one for one in rule_table.rule_specs() if one.kind == "count"]
    assert numbers
    for spec in numbers:
        for bound in (spec.least, spec.most):
            assert read_value(spec, str(bound)) == str(bound), spec.name
            assert words_of(spec, str(bound)), spec.name


def test_a_rule_without_source_or_note_is_the_centre_s_own_affair(monkeypatch):
    row = {
        "name": "x", "label": "甲", "group": "乙", "kind": "count", "unit": "个", "least": 1, "most": 2,
    }  # fmt: skip
    monkeypatch.setattr(tables, "read", lambda _name: {"rule": [row, {**row, "note": "说明"}]})
    first, second, *_ = rule_table.rule_specs.__wrapped__()
    assert (first.source, first.note, second.note) == ("", "", "说明")
