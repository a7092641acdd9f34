"""What rows of plans from elsewhere say that they wait for, and which columns hold what."""

from __future__ import annotations

import pytest

from core.errors import Refusal
from programme.exchange.plan_columns import guess_columns
from programme.exchange.plan_waits import Wait, read_waits
from programme.exchange.project_xml import read_project

KNOWN = {"agreed, signed", "3", "staff", "m-4"}


@pytest.mark.parametrize(
    ("text", "waits"),
    [
        ("3; 5FS+2d,7FS", [Wait("3"), Wait("5", 2), Wait("7")]),
        ("5FS+1.5 days; 6FS + 2 wks", [Wait("5", 2), Wait("6", 10)]),
        ("Agreed, signed", [Wait("Agreed, signed")]),
        ("Staff; M-4; 1.2.3FS", [Wait("Staff"), Wait("M-4"), Wait("1.2.3")]),
        ("5SS", [Wait("5", why_not="it is start to start")]),
        ("5FF+1d", [Wait("5", why_not="it is finish to finish")]),
        ("5FS-2 days", [Wait("5", why_not="it starts before that ends: -2 days")]),
        ("5FS+2ed", [Wait("5", why_not="its lag is not in working days: +2ed")]),
        ("5FS+50%", [Wait("5", why_not="its lag is not in working days: +50%")]),
        (" ; ", []),
    ],
)
def test_waits(text: str, waits: list[Wait]) -> None:
    assert read_waits(text.strip(), KNOWN) == waits


def test_columns_are_guessed_each_once() -> None:
    header = [
        "ID",
        "Task_Name",
        "Duration",
        "Finish",
        "Baseline Finish",
        "Predecessors",
        "Resource Names",
        "Date",
    ]
    assert guess_columns(header) == {
        "number": 0,
        "title": 1,
        "forecast_on": 3,
        "plan_on": 4,
        "waits_for": 5,
        "owner": 6,
    }
    assert guess_columns(["", "Colour"]) == {}


PROJECT = """<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project"><MinutesPerDay>450</MinutesPerDay><Tasks>
<Task><UID>0</UID><ID>0</ID><Name>Plan</Name><OutlineLevel>0</OutlineLevel><Summary>1</Summary></Task>
<Task><UID>9</UID><ID>1</ID><Name>Design</Name><OutlineLevel>1</OutlineLevel><Summary>1</Summary></Task>
<Task><UID>2</UID><ID>2</ID><Name>Draft</Name><OutlineLevel>2</OutlineLevel><Milestone>0</Milestone>
  <Finish>2027-02-01T17:00:00</Finish></Task>
<Task><UID>3</UID><ID>3</ID><Name>Agreed &amp; signed</Name><OutlineLevel>2</OutlineLevel>
  <Milestone>1</Milestone>
  <Finish>2027-03-01T17:00:00</Finish><Notes>Two councils</Notes>
  <Baseline><Number>0</Number><Finish>2027-02-26T17:00:00</Finish></Baseline>
  <PredecessorLink><PredecessorUID>2</PredecessorUID><Type>1</Type></PredecessorLink></Task>
<Task><UID>4</UID><ID>4</ID><Name>Live</Name><OutlineLevel>1</OutlineLevel><Milestone>1</Milestone>
  <Finish>2027-04-01T17:00:00</Finish>
  <PredecessorLink><PredecessorUID>3</PredecessorUID><Type>1</Type>
  <LinkLag>9100</LinkLag><LagFormat>7</LagFormat></PredecessorLink>
  <PredecessorLink><PredecessorUID>2</PredecessorUID><Type>3</Type></PredecessorLink></Task>
<Task><UID>5</UID><ID>5</ID><Name>Off</Name><OutlineLevel>1</OutlineLevel><Milestone>1</Milestone>
  <Active>0</Active></Task></Tasks><Resources><Resource><UID>1</UID><Name>Sam Okafor</Name></Resource>
<Resource><UID>2</UID><Name>Jo Bloggs</Name></Resource></Resources><Assignments>
<Assignment><TaskUID>3</TaskUID><ResourceUID>1</ResourceUID></Assignment>
<Assignment><TaskUID>4</TaskUID><ResourceUID>2</ResourceUID></Assignment></Assignments></Project>"""
OWNERS = {"sam okafor": "sam@brockvale.example"}


def test_project_gives_milestones_with_phases_and_names_what_is_left_out() -> None:
    plan = read_project(PROJECT.encode(), all_tasks=False, owners=OWNERS, has_plan=False)
    sam = "sam@brockvale.example"
    assert [row[:8] for row in plan.rows[1:]] == [
        ["Agreed & signed", "3", "Design", sam, "2027-02-26", "2027-03-01", "", ""],
        ["Live", "4", "", "", "2027-04-01", "", "", "3FS+3d"],
    ]
    assert plan.rows[1][9] == "Two councils"
    assert plan.left_out == [
        "5 Off: it is switched off in the plan",
        "3 Agreed & signed: its link to Draft is left out, because that is not among what is taken",
        "4 Live: its owner is left out, because nobody of that name has a role here: Jo Bloggs",
        "4 Live: its link to Draft is left out, because it is start to start",
    ]


def test_project_gives_every_task_and_forecasts_alone_once_a_plan_is_approved() -> None:
    plan = read_project(PROJECT.encode(), all_tasks=True, owners={}, has_plan=True)
    assert [(row[0], row[4], row[5], row[7]) for row in plan.rows[1:]] == [
        ("Draft", "", "2027-02-01", ""),
        ("Agreed & signed", "", "2027-03-01", "2"),
        ("Live", "", "2027-04-01", "3FS+3d"),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"<html><body>No</body></html>",
        b"<?xml version='1.0' encoding='rot13'?><Project/>",
        b"<Project xmlns='http://schemas.microsoft.com/project'><Tasks>",
        b"<Project xmlns='http://schemas.microsoft.com/project'>" + b"<a/>" * 1_000_001,
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><Project xmlns='http://schemas.microsoft.com/project'>&b;</Project>",
    ],
    ids=["another", "encoding", "unclosed", "huge", "entities"],
)
def test_other_markup_and_entities_are_refused(content: bytes) -> None:
    with pytest.raises(Refusal, match="The file cannot be read as a Microsoft Project plan"):
        read_project(content, all_tasks=True, owners={}, has_plan=False)
