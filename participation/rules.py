"""Who may do what in the participation plugin, as sentences."""

from participation.enums import AccessLevel, OrganisationRole, Privacy
from participation.foundation.rules import Rule, has_permission, is_signed_in, rule

may_moderate = has_permission("participation.moderate_comment")
may_see_outbox = has_permission("participation.view_outgoingmail")
may_try_mail_again = has_permission("participation.change_outgoingmail")
may_verify_at_desk = has_permission("participation.verify_at_desk")
may_import_register = has_permission("participation.import_register")


@rule
def discussion_is_public(_user, discussion) -> bool:
    return discussion.is_public


@rule
def discussion_is_open(_user, discussion) -> bool:
    return discussion.is_open


@rule
def has_public_name(user, _subject=None) -> bool:
    """Somebody who has told the site what to be called, and so can be seen by others."""
    return getattr(user, "participant", None) is not None


@rule
def is_verified_resident(user, _subject=None) -> bool:
    """Somebody whom the city knows as a resident."""
    person = getattr(user, "participant", None)
    return user.is_active and person is not None and person.is_verified


may_follow_things = is_signed_in & has_public_name


@rule
def may_act_for(user, organisation) -> bool:
    """Somebody who may propose and write on behalf of the organisation."""
    return (
        user.is_authenticated
        and user.is_active
        and organisation.roles.filter(participant__user=user).exists()
    )


@rule
def manages_organisation(user, organisation) -> bool:
    """Somebody who may say who else acts for the organisation."""
    return (
        user.is_authenticated
        and user.is_active
        and organisation.roles.filter(participant__user=user, role=OrganisationRole.MANAGER).exists()
    )


may_edit_organisations = has_permission("participation.change_organisation")
may_manage_organisation = may_edit_organisations | manages_organisation


oversees_committees = has_permission("participation.oversee_committee")


def _has_access(level: AccessLevel, name: str) -> Rule:
    def ask(user, committee) -> bool:
        return (
            user.is_authenticated
            and user.is_active
            and committee.accesses.filter(participant__user=user, level__gte=level).exists()
        )

    return Rule(ask, name)


@rule
def committee_is_private(_user, committee) -> bool:
    return committee.privacy == Privacy.PRIVATE


@rule
def committee_is_open(_user, committee) -> bool:
    return committee.privacy == Privacy.OPEN


has_access_to_read = _has_access(AccessLevel.READ, "reads") | oversees_committees
has_access_to_take_part = _has_access(AccessLevel.TAKE_PART, "takes part") | oversees_committees
may_read_committee = ~committee_is_private | has_access_to_read
may_take_part = (is_signed_in & has_public_name) & (committee_is_open | has_access_to_take_part)
may_keep_committee = _has_access(AccessLevel.KEEP, "keeps") | oversees_committees
may_lead_committee = _has_access(AccessLevel.LEAD, "leads") | oversees_committees
may_ask_to_join = is_signed_in & has_public_name & ~committee_is_private


def may_check_minutes(minutes) -> Rule:
    """The rule that somebody may check these minutes: who leads, or a keeper who did not write them."""
    did_not_write = Rule(
        lambda user, _committee: minutes.written_by is None or minutes.written_by.user_id != user.pk,
        "did not write them",
    )
    return may_lead_committee | (may_keep_committee & did_not_write)


def _of_its_committee(asked: Rule, name: str) -> Rule:
    """The rule that holds for the committee of a discussion, where there is one; of an unpublished one nothing holds."""

    def ask(user, discussion) -> bool:
        if discussion.committee_id is None:
            return True
        return discussion.committee.live and asked(user, discussion.committee)

    return Rule(ask, name)


@rule
def discussion_is_of_private_committee(_user, discussion) -> bool:
    return discussion.committee_id is not None and discussion.committee.privacy == Privacy.PRIVATE


@rule
def discussion_is_of_committee(_user, discussion) -> bool:
    return discussion.committee_id is not None


reads_its_committee = _of_its_committee(may_read_committee, "reads its committee")
may_find_discussion = discussion_is_public & reads_its_committee
may_read_discussion = reads_its_committee & (discussion_is_public | may_moderate)
may_follow = is_signed_in & has_public_name & may_find_discussion
may_comment = (
    is_signed_in
    & has_public_name
    & discussion_is_public
    & discussion_is_open
    & _of_its_committee(may_take_part, "takes part in its committee")
)
# The site's moderators know nothing of a private committee: there, who leads it keeps the peace.
may_moderate_discussion = reads_its_committee & (
    may_moderate
    | (discussion_is_of_private_committee & _of_its_committee(may_lead_committee, "leads its committee"))
)
may_answer_officially = (
    discussion_is_of_committee
    & discussion_is_public
    & _of_its_committee(may_keep_committee, "keeps its committee")
)
