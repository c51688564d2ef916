"""A centre's own list comes in: every kind of bad row, all or nothing, and the way back."""

import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.identity import check_character
from app.domain.staff import NotPermittedError
from app.services.arrivals import CheckIn
from app.services.bundle import build
from app.services.exporting import ListKind
from app.services.illness import CaseCard
from app.services.import_files import FileError, read_file
from app.services.importing import ImportRefusedError
from app.store import audit, imports
from tests.services.world import make_world

HEAD = ("姓名", "小名", "性别", "出生日期", "身份证号", "班级", "托育方式", "半天", "入托日期", "过敏",
        "家长1姓名", "家长1关系", "家长1电话",
        "家长2姓名", "家长2电话", "紧急联系人", "可接人", "备注")  # fmt: skip
GOOD = {
    "姓名": "李小满",
    "性别": "女",
    "出生日期": "2023-08-19",
    "家长1姓名": "李父",
    "家长1电话": "13800006021",
}


def number(first_17):
    return first_17 + check_character(first_17)


GIRL = number("11010520230819002")
# What is changed in a good row, and the code of the problem and the field that must be told.
BAD = [
    ({"姓名": ""}, "name_missing", "name"),
    ({"姓名": "12345"}, "name_number", "name"),
    ({"姓名": "李" * 51}, "name_long", "name"),
    ({"姓名": "李\ue123"}, "name_private_use", "name"),
    ({"姓名": "李\u202e小"}, "name_invisible", "name"),
    ({"姓名": "@SUM(A1)"}, "name_code", "name"),
    ({"小名": "长" * 21}, "nickname_long", "nickname"),
    ({"性别": "不知道"}, "sex_unknown", "sex"),
    ({"性别": "男", "身份证号": GIRL}, "sex_disagrees", "sex"),
    ({"出生日期": ""}, "birth_missing", "born_on"),
    ({"出生日期": "去年夏天"}, "birth_unreadable", "born_on"),
    ({"出生日期": "2023-02-30"}, "birth_impossible", "born_on"),
    ({"出生日期": "2026-01-01"}, "birth_future", "born_on"),
    ({"出生日期": "2015-01-01"}, "birth_too_old", "born_on"),
    ({"出生日期": "农历八月初三"}, "birth_lunar", "born_on"),
    ({"出生日期": "03/04/2023"}, "birth_day_first", "born_on"),
    ({"出生日期": "2023年8月"}, "birth_no_day", "born_on"),
    ({"出生日期": 12}, "birth_number", "born_on"),
    ({"出生日期": "2023-08-20", "身份证号": GIRL}, "birth_disagrees", "born_on"),
    ({"身份证号": 110105202308190020}, "id_as_number", "document"),
    ({"身份证号": "1.10105E+17"}, "id_as_number", "document"),
    ({"身份证号": "110105230819002"}, "id_old", "document"),
    ({"身份证号": "1101052023"}, "id_length", "document"),
    ({"身份证号": GIRL[:17] + ("1" if GIRL[17] != "1" else "2")}, "id_check_digit", "document"),
    ({"身份证号": "1101052023081900AB"}, "id_characters", "document"),
    ({"身份证号": number("11010520230231002")}, "id_birth", "document"),
    ({"班级": "不存在班"}, "class_unknown", "class"),
    ({"托育方式": "住宿"}, "mode_unknown", "mode"),
    ({"托育方式": "半日托"}, "half_missing", "half"),
    ({"托育方式": "半日托", "半天": "晚上"}, "half_unknown", "half"),
    ({"托育方式": "全日托", "半天": "上午"}, "half_without_mode", "half"),
    ({"入托日期": "2023-13-01"}, "start_impossible", "starts_on"),
    ({"入托日期": "2022-01-01"}, "start_before_birth", "starts_on"),
    ({"入托日期": "2028-01-01"}, "start_far", "starts_on"),
    ({"过敏": "虾" * 51}, "allergy_long", "allergy"),
    ({"家长1电话": "没有"}, "phone_letters", "parent1_phone"),
    ({"家长1电话": "1380000602"}, "phone_length", "parent1_phone"),
    ({"家长1电话": "2222"}, "phone_none", "parent1_phone"),
    ({"家长1电话": "1.38E+10"}, "phone_science", "parent1_phone"),
    ({"家长1姓名": "", "家长1电话": "13800006021"}, "parent_no_name", "parent1_name"),
    ({"家长1姓名": "", "家长1电话": ""}, "no_adult", "parent1_phone"),
    ({"家长1姓名": "138"}, "adult_number", "parent1_name"),
    ({"家长1姓名": "+李"}, "adult_code", "parent1_name"),
    ({"家长1姓名": "李\ue000"}, "adult_name", "parent1_name"),
    ({"家长1关系": "妈" * 21}, "relation_long", "parent1_relation"),
    ({"紧急联系人": "李 王 张"}, "emergency_unreadable", "emergency"),
    ({"紧急联系人": "李奶奶"}, "emergency_no_phone", "emergency"),
    ({"可接人": "李奶 王爷 13900001177"}, "collectors_unreadable", "collectors"),
    ({"备注": "长" * 201}, "note_long", "note"),
    ({"姓名": "=A1&B1"}, "cell_formula", "name"),
    ({"备注": "#N/A"}, "cell_error", "note"),
    ({"姓名": "张沐阳", "出生日期": "2023-06-01"}, "on_file", "name"),
]  # fmt: skip
WARNED = [
    ({"出生日期": "23.8.19"}, "birth_two_digit_year", "born_on"),
    ({"出生日期": 45157}, "birth_serial", "born_on"),
    ({"出生日期": "2025-09-01"}, "too_young", "born_on"),
    ({"出生日期": "2022-01-01"}, "too_old", "born_on"),
    ({"班级": "小星星"}, "class_age", "class"),
    ({"过敏": "不清楚"}, "allergy_unclear", "allergy"),
    ({"家长2姓名": "李母"}, "parent_no_phone", "parent2_phone"),
    ({"家长2姓名": "李母", "家长2电话": "13800006021"}, "same_phone", "parent2_phone"),
    ({"姓名": "张沐洋", "出生日期": "2023-06-01"}, "same_sound", "name"),
]  # fmt: skip


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


