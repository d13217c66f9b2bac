"""Live rooms in the API: those that everybody may know of, with their sections as everybody in them sees these."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from participation.enums import RoomAccess, RoomState
from participation.foundation.reading import OpenData, PageAddressField, Parameters, described
from participation.live.board import board_of
from participation.models import Room
from participation.queries.room import public_rooms

STATES = [state for state in RoomState.values if state != RoomState.DRAFT]


class RoomSerializer(serializers.Serializer):
    """A live room of a meeting."""

    id = serializers.IntegerField(help_text=_("Its number."))
    meeting = serializers.IntegerField(source="meeting_id", help_text=_("Number of its meeting."))
    prompt = serializers.CharField(help_text=_("What people think about in it."))
    state = serializers.ChoiceField(STATES, help_text=_("Where it stands."))
    access = serializers.ChoiceField(RoomAccess.values, help_text=_("Who may act in it."))
    version = serializers.IntegerField(help_text=_("Rises with everything that changes what people see."))
    opened_at = serializers.DateTimeField(help_text=_("When it was first opened."))
    closed_at = serializers.DateTimeField(help_text=_("When it was closed; null while it is not."))
    url = PageAddressField(
        lambda room: room.meeting.committee.url_of("room", room.meeting_id), help_text=_("Its page.")
    )


class RoomEntrySerializer(RoomSerializer):
    """A live room with all that everybody in it sees."""

    sections = serializers.SerializerMethodField(
        help_text=_("Its sections by name: agenda, figures, latest statements and opinion groups.")
    )

    @extend_schema_field({"type": "object"})
    def get_sections(self, room) -> dict[str, Any]:
        frame = board_of(room.pk).at(room)
        return {name: json.loads(text) for name, text in frame.sections.items()}


class RoomListParameters(Parameters):
    """What one can ask of the list of rooms."""

    state = serializers.ChoiceField(STATES, required=False, help_text=_("Only those that stand there."))


@described(
    noun="room",
    listing=_("All live rooms of committees that everybody may know of."),
    entry=_("One room with its sections."),
)
class RoomView(OpenData):
    model = Room
    serializer_class = RoomSerializer
    entry_serializer_class = RoomEntrySerializer
    parameters = RoomListParameters
    default_order = ("-opened_at", "-pk")

    def everything(self):
        return public_rooms()

    def narrowed(self, rows, wanted):
        return rows.filter(state=wanted["state"]) if "state" in wanted else rows
