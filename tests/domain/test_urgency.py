"""What asks for a doctor is sent to one, by the table; the rest is watched at home, and none diagnosed."""

import contextlib
import dataclasses
import re
import sqlite3
from re import _parser

import pytest
from hypothesis import given

from app.domain.dayfacts import HEED, CheckFact, DayFacts
from app.domain.doorwords import door_sentences
from app.domain.logbook import EntryDraft, EntryKind
from app.domain.prose import compose
from app.domain.urgency import asks_for_doctor, heed_of, is_grave
from app.store import tables
from tests.domain import danger_words
from tests.domain.day import at, facts
from tests.domain.teachers_words import GOOD

NOW, SOON = "请马上就医", "请尽快就医"


def day(*entries, months=9, **parts):
    return DayFacts("予晴", "f", at(8), entries=entries, months=months, urgent=tables.urgent(), **parts)


def stool(hour=9, **parts):
    return EntryDraft(EntryKind.TOILET, at(hour), detail="stool", **parts)


def fever(tenths):
    return EntryDraft(EntryKind.TEMPERATURE, at(14), tenths=tenths)


def food(quality, note=""):
    return EntryDraft(EntryKind.FOOD, at(9), text="花生酱", quality=quality, note=note, grade=2)


def look(note):
    return EntryDraft(EntryKind.SLEEP_CHECK, at(12, 30), detail="belly", quality="concern", note=note)


def remark(text):
    return EntryDraft(EntryKind.NOTE, at(10), detail="remark", text=text)


SLEEP = EntryDraft(EntryKind.SLEEP, at(12), until=at(13))


@pytest.mark.parametrize(
    ("entries", "heed"),
    [
        ((stool(quality="soft", colour="red"),), SOON),
        ((stool(quality="soft", colour="pale"),), SOON),
        ((stool(quality="soft", colour="black"),), SOON),
        ((stool(quality="soft", note="带血丝"),), SOON),
        ((stool(quality="watery"),), HEED),
        ((stool(quality="watery"), stool(10, quality="watery")), HEED),
        (tuple(stool(9 + n, quality="watery") for n in range(3)), SOON),
        ((stool(quality="soft", note="量少"),), HEED),
        ((food("swelling"),), SOON),
        ((food("swelling", "嘴唇肿，喘"),), NOW),
        ((food("rash", "呼吸有点困难"),), NOW),
        ((food("rash", "嘴边发红"),), HEED),
        ((food("rash", "全身风团"),), SOON),
        ((SLEEP, look("出汗多，已擦干")), SOON),
        ((SLEEP, look("口唇发青，叫醒后哭")), NOW),
        ((remark("抽搐了两分钟"),), NOW),
        ((remark("没有抽搐，流鼻涕"),), HEED),
        ((remark("吃完吐血丝"),), SOON),
        ((fever(405),), SOON),
        ((fever(390),), SOON),
        ((fever(385),), "请在家继续测量"),
    ],
)
def test_what_a_family_is_asked_to_do(entries, heed):
    facts_of = day(*entries)
    text = compose(facts_of)
    assert text.notice.endswith(f"，{heed}。")
    assert door_sentences(facts_of, text)[0] == f"请留意：{text.notice}"


@pytest.mark.parametrize(
    "told",
    [
        "误吞了纽扣电池", "吞了一颗磁力珠", "误服了消毒液两口", "脸色苍白没精神", "嘴唇发白", "叫了半天才醒",
        "两眼发直，手脚抖动", "摔下来头着地，后来吐了两次", "头撞桌角起了大包，一直想睡", "喉咙里有哮鸣音",
        "呼吸暂停了一会儿", "被花生呛到脸憋红，拍出来了", "全身起风团，喘", "昏昏沉沉叫不应", "突然失去意识",
        "癫痫发作了一次", "浑身发软站不住", "触电了一下", "脖子硬抱不动", "身上出紫色的点点压不退",
    ],
)  # fmt: skip
def test_a_remark_of_danger_sends_to_a_doctor_at_once(told):
    assert compose(day(remark(told))).notice == f"10:00 {told}，{NOW}。"