def workbook(*rows, change=None):
    book = openpyxl.Workbook()
    page = book.active
    page.append(HEAD)
    for row in rows:
        page.append([row.get(head) or None for head in HEAD])
    if change is not None:
        change(page)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text_table(*rows, encoding="utf-8", separator=","):
    lines = [HEAD, *([str(row.get(head, "")) for head in HEAD] for row in rows)]
    return "\r\n".join(separator.join(line) for line in lines).encode(encoding)


def look(services, world, data, name="名单.xlsx"):
    table = services.importing.read(world.desk, name, data)
    return table, services.importing.preview(world.desk, table, table.guessed)


def codes(row):
    return {(one.code, one.field) for one in row.problems}


@pytest.mark.parametrize(
    ("change", "code", "field"), BAD, ids=[f"{c}-{n}" for n, (_, c, _f) in enumerate(BAD)]
)
def test_each_kind_of_bad_row_is_told_with_its_field(services, world, change, code, field):
    _, preview = look(services, world, workbook({**GOOD, **change}))
    (row,) = preview.rows
    assert (code, field) in codes(row)
    assert row.bad
    sentence = next(one.sentence for one in row.problems if one.code == code)
    assert sentence.endswith(("。", "？"))


def test_there_are_forty_kinds_and_each_has_words_of_its_own(services, world):
    said = {}
    for change, code, _ in BAD:
        _, preview = look(services, world, workbook({**GOOD, **change}))
        said[code] = next(one.sentence for one in preview.rows[0].problems if one.code == code)
    assert len(said) >= 40
    assert len(set(said.values())) == len(said)


@pytest.mark.parametrize(("change", "code", "field"), WARNED, ids=[code for _, code, _ in WARNED])
def test_what_is_only_odd_is_told_and_let_in(services, world, change, code, field):
    _, preview = look(services, world, workbook({**GOOD, **change}))
    assert (code, field) in codes(preview.rows[0])
    assert not preview.rows[0].bad


