"""Where things lie: the data folder of the centre, the practice folder, and what the program brings."""

from dataclasses import dataclass
from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


@dataclass(frozen=True, slots=True)
class Places:
    """Everything the program keeps on this machine lies under one folder."""

    data: Path

    @property
    def centre_file(self) -> Path:
        """The one file of the centre."""
        return self.data / "centre.sqlite3"

    @property
    def backups(self) -> Path:
        """Copies of the file, thinned with age."""
        return self.data / "backups"

    @property
    def logs(self) -> Path:
        """The log and the reports of crashes; neither names a child."""
        return self.data / "logs"

    @property
    def cache(self) -> Path:
        """What can be made anew at any time."""
        return self.data / "cache"

    @property
    def practice(self) -> "Places":
        """The practice centre's own folder: real data never meets it."""
        return Places(self.data / "practice")


def default_data_folder() -> Path:
    """The platform's folder for the data of this program and user."""
    from platformdirs import user_data_path

    return user_data_path("Tuodehao", appauthor=False)
