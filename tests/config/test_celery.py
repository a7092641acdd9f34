"""The timetable names tasks that exist, and the broker is the one the environment asks for."""

from pathlib import Path

from celery.schedules import crontab

from config.broker import broker_settings, make_broker_folders
from config.celery import app


def test_timetable():
    timetable = {entry["task"]: entry["schedule"] for entry in app.conf.beat_schedule.values()}
    assert timetable == {
        "programme.tasks.send_due_reminders": crontab(hour=7, minute=0),
        "governance.tasks.draft_due_bulletins": crontab(hour=6, minute=30),
        "accounts.tasks.forget_what_is_over": crontab(hour=3, minute=20),
        "programme.tasks.sweep_deliveries": 300,
        "governance.tasks.apply_due_decisions": 300,
        "benefits.tasks.store_roll_ups": 10,
        "benefits.tasks.sweep_imports": 60,
        "governance.tasks.sweep_publishing": 60,
    }
    assert app.conf.timezone == "Europe/London"


def test_every_task_of_the_timetable_exists():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} - set(app.tasks) == set()


def test_broker_of_files_makes_its_folders(tmp_path):
    url, options = broker_settings("", tmp_path)
    make_broker_folders(options)
    assert (url, options) == (
        "filesystem://localhost/",
        {
            "data_folder_in": str(tmp_path / "broker/messages"),
            "data_folder_out": str(tmp_path / "broker/messages"),
            "control_folder": str(tmp_path / "broker/control"),
            "polling_interval": 0.1,
        },
    )
    assert sorted(path.name for path in (tmp_path / "broker").iterdir()) == ["control", "messages"]


def test_broker_of_redis_makes_nothing(tmp_path):
    url, options = broker_settings("redis://localhost:6379/0", Path(tmp_path))
    make_broker_folders(options)
    assert (url, options) == (
        "redis://localhost:6379/0",
        {"visibility_timeout": 3600, "unacked_restore_throttle": 1},
    )
    assert list(tmp_path.iterdir()) == []