def test_a_good_row_has_nothing_against_it(services, world):
    _, preview = look(services, world, workbook(GOOD))
    assert preview.rows[0].problems == ()
    assert preview.words == "可建 1 个孩子的档案（其中在册 0 个），没有问题。"


def test_rows_are_held_against_each_other_and_against_the_seats(services, world):
    twin = {**GOOD, "身份证号": GIRL}
    _, preview = look(services, world, workbook(twin, {**twin, "姓名": "李大满"}, {**GOOD, "班级": "抱抱龙"}))
    assert ("twice_id", "document") in codes(preview.rows[1])
    assert ("twice_name", "name") in codes(preview.rows[2])
    many = [{**GOOD, "姓名": f"李{chr(0x4E00 + n)}", "班级": "抱抱龙"} for n in range(19)]
    _, preview = look(services, world, workbook(*many))
    full = [row.number for row in preview.rows if ("class_full", "class") in codes(row)]
    assert full == [19, 20]  # two full days and an afternoon are taken of twenty


def test_a_class_under_observation_takes_nobody_new_from_a_list(services, world):
    """A list enrols as the desk does: what keeps a family out there keeps it out here."""
    services.health.illness.note(world.teacher, CaseCard(world.children["张沐阳"], "hfmd", "今天"))
    into = {**GOOD, "班级": "抱抱龙"}
    later = {**into, "姓名": "李大满", "入托日期": "2025-12-18"}
    none = {**into, "姓名": "李三满", "班级": "", "托育方式": ""}
    table, preview = look(services, world, workbook(into, later, none))
    assert [("class_observed", "class") in codes(row) for row in preview.rows] == [True, False, False]
    (said,) = [one.sentence for one in preview.rows[0].problems if one.code == "class_observed"]
    assert "抱抱龙班因手足口病在医学观察，到 12月17日" in said
    with pytest.raises(ImportRefusedError):
        services.importing.run(world.desk, table, table.guessed)
    assert services.desk.find(world.desk, GOOD["姓名"]) == ()


def test_merged_hidden_empty_example_and_repeated_rows(services, world):
    def change(page):
        page.merge_cells("G2:H2")
        page.row_dimensions[3].hidden = True
        page.append([])
        page.append(list(HEAD))
        page.append(["示例 王小明"])

    other = {**GOOD, "姓名": "李大满"}
    _, preview = look(services, world, workbook({**GOOD, "托育方式": "全日托"}, other, change=change))
    assert ("cell_merged", "mode") in codes(preview.rows[0])
    assert ("hidden_row", "") in codes(preview.rows[1])
    assert len(preview.rows) == 2
    assert set(preview.skipped) == {"重复的标题行 1 行", "示例行 1 行", "空行 1 行"}


def test_titles_above_the_headings_are_passed_over(services, world):
    data = ("向阳托育中心幼儿名单\n2025 年秋\n\n".encode()) + text_table(GOOD)
    table, preview = look(services, world, data, "名单.csv")
    assert table.headings[0] == "姓名"
    assert not preview.bad


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_tables_of_every_encoding_and_separator(services, world, encoding, separator):
    data = text_table({**GOOD, "姓名": "小𬱖㛃·买买提"}, encoding=encoding, separator=separator)
    _, preview = look(services, world, data, "名单.csv")
    assert preview.rows[0].name == "小𬱖㛃·买买提"
    assert not preview.bad


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xd0\xcf\x11\xe0 old",
        b"PK\x03\x04 broken",
        b"\x00\x01\x02",
        b"a,b\n1,2\n",
        "姓名,电话\n".encode(),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(services, world, data):
    with pytest.raises(FileError, match="。"):
        services.importing.read(world.desk, "x.csv", data)


def test_a_preview_writes_nothing_and_one_bad_row_keeps_all_out(services, world):
    commits = world.database.commits
    table, preview = look(services, world, workbook(GOOD, {**GOOD, "姓名": ""}))
    assert (preview.good, preview.bad) == (1, 1)
    with pytest.raises(ImportRefusedError, match="一行都没有导入"):
        services.importing.run(world.desk, table, table.guessed)
    assert world.database.commits == commits
    made = services.importing.run(world.desk, table, table.guessed, leave_out_bad=True).value
    assert made.children == 1


