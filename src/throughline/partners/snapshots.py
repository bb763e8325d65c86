"""How people, partnerships and bodies look in history. A password has no place in a record that never forgets."""

from throughline.history import snapshots
from throughline.partners.models import Agency, Group, Invitation, Membership, Participation, Partnership, Person

snapshots.record("partners.partnership", Partnership)
snapshots.record("partners.agency", Agency)
snapshots.record("partners.participation", Participation)
snapshots.record("partners.group", Group)
snapshots.record("partners.person", Person, kept_out={"password"})
snapshots.record("partners.membership", Membership)
snapshots.record("partners.invitation", Invitation, kept_out={"token_sha256"})
