"""The worked example is built through the same actions as everybody's, in its own past, and shows nothing later."""

from datetime import date

from throughline.example import durham, durham_story
from throughline.history.models import Event
from throughline.history.moments import day_of
from throughline.history.verify import verify
from throughline.inspections import duties
from throughline.inspections.models import Finding, Letter, ProposedFinding
from throughline.inspections.models.proposal import ENTERED
from throughline.plans.queries import NEEDS_ACTION
from throughline.statements.models import SignOff, Statement, StatementFile
from throughline.statements.states import StatementState


def test_the_worked_example_is_read_answered_and_submitted_on_the_days_of_the_public_record(db):
    partnership = durham.build()
    letter = Letter.objects.get()
    assert (letter.published, letter.statement_due) == (date(2018, 8, 24), date(2018, 12, 3))
    assert letter.principal_authority == "director of children’s services"
    assert letter.recipients.count() == 8
    told = {each.title for each in durham_story.FINDINGS}
    assert {each.title for each in Finding.objects.all()} == told
    assert set(ProposedFinding.objects.values_list("state", flat=True)) == {ENTERED}
    statement = Statement.objects.get()
    assert (statement.state, statement.submitted_on) == (StatementState.SUBMITTED, date(2018, 12, 3))
    assert statement.responses.count() == Finding.objects.filter(kind__in=NEEDS_ACTION).count()
    assert not SignOff.objects.filter(signed_on__isnull=True).exists()
    assert set(StatementFile.objects.values_list("format", flat=True)) == {"docx", "pdf", "html"}
    assert letter.recipients.filter(duties.SIGNED).count() == len(durham_story.RECIPIENT_OF)
    last = Event.objects.filter(chain__partnership_id=partnership.pk).latest("recorded_at")
    assert day_of(last.recorded_at) <= durham.TODAY
    assert durham.build() is None  # once, and no second time
    assert verify() == []
