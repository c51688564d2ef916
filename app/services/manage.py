"""The settings of the centre, page by page: all of it that the rest of the program need not know."""

from functools import cached_property
from typing import TYPE_CHECKING

from app.store.database import Clock, Database

if TYPE_CHECKING:
    from app.services.altering import SettingsLog
    from app.services.calendar_settings import CalendarSettings
    from app.services.centre_settings import CentreSettings
    from app.services.class_settings import ClassSettings
    from app.services.pins import Pins
    from app.services.price_list import PriceList
    from app.services.rota import Rota
    from app.services.rule_settings import RuleSettings
    from app.services.staff_settings import StaffSettings


class Manage:
    """One service a page; each is made when its page is first shown."""

    def __init__(self, database: Database, clock: Clock, pins: "Pins") -> None:
        self._database = database
        self._clock = clock
        self._pins = pins

    @cached_property
    def log(self) -> "SettingsLog":
        """Who changed what, and taking it back."""
        from app.services.altering import SettingsLog

        return SettingsLog(self._database, self._clock, self._pins)

    @cached_property
    def centre(self) -> "CentreSettings":
        """机构."""
        from app.services.centre_settings import CentreSettings

        return CentreSettings(self._database, self._clock)

    @cached_property
    def classes(self) -> "ClassSettings":
        """班级."""
        from app.services.class_settings import ClassSettings

        return ClassSettings(self._database, self._clock)

    @cached_property
    def staff(self) -> "StaffSettings":
        """员工."""
        from app.services.staff_settings import StaffSettings

        return StaffSettings(self._database, self._clock, self._pins)

    @cached_property
    def rota(self) -> "Rota":
        """排班."""
        from app.services.rota import Rota

        return Rota(self._database, self._clock)

    @cached_property
    def prices(self) -> "PriceList":
        """价目."""
        from app.services.price_list import PriceList

        return PriceList(self._database, self._clock)

    @cached_property
    def calendar(self) -> "CalendarSettings":
        """日历."""
        from app.services.calendar_settings import CalendarSettings

        return CalendarSettings(self._database, self._clock)

    @cached_property
    def rules(self) -> "RuleSettings":
        """规则."""
        from app.services.rule_settings import RuleSettings

        return RuleSettings(self._database, self._clock)