@pytest.mark.parametrize(
    "told",
    [
        "拉了带血的大便", "大便像果酱", "体温39度5", "烧到三十九度", "手臂变形疑似骨折", "烫伤了一片起水泡",
        "被狗咬了一口", "没精神，不肯喝奶", "8小时没有小便", "把小珠子塞进鼻子", "喝了洗手液", "吐绿色的水",
    ],
)  # fmt: skip
def test_a_remark_of_what_cannot_wait_long_sends_to_a_doctor_soon(told):
    assert compose(day(remark(told))).notice == f"10:00 {told}，{SOON}。"


@pytest.mark.parametrize(
    "told",
    [
        "喝水呛到了一下", "头磕了一下，没有吐，精神好", "中午吃了药", "头碰到桌子起了包，精神很好",
        "小珠子穿线", "今天和小狗玩", "给娃娃喂药", "浑身软软的好舒服抱着睡", "没有呼吸困难",
        "大便正常没有血", "积木掉进水里", "睡得沉叫了才醒", "消毒液洗手", "体温38度5",
    ],
)  # fmt: skip
def test_a_remark_of_an_ordinary_day_sends_to_no_doctor(told):
    assert "就医" not in compose(day(remark(told))).notice


@pytest.mark.parametrize(
    "told",
    [
        "早餐的馒头、包子和吐司都吃了", "听老师讲小狗咬骨头的故事", "玩小猫抓老鼠", "叫她不答应，专心搭积木",
        "玩具鸭掉进水池，捞起来了", "小脚丫触电般地跳",
        "木头人游戏：四肢僵住不动", "头上顶着沙包走，笑到犯困",
        "脸上抹了发白的颜料", "浑身发软糖味", "给娃娃喂药，假装咽了药",
        "扮睡美人昏过去了", "画了青蛙，嘴唇涂成紫色",
        "碰碰车撞头灯玩得开心，吐舌头", "石头磕在地上，小鱼吐泡泡", "过家家给宝宝打针吞药片", "喝了84毫升奶",
        "抽了两张纸巾", "面条夹断了", "手指饼干断了", "天热抽了凉席", "手一直抖沙锤", "肉卡住牙",
        "屏住不呼吸", "没有反应过来", "没有呼吸道症状",
        "紫斑马玩具", "头磕了一下，没哭，没吐", "嘴唇没有肿",
    ],
)  # fmt: skip
def test_food_stories_and_play_send_to_no_doctor(told):
    assert "就医" not in compose(day(remark(told))).notice


@pytest.mark.parametrize(
    "told",
    [
        "流血不止", "血止不住", "喘得厉害", "不喘气了", "嘴巴发紫",
        "脸憋紫", "卡住喉咙", "花生卡在喉咙", "果冻卡住",
        "抽了两分钟", "抽筋一次", "手被夹断了", "发高烧抽了", "手脚一直抖",
        "手指夹断", "皮下出血", "紫斑", "把纽扣电池吃了",
        "怎么叫都没反应", "没了呼吸", "不呼吸",
        "喝了一口84", "吃了奶奶的药", "头磕了一下，没哭，后来吐了两次",
        "从滑梯摔下来，没出血，一直想睡", "讲故事的时候抽搐了", "捡玩具时掉进水池", "头撞到石头，吐了",
        "吃包子卡住喉咙", "叫她不应", "叫她不答应，翻白眼", "玩木头人，突然四肢僵硬", "玩扮家家，吞了珠子",
        "扮演时晕倒", "木头人游戏时四肢僵硬",
    ],
)  # fmt: skip
def test_the_next_words_for_a_danger_send_to_a_doctor_at_once(told):
    assert compose(day(remark(told))).notice == f"10:00 {told}，{NOW}。"