def test_siblings_share_a_parent_and_half_days_have_their_hours(services, world):
    half = {**GOOD, "姓名": "李大满", "班级": "抱抱龙", "托育方式": "半日托（下午）", "过敏": "鸡蛋、虾"}
    table, _ = look(services, world, workbook(GOOD, half))
    done = services.importing.run(world.desk, table, table.guessed)
    assert (done.value.children, done.value.adults, done.value.enrolments) == (2, 1, 1)
    names = {row.name for row in services.desk.board(world.desk).expected}
    assert "李大满" in names
    found = services.desk.find(world.desk, "lidaman")[0]
    assert found.allergies == ("鸡蛋", "虾")
    assert audit.first_broken_line(world.database) is None


def test_it_is_taken_back_and_may_come_again(services, world):
    data = workbook({**GOOD, "身份证号": GIRL, "班级": "抱抱龙"})
    table, _ = look(services, world, data)
    done = services.importing.run(world.desk, table, table.guessed)
    services.undo(world.desk, done.undo)
    assert services.desk.find(world.desk, "李小满") == ()
    assert "李小满" not in {row.name for row in services.desk.board(world.desk).expected}
    assert imports.find_batch(world.database, done.value.batch).undone
    with pytest.raises(ImportRefusedError, match="已经撤销"):
        services.undo(world.desk, done.undo)
    table, preview = look(services, world, data)
    assert not preview.bad
    services.importing.run(world.desk, table, table.guessed)
    assert len(services.desk.find(world.desk, "李小满")) == 1


def test_who_has_come_since_is_not_taken_back(services, world):
    table, _ = look(services, world, workbook({**GOOD, "班级": "抱抱龙"}))
    done = services.importing.run(world.desk, table, table.guessed)
    child = services.desk.find(world.desk, "李小满")[0].child
    services.arrivals.check_in(world.desk, CheckIn(child))
    with pytest.raises(ImportRefusedError, match="李小满"):
        services.undo(world.desk, done.undo)


def test_stopping_on_the_way_leaves_nothing(services, world):
    class StoppedError(Exception):
        pass

    def stop(done, _total):
        if done:
            raise StoppedError

    table, _ = look(services, world, workbook(GOOD))
    with pytest.raises(StoppedError):
        services.importing.run(world.desk, table, table.guessed, report=stop)
    assert services.importing.batches(world.desk) == ()
    assert services.desk.find(world.desk, "李小满") == ()


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.75])
@pytest.mark.parametrize("verb", ["read", "preview", "run"])
def test_reading_looking_and_writing_say_how_far_they_are_and_stop_where_told(services, world, verb, share):
    """Whatever is under way: the workbook itself, the dry run, or the writing."""

    class StoppedError(Exception):
        pass

    rows = [
        {**GOOD, "姓名": f"李{one}{two}"} for one in "一二三四五六七八九十甲乙丙" for two in "天地人山水火风"
    ]
    data = workbook(*rows)
    table = services.importing.read(world.desk, "名单.xlsx", data)
    verbs = {
        "read": lambda report: services.importing.read(world.desk, "名单.xlsx", data, report),
        "preview": lambda report: services.importing.preview(world.desk, table, table.guessed, report),
        "run": lambda report: services.importing.run(world.desk, table, table.guessed, report=report),
    }
    told = []

    def stop(done, total):
        told.append(done / total)
        if told[-1] >= share:
            raise StoppedError

    with pytest.raises(StoppedError):
        verbs[verb](stop)
    assert told == sorted(told)
    assert share <= told[-1] < share + 0.35
    assert services.importing.batches(world.desk) == ()


