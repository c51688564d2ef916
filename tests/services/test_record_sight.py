"""What of a record each post sees: health, custody, address and documents are rights of their own."""

import pytest

from app.domain.ids import StaffId
from app.domain.record_fields import ADULT_FIELDS, CHILD_FIELDS, Section
from app.domain.records import RecordError
from app.domain.staff import Actor, Permission, Role
from app.services.bundle import build
from app.services.export_children import children_sheet
from app.services.exporting import ListKind, without_columns
from app.services.record_cards import HISTORY_PAGE
from app.services.record_papers import PAPER_KINDS
from app.services.record_sight import PAPER_SIGHT, WITHHELD, withheld_labels
from app.store import record_papers
from tests.services.world import DAY, make_world

COURT = "法院判决书"


@pytest.fixture
def world(tmp_path):
    return make_world(tmp_path)


@pytest.fixture
def services(world):
    return build(world.database, world.clock, world.rng)


@pytest.fixture
def child(world, services):
    """A child whose father is barred, with an illness, an address and papers."""
    desk, child = world.desk, world.children["张沐阳"]
    keep = services.record_keeping
    keep.change_child(
        desk,
        child,
        {
            "chronic": "高热惊厥",
            "address": "向阳路 9 号",
            "document_number": "A123456789",
            "allergy": "has",
            "allergens": "花生",
            "allergy_told": "妈妈",
        },
    )
    father = {"name": "张国强", "relation": "爸爸", "phone": "13911110001", "barred": "1"}
    paper = {"paper_kind": COURT, "paper_number": "（2025）向民初 118 号", "paper_on": "2025-11-03"}
    keep.family.add_adult(desk, child, father | paper)
    for kind, number in (
        ("custody", "118"),
        ("vaccination", "V1"),
        ("household", "H100200"),
        ("agreement", "X9"),
    ):
        services.record_papers.keep_paper(
            desk, child, {"kind": kind, "number": number, "expires_on": "2025-12-20"}
        )
    return child


@pytest.fixture
def actors(world):
    found = {actor.role: actor for actor in (world.desk, world.teacher, world.cashier, world.director)}
    return found | {Role.HEALTH_WORKER: Actor(StaffId(1), "宋兰", Role.HEALTH_WORKER)}


SEES = {  # health, court papers, address, documents: domain §5.2
    Role.FRONT_DESK: (True, True, True, True),
    Role.TEACHER: (True, False, False, False),
    Role.HEALTH_WORKER: (True, False, True, True),
    Role.CASHIER: (False, False, False, False),
    Role.DIRECTOR: (True, True, True, True),
}


def whole(card):
    """Everything that can be read of a card."""
    said = [f"{one.spec.name}={one.shown}{one.text}" for one in card.fields]
    said += [f"{one.bar_words} {[value.shown + value.text for value in one.fields]}" for one in card.adults]
    said += [f"{one.title} {one.words} {one.texts}" for one in card.papers]
    said += [f"{one.title} {one.lines}" for one in card.history]
    said += [f"{one.words} {one.key}" for one in card.gaps]
    return "\n".join([*said, card.row.due, card.exam.words])


@pytest.mark.parametrize("role", Role)
def test_each_post_sees_what_its_work_needs(services, actors, child, role):
    card = services.records.card(actors[role], child)
    health, custody, address, documents = SEES[role]
    said = whole(card)
    assert ("高热惊厥" in said, "预防接种证" in said) == (health, health)
    assert (COURT in said, "向民初" in said, "法院文书" in said) == (custody,) * 3
    assert ("向阳路 9 号" in said) is address
    assert ("户口簿" in said, "document_number=*" in said) == (documents, documents)
    assert "服务协议" in said, "what was agreed is no secret"
    assert (Section.HEALTH in card.withheld) is not health
    assert (Section.PAPERS in card.withheld) is not (health and custody and documents)


@pytest.mark.parametrize("role", Role)
def test_what_is_missing_tells_no_illness_to_who_may_not_know(world, services, actors, child, role):
    found = {
        "vaccination": "catch_up",
        "vaccination_on": "2025-09-01",
        "exam": "unfit",
        "exam_on": "2025-09-01",
    }
    services.record_keeping.change_child(world.desk, child, found | {"diet": "牛奶不耐受"})
    gaps = {one.key: one.words for one in services.records.card(actors[role], child).gaps}
    told = {
        "vaccination": "接种证：需要补种",
        "exam": "入托体检不合格",
        "feeding_paper": "特殊喂养的书面说明",
    }
    if role is Role.CASHIER:
        assert gaps.pop("health") == "健康资料 3 项"
        assert not set(gaps) & {*told, "chronic"}
        assert "sex" in gaps or "guardian_identity" in gaps, "what is missing besides is told"
    else:
        assert gaps.items() >= told.items()


@pytest.mark.parametrize("role", Role)
def test_that_somebody_is_barred_and_an_allergy_everybody_sees(services, actors, child, role):
    card = services.records.card(actors[role], child)
    father = next(one for one in card.adults if one.name == "张国强")
    assert [chip.words for chip in father.chips] == ["禁止接走"]
    assert father.bar_words
    values = {one.spec.name: one.shown for one in card.fields}
    assert (values["allergy"], values["allergens"]) == ("有", "花生")


def test_what_is_withheld_says_so_and_not_that_it_is_empty(services, actors, child, world):
    card = services.records.card(actors[Role.TEACHER], child)
    address = next(one for one in card.fields if one.spec.name == "address")
    assert (address.shown, address.text, address.withheld) == (WITHHELD, "", True)
    other = services.records.card(actors[Role.TEACHER], world.children["周乐瑶"])
    assert next(one for one in other.fields if one.spec.name == "address").shown == WITHHELD


