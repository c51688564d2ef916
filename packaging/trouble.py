"""The one way in which the developer's command fails when the surroundings are at fault."""


class TroubleError(Exception):
    """One clear sentence: what is missing and what to do."""
