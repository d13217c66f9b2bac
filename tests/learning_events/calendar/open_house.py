"""Open House London's own JSON as schema.org events: a venue is an event, its times are sub-events."""

import json


def as_jsonld(content: bytes) -> bytes:
    """Return the listings that have times; a listing without any has no date to come on."""
    return json.dumps([_event(venue) for venue in json.loads(content) if venue["events"]]).encode()


def _event(venue: dict) -> dict:
    location = venue["location"]
    return {
        "@type": "Event",
        "@id": venue["original_url"],
        "name": venue["name"],
        "url": venue["original_url"],
        "keywords": venue["design_types"],
        "location": {
            "@type": "Place",
            "name": venue["name"],
            "address": location["address"],
            "geo": {"latitude": location["latitude"], "longitude": location["longitude"]},
            "amenityFeature": [{"name": name, "value": True} for name in venue["facilities"]],
        },
        "subEvent": [
            {
                "@type": "Event",
                "startDate": time["start"],
                "endDate": time["end"],
                "maximumAttendeeCapacity": time["capacity"],
            }
            for time in venue["events"]
        ],
    }