@pytest.mark.parametrize(
    ("told", "heed"),
    [
        ("没反应了", NOW), ("怎么弄都没反应", NOW), ("没能叫醒", NOW), ("没办法叫醒", NOW), ("不再呼吸", NOW),
        ("没有尿，十个小时了", SOON), ("血没有止住", NOW), ("止血没用，血一直流", NOW),
        ("假装吃药把一瓶药都喝了", NOW), ("假装吃药喝了半瓶药", NOW), ("奶奶喝药时予晴抢过去喝了半瓶药", NOW),
        ("妈妈摔倒时予晴头着地后吐了", NOW), ("老师摔倒砸到予晴的头，吐了一次", NOW),
        ("奶奶烫粥时泼到身上烫掉一层皮", SOON), ("奶奶烫粥时泼到予晴身上烫掉一层皮", SOON),
        ("哭得上气不接下气", NOW), ("哭得上气不接下气，嘴唇发紫，后来好了", NOW),
        ("哭得喘不上气，脸青，抱抱好了", NOW),
        ("装睡，后来真的叫不醒", NOW), ("手脚一直抖动，叫不应", NOW), ("跳舞时手脚一直抖动", NOW),
        ("哭得喘不上气，好了一会儿又抽搐", NOW), ("哭得喘不上气，十分钟好了又喘不上气", NOW),
        ("捉迷藏撞到头后眼睛看不见了", SOON), ("玩捉迷藏，眼睛看不见了", SOON),
    ],
)  # fmt: skip
def test_a_danger_of_hers_is_heard_beside_a_game_or_somebody_elses(told, heed):
    assert compose(day(remark(told))).notice == f"10:00 {told}，{heed}。"


@pytest.mark.parametrize(
    ("told", "heed"),
    [
        ("躲猫猫时摔下来，说看不见", SOON), ("头撞到柜子，一会儿看不清", SOON),
        ("嘴唇没有发紫，现在发紫了", NOW), ("脸色没有发白，后来又发白了", NOW),
        ("没有摔倒，头部受伤，吐了", NOW), ("没有摔倒、头磕了桌角，吐了两次", NOW),
        ("小熊玩偶的眼睛掉了被她吞了", NOW), ("小熊玩偶的眼珠被她吞了", NOW), ("珠链扯断了被予晴吞下去", NOW),
        ("没有吐、没有拉、抽了一下过去了", NOW), ("午睡时抽了几下，过去了", NOW),
        ("从床上滚下，没哭，一直睡", NOW), ("摔下来，头着地，没哭，一直在睡", NOW),
        ("头撞到墙，走路不稳", NOW), ("脸一下子白了，出冷汗", NOW), ("胸口凹下去", NOW), ("全身发白", NOW),
        ("纽扣不见了，可能吞了", NOW), ("眼睛往上吊", NOW), ("吃完鸡蛋全身起疙瘩，喘", NOW), ("突然倒地",
        NOW),
        ("说不出话，脸憋红", NOW), ("哭声很弱", NOW), ("哭声尖细", NOW), ("差点淹了", NOW), ("触了电",
        NOW),
        ("打翻热水烫到胸口", SOON), ("开水泼到腿上起了泡", SOON), ("耳朵流血", SOON), ("尿是酱油色", SOON),
        ("大便像沥青", SOON), ("头痛得厉害，吐", SOON), ("肚子硬，一碰就哭", SOON), ("呼吸急", SOON),
        ("发烧，叫了好久才醒", NOW), ("叫了很久才醒，没精神", NOW), ("摔了一跤，午睡叫了好几遍才醒", NOW),
    ],
)  # fmt: skip
def test_a_danger_is_heard_behind_a_denial_in_a_toy_and_after_a_fall(told, heed):
    assert compose(day(remark(told))).notice == f"10:00 {told}，{heed}。"


