"""Which form each kind of entry has."""

from app.domain.logbook import EntryKind
from app.ui.classroom.care_forms import (
    FoodForm,
    SleepCheckForm,
    SleepForm,
    ToiletForm,
    WashingForm,
)
from app.ui.classroom.form import KindForm
from app.ui.classroom.forms import ActivityForm, MealForm, MilkForm, MoodForm, NoteForm, PhotoForm, WaterForm
from app.ui.classroom.outdoor_form import OutdoorForm
from app.ui.classroom.temperature_form import TemperatureForm

FORMS: dict[EntryKind, type[KindForm]] = {
    form.kind: form
    for form in (
        MealForm,
        MilkForm,
        WaterForm,
        SleepForm,
        ToiletForm,
        MoodForm,
        ActivityForm,
        TemperatureForm,
        NoteForm,
        FoodForm,
        WashingForm,
        OutdoorForm,
        SleepCheckForm,
        PhotoForm,
    )
}