def test_the_mapping_is_checked_and_the_role_too(services, world):
    table, _ = look(services, world, workbook(GOOD))
    with pytest.raises(ImportRefusedError, match="哪一列是姓名"):
        services.importing.preview(world.desk, table, ("",) * len(HEAD))
    with pytest.raises(ImportRefusedError, match="同一项"):
        services.importing.preview(world.desk, table, ("name", "name"))
    with pytest.raises(NotPermittedError):
        services.importing.read(world.teacher, "x.csv", b"x")


def test_the_template_comes_back_as_an_empty_list(services, world):
    data = services.importing.template(world.desk)
    page = openpyxl.load_workbook(io.BytesIO(data)).active
    assert page["A1"].comment is not None
    assert len(page.data_validations.dataValidation) >= 3
    table, preview = look(services, world, data)
    assert preview.rows == ()
    assert all(table.guessed)


@settings(max_examples=25)  # each goes out and comes in twice through whole files
@given(
    st.lists(
        st.text("李王𬱖㛃䶮·古丽abZ '", min_size=1, max_size=12).filter(lambda t: t.strip(" ·'")),
        max_size=6, min_size=1, unique_by=lambda text: " ".join(text.split()),
    )
)  # fmt: skip
def test_what_goes_out_comes_in_equal(tmp_path_factory, names):
    from tests.services.world import make_world

    first, second = (make_world(tmp_path_factory.mktemp("w")) for _ in range(2))
    one, two = (build(w.database, w.clock, w.rng) for w in (first, second))
    rows = [{**GOOD, "姓名": name, "出生日期": f"2023-08-{at:02}"} for at, name in enumerate(names, 1)]
    table, preview = look(one, first, workbook(*rows))
    assert not preview.bad, [row.problems for row in preview.rows]
    one.importing.run(first.desk, table, table.guessed)
    for form in ("csv", "xlsx"):
        sent = one.exporting.export(first.desk, ListKind.CHILDREN, form).value
        table, preview = look(two, second, sent.data, sent.file_name)
        read = [(row.name, row.born_on, row.adults) for row in preview.rows if row.adults[0].name == "李父"]
        wanted = [(" ".join(name.split()), row["出生日期"]) for name, row in zip(names, rows, strict=True)]
        assert [(name, born.isoformat()) for name, born, _ in read] == wanted
        assert all(adults[0].phone == "13800006021" for _, _, adults in read)
    first.database.close()
    second.database.close()


def test_a_bomb_of_a_workbook_is_refused(monkeypatch):
    monkeypatch.setattr("app.services.import_files._LARGEST_UNPACKED", 10)
    with pytest.raises(FileError, match="太大"):
        read_file("x.xlsx", workbook(GOOD))


FULL = {
    "证件种类": "护照", "身份证号": "E12345678", "孩次": "2", "住址": "向阳路 8 号", "家庭类别": "本单位职工",
    "家长单位": "向阳机械厂", "意外险公司": "平安", "保单号": "PA-1", "保险到期": "2026-08-31",
    "过敏": "虾", "过敏由谁告知": "妈妈当面", "饮食要求": "不吃牛肉", "既往病史": "高热惊厥",
    "出生孕周": "39",
    "预防接种证查验": "需要补种", "查验日期": "2025-08-28", "查验人 / 单位": "向阳社区", "入托体检": "合格",
    "体检日期": "2025-08-20", "体检医院": "妇幼", "睡眠习惯": "抱着睡", "如厕怎么说": "嘘嘘",
    "安抚物": "小兔子",
    "哭了怎么哄": "抱一抱", "吃饭习惯": "会用勺", "家里说什么话": "四川话",
}  # fmt: skip


def full_list(services, world, **more):
    """A list as the template has it: every column, one row."""
    page = openpyxl.load_workbook(io.BytesIO(services.importing.template(world.desk)))
    heads = [cell.value for cell in page.active[1]]
    page.active.append([{**GOOD, **FULL, **more}.get(head) for head in heads])
    out = io.BytesIO()
    page.save(out)
    return out.getvalue(), heads


def fields_of(services, world, child):
    return {one.spec.label: one.text or one.shown for one in services.records.card(world.desk, child).fields}


