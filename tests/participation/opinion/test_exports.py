import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participation.opinion import AGREE, DISAGREE, PASS, VoteMatrix
from participation.opinion.exports import (
    Comment,
    ExportError,
    PersonVotes,
    VoteEvent,
    people_of,
    read_comments,
    read_people,
    read_summary,
    read_votes,
    write_comments,
    write_people,
    write_summary,
    write_votes,
)

NUMBER = st.integers(0, 10**9)
TIME = st.integers(0, 253_402_300_799_999)
VOTE = st.sampled_from([1, 0, -1])
TEXT = st.text(st.sampled_from("=+-@\t'\",\n aé漢🌳\u2028"), max_size=6)
EVENTS = st.lists(st.builds(VoteEvent, TIME, NUMBER, NUMBER, VOTE), max_size=3)
COMMENTS = st.lists(
    st.builds(Comment, TIME, NUMBER, NUMBER, NUMBER, NUMBER, VOTE, TEXT),
    max_size=3,
    unique_by=lambda comment: comment.statement,
)
PEOPLE = st.lists(
    st.builds(
        PersonVotes, NUMBER, st.none() | st.integers(0, 4), NUMBER, st.dictionaries(st.integers(0, 4), VOTE)
    ),
    max_size=3,
    unique_by=lambda person: person.person,
)
few = settings(max_examples=40, deadline=None)


@few
@given(EVENTS)
def test_votes_that_are_written_are_read_again(events):
    assert read_votes(write_votes(events).encode()) == events


@few
@given(COMMENTS)
def test_statements_that_are_written_are_read_again_and_none_is_a_formula(comments):
    text = write_comments(comments)

    assert read_comments(text.encode()) == comments
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert not [row[-1] for row in rows[1:] if row[-1].startswith(("=", "+", "-", "@", "\t"))]


@few
@given(PEOPLE)
def test_people_that_are_written_are_read_again(people):
    assert read_people(write_people(people, range(5)).encode()) == people


@few
@given(st.dictionaries(TEXT.filter(bool), TEXT, max_size=3))
def test_a_summary_that_is_written_is_read_again(summary):
    assert read_summary(write_summary(summary).encode()) == summary


def test_line_ends_in_texts_become_line_feeds():
    assert "a\nb\nc" in write_comments([Comment(0, 0, 0, 0, 0, 0, "a\r\nb\rc")])


def test_the_columns_are_those_of_a_public_polis_export():
    assert write_votes([VoteEvent(1502633805668, 0, 1, 1)]) == (
        "timestamp,datetime,comment-id,voter-id,vote\n1502633805668,Sun Aug 13 14:16:45 UTC 2017,0,1,1\n"
    )
    assert write_comments([Comment(0, 3, 7, 2, 1, -1, 'A "good" idea')]) == (
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        '0,Thu Jan 01 00:00:00 UTC 1970,3,7,2,1,-1,"A ""good"" idea"\n'
    )
    assert write_people([PersonVotes(4, None, 0, {2: -1, 9: 1}), PersonVotes(5, 1, 3)], [2, 3, 9]) == (
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,2,3,9\n4,,0,2,1,1,-1,,1\n5,1,3,0,0,0,,,\n"
    )


def test_people_and_statements_have_the_numbers_of_the_file():
    votes = VoteMatrix()
    votes.take("ann", "trees", AGREE)
    votes.take("bo", "trees", PASS)
    votes.take("bo", "cars", DISAGREE)
    votes.take("unnumbered", "trees", AGREE)

    people = people_of(
        votes, people={"bo": 0, "ann": 1}, statements={"trees": 10}, groups={"ann": 2}, comments={"bo": 4}
    )

    assert people == [PersonVotes(0, None, 4, {10: 0}), PersonVotes(1, 2, 0, {10: 1})]


def test_columns_may_come_in_another_order_with_others_between_and_a_byte_order_mark():
    content = "\ufeffvote,voter-id,comment-id,remark,timestamp\r\n-1,5,6,hm,7\r\n\r\n".encode()

    assert read_votes(content) == [VoteEvent(7, 6, 5, -1)]


VOTES = "timestamp,datetime,comment-id,voter-id,vote\n"
COMMENT_HEADER = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
PERSON_HEADER = "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n"


