"""托得好 (Tuodehao): one program for one childcare centre."""

__version__ = "0.1.0"