def test_the_template_carries_every_field_and_they_come_in_go_out_and_come_in_again(
    services, world, tmp_path
):
    data, heads = full_list(services, world)
    assert set(FULL) <= set(heads)
    table, preview = look(services, world, data)
    assert not preview.bad, [row.problems for row in preview.rows]
    assert all(table.guessed)
    services.importing.run(world.desk, table, table.guessed)
    child = services.desk.find(world.desk, "李小满")[0].child
    first = fields_of(services, world, child)
    for spec in services.records.card(world.desk, child).fields:
        label = spec.spec.label
        if label in FULL and label != "过敏":
            assert spec.shown == FULL[label], label
    assert first["证件种类"] == "passport"
    assert first["对什么过敏"] == "虾"
    titles = [one.title for one in services.records.card(world.desk, child).history]
    assert titles[0] == "导入名单"
    sent = services.exporting.export(world.desk, ListKind.CHILDREN, "xlsx").value
    (tmp_path / "other").mkdir()
    other = make_world(tmp_path / "other")
    two = build(other.database, other.clock, other.rng)
    table, preview = look(two, other, sent.data, sent.file_name)
    good = [row for row in preview.rows if row.name == "李小满"]
    assert [row.problems for row in good] == [()]
    two.importing.run(other.desk, table, table.guessed, leave_out_bad=True)
    again = fields_of(two, other, two.desk.find(other.desk, "李小满")[0].child)
    assert again == first
    other.database.close()


def test_one_bad_field_of_the_record_keeps_the_whole_list_out(services, world):
    data, _ = full_list(services, world, 体检日期="2027-01-01")
    table, preview = look(services, world, data)
    assert [(one.code, one.field) for one in preview.rows[0].problems] == [("exam_on_refused", "exam_on")]
    before = world.database.commits
    with pytest.raises(ImportRefusedError):
        services.importing.run(world.desk, table, table.guessed)
    assert world.database.commits == before
    assert services.desk.find(world.desk, "李小满") == ()


def test_a_list_with_fields_is_taken_back_too(services, world):
    data, _ = full_list(services, world)
    table, _ = look(services, world, data)
    done = services.importing.run(world.desk, table, table.guessed)
    services.undo(world.desk, done.undo)
    assert services.desk.find(world.desk, "李小满") == ()


def adults_of(services, world, heads, row):
    data = "\n".join(("姓名,出生日期," + heads, "李小,2023-01-02," + row)).encode("utf-8-sig")
    table = services.importing.read(world.desk, "a.csv", data)
    (read,) = services.importing.preview(world.desk, table, table.guessed).rows
    told = {
        (one.name, one.relation, one.is_guardian, one.may_collect, one.is_emergency) for one in read.adults
    }
    return told, {one.code for one in read.problems}


@pytest.mark.parametrize(
    ("heads", "relation"),
    [("母亲姓名,母亲电话", "妈妈"), ("父亲姓名,父亲电话", "爸爸"), ("家长姓名,妈妈电话", "妈妈"),
     ("家长姓名,电话", "家长"), ("监护人姓名,电话", "家长")],
)  # fmt: skip
def test_the_heading_says_which_parent_it_is(services, world, heads, relation):
    told, _ = adults_of(services, world, heads, "王芳,13700001111")
    assert told == {("王芳", relation, True, True, False)}


def test_a_relation_in_the_row_goes_before_the_heading(services, world):
    told, _ = adults_of(services, world, "母亲姓名,关系,电话", "王芳,继母,13700001111")
    assert told == {("王芳", "继母", True, True, False)}


def test_a_contact_of_no_known_relation_is_called_and_neither_agrees_nor_collects(services, world):
    told, codes = adults_of(services, world, "联系人,联系电话", "王芳,13700001111")
    assert told == {("王芳", "家长", False, False, True)}
    assert codes == {"contact_only"}
    told, codes = adults_of(services, world, "联系人,关系,联系电话", "王芳,妈妈,13700001111")
    assert (told, codes) == ({("王芳", "妈妈", True, True, False)}, set())
    told, codes = adults_of(services, world, "联系人,关系,联系电话", "王芳,邻居,13700001111")
    assert told == {("王芳", "邻居", False, False, True)}