@pytest.mark.parametrize(
    ("read", "content", "told"),
    [
        (read_votes, "", "Line 1: The file is empty. It begins with timestamp,"),
        (
            read_votes,
            "a,b\n1,2\n",
            "Line 1: The first line has no column timestamp, comment-id, voter-id, vote.",
        ),
        (read_votes, "vote," + VOTES, "Line 1: The first line names 'vote' twice. Remove or rename"),
        (
            read_votes,
            VOTES + "1,,2,3,1\n\n1,,2,3\n",
            "Line 4: The line has 4 cells, the first line has 5. Add or remove",
        ),
        (
            read_votes,
            VOTES + "1,,2,3,2\n",
            "Line 2, column vote: '2' is not a vote. Write 1 (agree), 0 (pass)",
        ),
        (
            read_votes,
            VOTES + "1,,2,x,1\n",
            "Line 2, column voter-id: 'x' is not a whole number of at least 0.",
        ),
        (
            read_votes,
            VOTES + "1,,-2,3,1\n",
            "Line 2, column comment-id: '-2' is not a whole number of at least 0.",
        ),
        (read_votes, VOTES + "1,,２,3,1\n", "Line 2, column comment-id: '２' is not a whole number"),
        (read_votes, VOTES + f"{10**17},,2,3,1\n", "Line 2, column timestamp: '1000"),
        (read_votes, VOTES + '1,,2,3,"1\n', "Line 2: What begins here cannot be read as CSV"),
        (read_votes, VOTES + "1,,2,3,1\0\n", "Line 2: The line holds a NUL character. Remove it."),
        (
            read_comments,
            COMMENT_HEADER + "1,,2,3,0,0,2,a\n",
            "Line 2, column moderated: '2' is not a whole number from -1 to 1",
        ),
        (
            read_comments,
            COMMENT_HEADER + '1,,2,3,0,0,1,"a\nb"\n1,,2,3,0,0,1,c\n',
            "Line 4, column comment-id: Statement 2 is here a second time. Remove",
        ),
        (
            read_people,
            PERSON_HEADER + "5,,0,2,1,0,1\n",
            "Line 2: The line has 7 cells, the first line has 8.",
        ),
        (
            read_people,
            PERSON_HEADER + "5,,0,1,0,0,1,\n",
            "Line 2, column n-agree: It says 0, but the line has 1.",
        ),
        (
            read_people,
            PERSON_HEADER + "5,,0,0,0,0,,\n5,,0,0,0,0,,\n",
            "Line 3, column participant: Person 5 is here a second",
        ),
        (
            read_people,
            PERSON_HEADER + "5,a,0,0,0,0,,\n",
            "Line 2, column group-id: 'a' is not a whole number",
        ),
        (
            read_people,
            PERSON_HEADER[:-1] + ",topic\n5,,0,0,0,0,,,\n",
            "Line 1: The first line has a column 'topic', which",
        ),
        (
            read_people,
            PERSON_HEADER[:-1] + ",01\n5,,0,0,0,0,,,\n",
            "Line 1: The first line names a statement twice.",
        ),
        (read_summary, "topic,a,b\n", "Line 1: The line has 3 cells instead of 2. Write a key"),
        (read_summary, "topic,a\ntopic,b\n", "Line 2: 'topic' is here a second time. Remove"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line_and_what_to_do(read, content, told):
    with pytest.raises(ExportError) as refused:
        read(content.encode())

    assert str(refused.value).startswith(told)
    assert refused.value.fix


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            VOTES.encode() + b"1,,2,3,\xff\n",
            "Line 2: Byte 52 of the file is not UTF-8. Save the file as UTF-8",
        ),
        (VOTES.encode("utf-16"), "Line 1: The file is stored as UTF-16. Save it as UTF-8."),
    ],
)
def test_other_encodings_are_refused(content, told):
    with pytest.raises(ExportError) as refused:
        read_votes(content)

    assert str(refused.value).startswith(told)


@few
@given(st.binary(max_size=60) | TEXT.map(lambda text: (PERSON_HEADER + text).encode()))
def test_any_bytes_are_read_or_refused_with_a_way_out(content):
    fixes = []
    for read in (read_votes, read_comments, read_people, read_summary):
        try:
            read(content)
        except ExportError as refused:
            fixes.append(refused.fix)

    assert all(fix.endswith(".") for fix in fixes)
    # No content is a file of two kinds, so that at least three refuse it.
    assert len(fixes) >= 3 or not content.strip()
