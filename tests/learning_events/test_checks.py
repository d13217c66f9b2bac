"""System checks of the festival's settings name the fix."""

from learning_events.checks import keys_of_badges_have_a_home


def test_keys_of_badges_lie_where_nobody_reads_them(settings):
    assert keys_of_badges_have_a_home(None) == []
    settings.CREDENTIAL_KEYS_DIR = settings.MEDIA_ROOT / "keys"
    assert [error.id for error in keys_of_badges_have_a_home(None)] == ["learning_events.E002"]
    settings.CREDENTIAL_KEYS_DIR = None
    assert [error.id for error in keys_of_badges_have_a_home(None)] == ["learning_events.E001"]
