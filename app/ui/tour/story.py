"""The story of 2025-12-03: 朱予晴 comes at 09:10 for half a day and is fetched at 14:00 with one paper."""

import contextlib
import json
import re
import sys
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QApplication

from app.domain.errors import SpokenError
from app.ui.application import Application
from app.ui.print_store import write_whole
from app.ui.tour.player import Player, TourError

# What the tour leaves, and how the name of the printed paper begins.
PAPERS = {
    "agreement.pdf": "临时托育服务协议",
    "pickup_slip.pdf": "接送凭条",
    "pickup_report.pdf": "离园交接报告",
    "receipt.pdf": "收款收据",
    "monthly_summary.pdf": "月报",
}
_OPENING = 60.0  # seconds; a machine with much else to do reads the program slowly
_CHILD, _CLASS = "朱予晴", "抱抱龙"
_TEACHER, _DESK, _DIRECTOR = "许静", "林晓", "周敏"


class Hands(Protocol):
    """A clock that the story can set."""

    def set(self, hour: int, minute: int = 0) -> None:
        """Put the hands to a time of the same day."""


def play(application: Application, clock: Hands, out: Path) -> str:
    """Play everything and return what was done in a sentence.

    Raises:
        TourError: the window did not do what the story says.
        SpokenError: the surroundings do not let it: no room, no right to write. Its sentence says what to do.
    """
    out.mkdir(parents=True, exist_ok=True)
    clear_old(out)
    QApplication.setCursorFlashTime(0)  # a blinking cursor would draw for ever
    window = application.window
    window.resize(1366, 768)
    failures: list[BaseException] = []
    application.messages.crashed.connect(failures.append)
    application.messages.suffered.connect(failures.append)
    sys.excepthook = lambda _kind, error, _trace: failures.append(error)
    application.start()
    window.activateWindow()

    def busy() -> bool:
        if failures:
            raise _verdict(failures[0], application.context.data / "logs")
        return application.jobs.busy

    player = Player(window, out, application.context.clock, busy, pictures=True)
    story = Story(player, application, clock)
    try:
        player.wait(lambda: not busy() and application.ready, "the desk does not open", _OPENING)
        story.tell()
        player.close_step()
        story.collect(out)
        player.write(out / "tour.json")
    except (TourError, SpokenError) as failed:
        _leave_traces(player, out, stopped=isinstance(failed, TourError))
        raise
    finally:
        sys.excepthook = sys.__excepthook__
    return f"演示完成：{len(player.steps)} 步，截图、单据、数据文件夹和 tour.json 都在 {out}"


def _verdict(failure: BaseException, logs: Path) -> Exception:
    """What ends the tour: the sentence about the surroundings, or that it is a bug and where it is told."""
    if isinstance(failure, SpokenError):
        return failure
    reports = sorted(logs.glob("crash-*.txt"))
    error = TourError(f"a bug of the program{f', see {reports[-1]}' if reports else ''}")
    error.__cause__ = failure
    return error


def _leave_traces(player: Player, out: Path, *, stopped: bool) -> None:
    """What was played so far, as far as the disk takes it: the failure itself is told by the caller."""
    with contextlib.suppress(TourError, SpokenError):
        if stopped and player.steps:
            player.shot("停在这里")
    with contextlib.suppress(SpokenError):
        player.write(out / "tour.json")


def clear_old(out: Path) -> None:
    """Take away what an earlier tour left in the folder, by its own list; whatever else lies there stays."""
    told = out / "tour.json"
    names = [name for name in _pictures_in(told) if re.fullmatch(r"\d\d-[^/\\]+\.png", name)]
    for name in (*PAPERS, *names):
        (out / name).unlink(missing_ok=True)
    told.unlink(missing_ok=True)


