"""Facts of the festival: festivals, events, their sessions, who submits them, and the words they are described with."""

from learning_events.models.change import ChangeRequest
from learning_events.models.credential import (
    Achievement,
    Award,
    EventAchievement,
    IssuerKey,
    StatusList,
)
from learning_events.models.event import EventPage, EventSubmission
from learning_events.models.festival import Festival, FestivalPartner
from learning_events.models.pathway import LearningNote, Pathway, PathwayStep, StepDone
from learning_events.models.plan import Plan, PlannedSession
from learning_events.models.printing import PrintedFile, PrintEdition
from learning_events.models.registration import DoorTap, Draw, Question, Registration
from learning_events.models.room import Room
from learning_events.models.session import ProgrammeVersion, Recurrence, Session
from learning_events.models.source import CalendarSource, ImportedEvent, SourceRun
from learning_events.models.vocabulary import EventKind, KeyFeature

__all__ = [
    "Achievement",
    "Award",
    "CalendarSource",
    "ChangeRequest",
    "DoorTap",
    "Draw",
    "EventAchievement",
    "EventKind",
    "EventPage",
    "EventSubmission",
    "Festival",
    "FestivalPartner",
    "ImportedEvent",
    "IssuerKey",
    "KeyFeature",
    "LearningNote",
    "Pathway",
    "PathwayStep",
    "Plan",
    "PlannedSession",
    "PrintEdition",
    "PrintedFile",
    "ProgrammeVersion",
    "Question",
    "Recurrence",
    "Registration",
    "Room",
    "Session",
    "SourceRun",
    "StatusList",
    "StepDone",
]
