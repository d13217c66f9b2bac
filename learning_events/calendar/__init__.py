"""The pure ground of the festival's calendar: events of other programmes, repetition, differences, clashes, feeds."""
