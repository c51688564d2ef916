"""招生: who asks for a place, the waiting list, the forecast, and class moves."""