@pytest.mark.parametrize(
    "told",
    [
        "叫了好久才醒", "午睡睡得香，叫了很久才醒", "早上叫了好几遍才醒，起床后精神好",
        "叫了好几声才应，专心搭积木",
        "没有口唇青紫", "没有摔倒，没有吐", "球滚到沙发下面看不见了", "玩具车摔下来，滚到柜子后面看不见了",
        "哭得一抽一抽，抽了几下就好了", "抽了一下纸巾", "从垫子上滚下来玩，午睡一直睡到两点",
        "小熊玩偶的眼睛掉了",
        "红豆沙吃得嘴唇紫紫的", "吃桑葚嘴巴发紫，擦干净了", "热水倒进杯子里晾着", "把小车埋进沙里淹了",
        "哭声弱下来睡着了", "饭含了好久，好像咽下去了", "看到毛毛虫尖叫着哭个不停", "突然倒地装睡，笑了",
        "运动后呼吸急，歇歇就好", "沙堡被水淹了", "摔跤时看着台阶", "冷得起鸡皮疙瘩", "说头疼，吐舌头",
        "打翻热水，没烫到",
        "跑完呼吸急了一会儿", "好像吞吞吐吐", "耳朵红红的", "积木突然倒下来", "嘴边没红",
        "身上没起疹",
        "从滑梯上滚下来，一直睡不着", "嘴唇没有发紫，现在红润", "小兔玩偶和她一起吃饭",
    ],
)  # fmt: skip
def test_what_a_usual_nap_and_a_lost_toy_are_told_by_sends_to_no_doctor(told):
    assert not is_grave(day(), told)
    assert "就医" not in compose(day(remark(told))).notice


@pytest.mark.parametrize(
    "told",
    [
        "妈妈摔倒骨折了", "捉迷藏蒙着眼睛看不见", "躲猫猫躲得看不见", "假装吃药", "假装把药片吞了",
        "哭得很伤心，喘不上气，抱了五分钟平静", "哭得上气不接下气，妈妈走后十分钟好了",
        "装睡，叫不醒，一挠就笑",
        "手脚一直抖动跟着音乐跳舞", "没有反应过来", "叫了好几声没反应了，专心搭积木",
        "没叫醒她，让她多睡会儿", "没尿裤子，8小时换了一次",
    ],
)  # fmt: skip
def test_what_is_played_or_somebody_elses_still_sends_to_no_doctor(told):
    assert "就医" not in compose(day(remark(told))).notice


@pytest.mark.parametrize(
    "told",
    ["嘴唇肿", "脸肿嘴肿", "拉血", "尿血", "腿不能动", "玩小猫被猫抓了", "被小狗咬了一口", "小猫抓破了手"],
)
def test_the_next_words_for_what_cannot_wait_long_send_to_a_doctor_soon(told):
    assert compose(day(remark(told))).notice == f"10:00 {told}，{SOON}。"


@pytest.mark.parametrize(
    "facts_of",
    [
        day(remark("没精神、呼吸困难")),
        day(SLEEP, look("叫了没动、口唇发青")),
        day(food("rash", "没吃两口、呼吸困难")),
        day(checks=(CheckFact("noon", at(13), 368, "abnormal", "没精神、嘴唇发紫"),)),
    ],
)
def test_a_second_finding_behind_a_denied_one_is_no_denial_wherever_it_stands(facts_of):
    assert compose(facts_of).notice.endswith(f"，{NOW}。")


@pytest.mark.parametrize(
    ("told", "heed"),
    [(one, NOW) for words in danger_words.NOW.values() for one in words]
    + [(one, SOON) for words in danger_words.SOON.values() for one in words]
    + [(one, NOW) for one in danger_words.HERS],
)
def test_every_field_of_danger_is_heard_in_spoken_words(told, heed):
    assert compose(day(remark(told))).notice == f"10:00 {told}，{heed}。"
    assert (
        compose(day(EntryDraft(EntryKind.NOTE, at(9), detail="notice", text=told))).notice
        == f"{told}，{heed}。"
    )


@pytest.mark.parametrize("told", [*danger_words.EVERYDAY, *danger_words.OTHERS, *GOOD])
def test_an_ordinary_day_and_somebody_elses_ill_send_to_no_doctor(told):
    assert not is_grave(day(), told)
    assert "就医" not in compose(day(remark(told))).notice


def test_three_months_of_the_practice_centre_raise_no_false_alarm(practice_file):
    with contextlib.closing(sqlite3.connect(practice_file)) as file:
        rows = file.execute(
            "select text from log_entry union select note from log_entry union select reason from log_entry"
            " union select note from health_check"
        ).fetchall()
    texts = {text for (text,) in rows}
    assert len(texts) > 50
    assert {text for text in texts if is_grave(day(), text)} == {"额头烫、精神差；已复测并通知家长"}


def test_whatever_the_words_of_a_sign_fit_holds_one_of_its_letters():
    for sign in tables.urgent():
        assert not sign.words or holds_one(_parser.parse(sign.words), {ord(one) for one in sign.letters})


