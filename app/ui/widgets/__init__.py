"""Parts shared by all rooms. Passive: they show and say what was asked for, and decide nothing."""
