"""Which broker carries the tasks: Redis where there is one, else files in the data folder."""

from pathlib import Path
from typing import Any


def broker_settings(redis_url: str, data_dir: Path) -> tuple[str, dict[str, Any]]:
    """Return the broker's address and the options of its transport."""
    if redis_url:
        # A task that runs longer than the timeout would be given to a second worker too.
        return redis_url, {"visibility_timeout": 3600, "unacked_restore_throttle": 1}
    folder = data_dir / "broker"
    return "filesystem://localhost/", {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": str(folder / "control"),
        "polling_interval": 0.1,
    }


def make_broker_folders(options: dict[str, Any]) -> None:
    """Make the folders that the broker of files expects to find; harmless with Redis."""
    for name, value in options.items():
        if "folder" in name:
            Path(value).mkdir(parents=True, exist_ok=True)
