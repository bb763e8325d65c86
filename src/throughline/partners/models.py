"""Partnerships, the agencies, groups and people in them, and who may act for whom from when to when."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from throughline.access import Grant, GuardedQuerySet, Role
from throughline.access.roles import FOR_A_BODY, PRINTED
from throughline.history.door import Standing
from throughline.history.models import Recorded
from throughline.partners import permissions

ROLE_CHOICES = [(role.value, PRINTED[role]) for role in Role]


class Partnership(Recorded):
    """The bodies that answer an inspection together. One deployment holds many; nothing is read across them."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    marking = models.CharField(max_length=60, default="OFFICIAL-SENSITIVE")
    executive_name = models.CharField(max_length=200, default="Executive Group")
    # Illustrative partnerships hold invented content for ever; only they may be given a past by the example builder.
    illustrative = models.BooleanField(default=False)
    # Practice people may sign in by name in the embedded setting; nobody else may, and never in the shared one.
    practice = models.BooleanField(default=False)
    shown_today = models.DateField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.PARTNERSHIP

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_today__isnull=True) | Q(illustrative=True), name="only_illustrative_has_own_today"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def partnership_id(self) -> UUID:
        """A partnership's own row belongs to its own chain."""
        return self.id


class PartnershipRecord(Recorded):
    """A row of partnership data: everything of the register but people and agencies."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Agency(Recorded):
    """A body with a legal life of its own: it begins, ends, and may be followed by a successor."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=40)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.AGENCY

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="agency_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(successor=F("id")), name="agency_not_its_own_successor"),
        ]

    def __str__(self) -> str:
        return self.name


class Participation(PartnershipRecord):
    """An agency takes part in a partnership from a day, perhaps to a day. Police and health take part in several."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="participations")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.PARTICIPATION

    class Meta:
        ordering = ["agency__name"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "agency", "starts"], name="participation_once"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="participation_ends_after_it_starts"
            ),
        ]


class Group(PartnershipRecord):
    """A working group of the partnership, which owes returns like an agency."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=40)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.GROUP

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="group_name_once")]

    def __str__(self) -> str:
        return self.name


class PeopleManager(BaseUserManager.from_queryset(GuardedQuerySet)):  # type: ignore[misc]
    """People by their e-mail address, whatever its case."""

    def get_by_natural_key(self, email: str) -> "Person":
        return self.get(email__iexact=email)


class Person(Recorded, AbstractBaseUser):
    """Somebody named in the register. Without a login there is no usable password, and `email` may be NULL.

    `post_title` is what public papers print in place of the name.
    """

    last_login = None  # when somebody signed in is an event, not a column
    email = models.EmailField(max_length=254, unique=True, null=True, blank=True)
    name = models.CharField(max_length=200)
    post_title = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False)
    # How often this person has signed out everywhere: part of what every session of theirs must match.
    sign_outs = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = PeopleManager()
    access_kind = permissions.PERSON
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must match, or it ends: the password, and how often this person signed out everywhere."""
        salt = "throughline.partners.models.Person.session"
        return salted_hmac(salt, f"{self.password}:{self.sign_outs}", secret=secret, algorithm="sha256").hexdigest()

    def grants_on(self, on: date) -> tuple[Grant, ...]:
        """The memberships in force on a day, as the access engine wants them; none for a person who is not active.

        Read once for each day and object, so that a page asks the database once. An object lives for one request,
        command or job, so what changes applies at the next one.
        """
        held: dict[date, tuple[Grant, ...]] = self.__dict__.setdefault("_grants", {})
        if on not in held:
            held[on] = (
                ()
                if not self.is_active
                else tuple(
                    Grant(self.id, each.partnership_id, Role(each.role), each.agency_id or each.group_id)
                    for each in Membership.objects.in_force(on).filter(person_id=self.id)
                )
            )
        return held[on]

    def forget_grants(self) -> None:
        """Ask the database again at the next question, because a membership has just changed."""
        self.__dict__.pop("_grants", None)

    def standing(self, partnership_id: UUID | None, on: date) -> Standing:
        """Name, roles and bodies as the record prints them for a partnership on a day."""
        if self.is_system or partnership_id is None:
            return Standing(self.name)
        held = list(
            Membership.objects.in_force(on)
            .filter(person_id=self.id, partnership_id=partnership_id)
            .select_related("agency", "group")
            .order_by("role", "pk")
        )
        roles = dict.fromkeys(PRINTED[Role(each.role)] for each in held)
        bodies = dict.fromkeys(str(each.agency or each.group) for each in held if each.agency_id or each.group_id)
        return Standing(self.name, ", ".join(roles)[:200], ", ".join(bodies)[:200])


class MembershipQuerySet(GuardedQuerySet):
    """Memberships, and those in force on a day."""

    def in_force(self, on: date) -> "MembershipQuerySet":
        """Memberships that have begun by and not ended before a day, of participations' time or not."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=on), starts__lte=on, withdrawn_at__isnull=True)


class Membership(PartnershipRecord):
    """A person holds a role in a partnership, for an agency or a group where the role acts for one, from day to day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, choices=ROLE_CHOICES)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    access_kind = permissions.MEMBERSHIP

    class Meta:
        ordering = ["person__name", "role"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=True) | Q(group__isnull=True), name="membership_for_one_body_at_most"
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(FOR_A_BODY)) | Q(agency__isnull=False) | Q(group__isnull=False),
                name="membership_names_its_body",
            ),
            models.CheckConstraint(condition=Q(role__in=sorted(Role)), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="membership_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["person", "partnership"], name="membership_by_person")]


class Invitation(PartnershipRecord):
    """A person is asked to make a login. The link holds a token; only its SHA-256 is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.INVITATION