def holds_one(parts, letters):
    """Whether no text fits the parts of a regular expression without one of the letters."""
    for kind, told in parts:
        match str(kind):
            case "LITERAL":
                found = told in letters
            case "IN":
                found = all(str(one) == "LITERAL" and letter in letters for one, letter in told)
            case "MAX_REPEAT":
                found = told[0] > 0 and holds_one(told[2], letters)
            case "SUBPATTERN":
                found = holds_one(told[3], letters)
            case "BRANCH":
                found = all(holds_one(one, letters) for one in told[1])
            case _:
                found = False
        if found:
            return True
    return False


def test_a_fever_before_the_third_month_is_seen_at_once():
    assert compose(day(fever(381), months=2)).notice == f"14:00 体温 38.1℃，{NOW}。"
    assert compose(day(fever(381), months=3)).notice.endswith("请在家继续测量。")
    assert compose(day(fever(381), months=None)).notice.endswith("请在家继续测量。")


def test_what_asks_for_a_doctor_stands_first():
    notice = compose(
        day(
            remark("流鼻涕"),
            EntryDraft(EntryKind.NOTE, at(9), detail="notice", text="明天带雨鞋"),
            stool(13, quality="soft", colour="red"),
            checks=(CheckFact("day", at(15), None, "abnormal", "脸色发青"),),
        )
    ).notice
    assert notice == (
        "13:00 大便带血，请尽快就医；全日观察异常：脸色发青，请马上就医；明天带雨鞋；"
        "10:00 流鼻涕，请在家继续留意。"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("今天抽搐了一次", "今天抽搐了一次，请马上就医。"),
        ("今天抽搐了一次，妈妈已带去医院", "今天抽搐了一次，妈妈已带去医院。"),
        ("今天抽搐了一次，没去医院", "今天抽搐了一次，没去医院，请马上就医。"),
        ("没发烧、抽搐了两分钟", "没发烧、抽搐了两分钟，请马上就医。"),
        ("没精神、嘴唇发紫", "没精神、嘴唇发紫，请马上就医。"),
        ("没有发烧、咳嗽、抽搐", "没有发烧、咳嗽、抽搐。"),
        ("明天带雨鞋", "明天带雨鞋。"),
    ],
)
def test_her_own_words_to_the_family_are_given_the_sentence_they_lack(text, said):
    assert compose(day(EntryDraft(EntryKind.NOTE, at(9), detail="notice", text=text))).notice == said


def test_every_line_of_the_table_has_a_source_and_fits_something():
    rows = tables.read("urgent.toml")["sign"]
    assert all(row["source"].strip() for row in rows)
    assert all(row.get("what") or row.get("words") for row in rows)
    for sign in tables.urgent():
        assert sign.heed in {NOW, SOON}
        re.compile(sign.words)
    whole = "".join(row["source"] for row in rows) + NOW + SOON
    assert not re.search(r"可能是|疑似|诊断为", whole), "what it may be is for a doctor to say"


def test_without_a_table_everything_is_watched_at_home():
    bare = DayFacts("予晴", "f", at(8))
    assert heed_of(bare, "抽搐", "stool.red") == HEED
    assert not asks_for_doctor(bare, "抽搐，请马上就医")


@given(facts)
def test_nothing_grave_is_left_to_be_watched_at_home(drawn):
    notice = compose(dataclasses.replace(drawn, urgent=tables.urgent())).notice
    for piece in re.split("[；。]", notice):
        if re.search("带血|黑色|灰白|巡视发现异常|吃.*后出现红肿|抽搐了|唇发青", piece):
            assert HEED not in piece
        heat = re.search(r"体温 (\d+)\.(\d)℃", piece)
        if heat and int(heat[1]) * 10 + int(heat[2]) >= 390:
            assert piece.endswith(SOON)
    hot = [one.tenths for one in drawn.of(EntryKind.TEMPERATURE) if one.tenths and one.tenths >= 390]
    assert not hot or SOON in notice
    assert sum(one.quality == "watery" for one in drawn.of(EntryKind.TOILET)) < 3 or SOON in notice