def _pictures_in(told: Path) -> list[str]:
    """The pictures a tour.json names; none where there is no such file, or another program's."""
    try:
        steps = json.loads(told.read_text(encoding="utf-8"))
        return [str(name) for step in steps for name in step["pictures"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


class Story:
    """The scenes, in the order of the day."""

    def __init__(self, player: Player, application: Application, clock: Hands) -> None:
        self._player = player
        self._application = application
        self._clock = clock

    def tell(self) -> None:
        """All scenes."""
        self._at(9, 10)
        self._register()
        self._at(9, 45)
        self._log_morning()
        self._at(10, 5)
        self._log_snack()
        self._at(11, 40)
        self._log_lunch()
        self._at(13, 40)
        self._log_nap()
        self._at(13, 48)
        self._sign_note()
        self._at(13, 58)
        self._hand_back()
        self._at(16, 30)
        self._close_month()

    def collect(self, out: Path) -> None:
        """Copy each printed paper from the print queue under its plain name."""
        queue = self._application.context.data / "print_queue"
        for name, beginning in PAPERS.items():
            found = sorted(queue.glob(f"{beginning}*.pdf"))
            if not found:
                msg = f"{beginning} was not printed"
                raise TourError(msg)
            write_whole(out / name, found[-1].read_bytes())

    # Scenes -------------------------------------------------------------------------------

    def _register(self) -> None:
        player = self._player
        player.step("前台早上的样子")
        player.shot("前台-早上")
        player.step("F2 打开临时托登记")
        player.key("F2")
        player.find("intake.name")
        player.shot("登记-空白卡")
        player.step("填写临时托登记卡")
        self._fill_card()
        player.shot("登记-填好")
        player.step("Ctrl+Enter 保存并入园，打印协议和凭条")
        player.key("Ctrl+Return")
        self._printed("agreement.pdf")
        self._printed("pickup_slip.pdf")
        player.find("desk.panel")
        player.shot("前台-已入园")

    def _fill_card(self) -> None:
        """By keyboard alone: Enter walks, digits choose, the rest is names and numbers."""
        self._answer("intake.name", _CHILD)
        self._choose("intake.sex", "1")
        self._answer("intake.born", "20230819")
        self._choose("intake.allergy", "2")
        self._answer("intake.allergens", "鸡蛋")
        self._choose("intake.body", "1")
        self._answer("intake.bringer", "王秀兰")
        self._answer("intake.relation", "奶奶")
        self._answer("intake.phone", "13800006021")
        self._choose("intake.identity", "1")
        self._answer("intake.second", "赵敏")
        self._answer("intake.second_relation", "妈妈")
        self._answer("intake.second_phone", "13900001177")
        self._choose("intake.tariff", "2")
        self._answer("intake.promised", "1400")
        self._answer("intake.reason", "家中来客")
        self._answer("intake.temperature", "365")
        self._choose("intake.check", "1")
        self._player.pause(700)

    def _answer(self, name: str, text: str) -> None:
        self._player.walk_to(name)
        self._player.type(text)

    def _choose(self, name: str, digit: str) -> None:
        self._player.walk_to(name)
        self._player.key(digit)

    def _log_morning(self) -> None:
        player = self._player
        self._sign_in(_TEACHER)
        player.step("班级：选中朱予晴")
        player.key("Alt+2")
        self._choose_child()
        player.shot("班级-名册")
        player.step("记录情绪：起初想家")
        self._log("mood", digit="4", words={"classroom.form.mood_note": "十分钟后就平静下来"})
        player.step("记录活动：手工课贴雪花")
        self._choose_child()  # what is kept lets her go, and her sentence is nobody else's
        player.key("7")
        player.fill("classroom.form.activity_note", "自己选颜色、贴了五片")
        player.shot("班级-记录活动")
        player.key("Return")
        player.settle()

    def _log_snack(self) -> None:
        player = self._player
        player.step("记录早点：吃完")
        self._choose_child()
        self._log("meal")

    def _log_lunch(self) -> None:
        player = self._player
        player.step("全班一起记午餐：番茄牛腩饭，吃完")
        player.key("Ctrl+A")
        player.key("1")
        player.find("classroom.keep")
        player.shot("班级-全班午餐")
        player.key("Return")
        player.settle()
        player.step("只给朱予晴记饮水和如厕")
        self._choose_child()
        self._log("water")
        self._log("toilet")
        player.shot("班级-时间线")

    def _log_nap(self) -> None:
        player = self._player
        player.step("补记午睡 12:20–13:35")
        player.key("4")
        player.find("classroom.form.until")
        self._overwrite("classroom.form.time", "1220")
        player.fill("classroom.form.until", "1335")
        player.key("Return")
        player.settle()
        player.step("起床情绪：开心")
        self._log("mood", digit="1")
        player.shot("班级-起床")

    def _sign_note(self) -> None:
        player = self._player
        player.step("交接：交接单已自动写好")
        player.key("Alt+4")
        player.click_row("handover.list", _CHILD)
        player.shot("交接-草稿")
        player.step("Ctrl+Enter 签字")
        player.key("Ctrl+Return")
        player.settle()
        player.shot("交接-已签")

    def _hand_back(self) -> None:
        player = self._player
        self._sign_in(_DESK)
        player.step("Ctrl+K 找到朱予晴")
        player.key("Alt+1")
        player.key("Ctrl+K")
        player.type("zyq")
        player.wait(lambda: player.has("finder.list"), "nobody was found")
        player.key("Return")
        player.find("pickup.adult.1")
        player.shot("前台-谁来接", calm=True)
        player.step("奶奶来接，付现金，确认接走")
        player.key("1")
        player.key("C")
        player.key("Return")
        self._printed("receipt.pdf")
        player.shot("前台-已离园")
        player.step("打印离园交接报告")
        self._print_report()
        player.shot("前台-报告")

    def _print_report(self) -> None:
        player = self._player
        player.click("pickup.report")
        if player.has("preview.print"):
            player.click("preview.print")
        self._printed("pickup_report.pdf")

    def _close_month(self) -> None:
        player = self._player
        self._sign_in(_DIRECTOR)
        player.step("园长看本月")
        player.key("Alt+9")
        player.find("office.print")
        player.shot("园长-本月", calm=True)
        # November is whole; December is three days old.
        player.step("翻到上个月")
        player.key("PgUp")
        player.shot("园长-上月", calm=True)
        player.step("打印月报")
        player.click("office.print")
        if player.has("preview.print"):
            player.shot("园长-月报预览")
            player.click("preview.print")
        self._printed("monthly_summary.pdf")

    # Gestures -----------------------------------------------------------------------------

    def _at(self, hour: int, minute: int) -> None:
        """Move the clock on and let the window notice, as it does every second."""
        self._player.close_step()
        self._clock.set(hour, minute)
        self._application.window.follow_clock()
        self._player.settle()

    def _sign_in(self, name: str) -> None:
        player = self._player
        player.step(f"换人：{name}")
        player.key("Ctrl+L")
        player.click_spoken(f"{name}，")
        player.settle()

    def _choose_child(self) -> None:
        player = self._player
        player.key("Escape")
        player.click_row("classroom.grid", _CHILD)

    def _log(self, kind: str, *, digit: str = "", words: dict[str, str] | None = None) -> None:
        player = self._player
        kinds = ("meal", "milk", "water", "sleep", "toilet", "mood", "activity", "temperature", "note")
        player.key(str(kinds.index(kind) + 1))
        player.find("classroom.keep")
        if digit:
            player.key(digit)
        for name, text in (words or {}).items():
            player.fill(name, text)
        player.key("Return")
        player.settle()

    def _overwrite(self, name: str, text: str) -> None:
        self._player.click(name)
        self._player.key("Ctrl+A")
        self._player.type(text)

    def _printed(self, name: str) -> None:
        """Wait until a paper of that kind has left for the printer."""
        queue = self._application.context.data / "print_queue"
        self._player.wait(lambda: any(queue.glob(f"{PAPERS[name]}*.pdf")), f"{PAPERS[name]} was not printed")
        self._player.settle()