def test_whoever_may_not_read_the_court_paper_can_still_note_one(services, actors, child):
    """A bar must never wait for somebody else; what was typed is then read by the others."""
    nurse, family = actors[Role.HEALTH_WORKER], services.record_keeping.family
    father = next(one for one in services.records.card(nurse, child).adults if one.name == "张国强")
    assert {one.shown for one in father.fields if one.spec.name == "paper_number"} == {WITHHELD}
    family.change_adult(nurse, child, father.adult, {"relation": "父亲"})
    bars = record_papers.list_barrings(services.records._database, child)
    assert bars[father.adult].paper_number == "（2025）向民初 118 号", "what was not shown stays"
    family.change_adult(nurse, child, father.adult, {"paper_kind": "人身安全保护令"})
    card = services.records.card(nurse, child)
    assert "人身安全保护令" not in whole(card)
    assert any(WITHHELD in line for row in card.history for line in row.lines)


def test_a_paper_that_is_not_shown_is_neither_replaced_nor_removed(services, actors, child):
    nurse = actors[Role.HEALTH_WORKER]
    custody = next(
        one for one in record_papers.list_papers(services.records._database, child) if one.kind == "custody"
    )
    for act in (
        lambda: services.record_papers.end_paper(nurse, child, custody.id),
        lambda: services.record_papers.keep_paper(nurse, child, {"kind": "custody"}, custody.id),
    ):
        with pytest.raises(RecordError, match="按岗位不显示"):
            act()


def test_the_list_and_the_reminders_do_not_tell_of_a_court_paper(services, actors, child, world):
    desk, nurse = world.desk, actors[Role.HEALTH_WORKER]
    services.record_papers.keep_paper(desk, child, {"kind": "custody", "expires_on": "2025-12-10"})
    due = {
        actor.role: next(one.due for one in services.records.rows(actor) if one.child == child)
        for actor in (desk, nurse, actors[Role.TEACHER])
    }
    assert due[Role.FRONT_DESK].startswith("监护 / 法院文书")
    assert due[Role.HEALTH_WORKER] == due[Role.TEACHER] == ""
    assert "监护 / 法院文书" in {one.kind for one in services.record_papers.expiring(desk)}
    assert {one.kind for one in services.record_papers.expiring(nurse)} == {
        "预防接种证",
        "户口簿",
        "服务协议",
    }
    assert {one.kind for one in services.record_papers.expiring(actors[Role.CASHIER])} == {"服务协议"}


def test_the_history_is_for_those_who_keep_the_records_and_can_be_read_to_its_end(
    services, actors, child, world
):
    for at in range(HISTORY_PAGE + 5):
        services.record_keeping.change_child(world.desk, child, {"soothing": f"唱歌 {at}"})
    card = services.records.card(world.desk, child)
    assert len(card.history) == HISTORY_PAGE
    assert card.older > 5
    rows, older = services.records.history(world.desk, child, HISTORY_PAGE + card.older)
    assert (len(rows), older) == (HISTORY_PAGE + card.older, 0)
    assert rows[:HISTORY_PAGE] == card.history
    assert any("118" in line for row in rows for line in row.lines)
    rows, _ = services.records.history(actors[Role.HEALTH_WORKER], child, 1_000)
    assert not any("118" in line for row in rows for line in row.lines)
    for role in (Role.TEACHER, Role.CASHIER):
        withheld = services.records.card(actors[role], child)
        assert (withheld.history, withheld.older, Section.HISTORY in withheld.withheld) == ((), 0, True)
        with pytest.raises(Exception, match="没有这项权限"):
            services.records.history(actors[role], child, 60)


def test_a_table_of_the_children_has_no_column_that_is_not_for_whoever_takes_it(
    services, actors, world, child
):
    sheet = children_sheet(world.database, DAY, whole=True)
    assert {"身份证号", "过敏", "住址", "既往病史"} <= {one.title for one in sheet.columns}
    kept = without_columns(sheet, withheld_labels(actors[Role.CASHIER]))
    titles = {one.title for one in kept.columns}
    assert not {"身份证号", "证件种类", "住址", "既往病史", "饮食要求"} & titles
    assert {"姓名", "班级", "过敏", "家长1电话", "家长单位"} <= titles
    assert all(len(row) == len(kept.columns) for row in kept.rows)
    assert not any("高热惊厥" in str(cell) for row in kept.rows for cell in row)
    done = services.exporting.export(actors[Role.CASHIER], ListKind.CHILDREN, "csv").value
    assert "高热惊厥" not in done.data.decode("utf-8-sig")
    assert "高热惊厥" in services.exporting.export(world.desk, ListKind.CHILDREN, "csv").value.data.decode(
        "utf-8-sig"
    )


def test_every_kind_of_paper_and_every_field_has_its_right():
    assert set(PAPER_SIGHT) <= {kind for kind, _ in PAPER_KINDS}
    secret = {spec.name for spec in (*CHILD_FIELDS, *ADULT_FIELDS) if spec.secret}
    open_to_all = {spec.name for spec in (*CHILD_FIELDS, *ADULT_FIELDS) if spec.sight is Permission.READ}
    assert not secret & open_to_all


def test_a_number_is_unmasked_only_by_whom_it_is_shown_to(services, world, child):
    assert services.record_keeping.unmask(world.desk, "child", child, "document_number").value == "A123456789"
