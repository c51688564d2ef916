"""The director's month: attendance, visits, income, by class and by mode."""
