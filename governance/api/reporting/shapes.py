"""Shapes of reports, publications and editions in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.fields import PoundsField
from core.publishing.compare import Change, Kind
from governance.enums import AdditionPlace, FileFormat
from governance.models import Edition, EditionFile, PublishingJob, Report, ReportAddition
from governance.queries.reporting.reports import ProgrammeReports, steps_of
from governance.rules.reports import CheckKind, Weight
from programme.api.changes import CouncilKeyField


def key_field() -> Any:
    """Another row, by its key."""
    return serializers.SlugRelatedField(slug_field="key", read_only=True)


def email_field() -> Any:
    """A person, by their address."""
    return serializers.SlugRelatedField(slug_field="email", read_only=True)


class ReportSerializer(serializers.ModelSerializer[Report]):
    """A report that is written; `council` null: all partners jointly. Send `version` back with a change."""

    programme = key_field()
    council = key_field()
    created_by = email_field()
    updated_by = email_field()
    narratives = serializers.DictField(child=serializers.CharField(), help_text="by number of the section")
    publication = serializers.SerializerMethodField(help_text="the latest one, by its id")

    class Meta:
        model = Report
        fields = (
            "id", "programme", "council", "state", "as_of_on", "summary", "request", "disbenefits",
            "harmonisation", "next_report", "narratives", "corrects", "what_changed", "edition",
            "publication", "created_by", "updated_by", "updated_at", "version",
        )  # fmt: skip

    def get_publication(self, report: Report) -> int | None:
        """Its latest publication, whatever became of it."""
        job = report.jobs.first()
        return job.pk if job else None


class DraftRowSerializer(serializers.ModelSerializer[Report]):
    """A draft in the list."""

    council = key_field()
    updated_by = email_field()
    publication = serializers.SerializerMethodField(help_text="one that is under way, by its id")

    class Meta:
        model = Report
        fields = ("id", "council", "as_of_on", "publication", "updated_by", "updated_at", "version")

    def get_publication(self, report: Any) -> int | None:
        """What the worker has, or will."""
        return report.live_jobs[0].pk if report.live_jobs else None


class EditionRowSerializer(serializers.ModelSerializer[Edition]):
    """An edition in the list."""

    council = key_field()
    published_by = email_field()

    class Meta:
        model = Edition
        fields = ("id", "council", "number", "as_of_on", "published_at", "published_by", "corrects")


class ProgrammeReportsSerializer(serializers.Serializer[ProgrammeReports]):
    """Editions, the latest first; drafts that one may read; what one may begin a report of."""

    drafts = DraftRowSerializer(many=True)
    editions = EditionRowSerializer(many=True)
    may_begin_jointly = serializers.BooleanField(source="can_draft_jointly")
    may_begin_for = serializers.SerializerMethodField()

    def get_may_begin_for(self, found: ProgrammeReports) -> list[str]:
        """Keys of councils."""
        return [one.key for one in found.councils]


class NewReportSerializer(serializers.Serializer[Any]):
    """What a report is to be about; without a council it is of all partners jointly."""

    council = CouncilKeyField(required=False, allow_null=True, default=None)
    as_of_on = serializers.DateField()


class CorrectionSerializer(serializers.Serializer[Any]):
    """A correction: as recorded on which day, and what it changes and why."""

    as_of_on = serializers.DateField()
    what_changed = serializers.CharField(allow_blank=True)


class ReportTextsSerializer(serializers.Serializer[Any]):
    """Texts of a draft; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    as_of_on = serializers.DateField(required=False)
    summary = serializers.CharField(required=False, allow_blank=True)
    request = serializers.CharField(required=False, allow_blank=True)
    disbenefits = serializers.CharField(required=False, allow_blank=True)
    harmonisation = serializers.CharField(required=False, allow_blank=True)
    next_report = serializers.CharField(required=False, allow_blank=True)
    what_changed = serializers.CharField(required=False, allow_blank=True, help_text="of a correction")
    narratives = serializers.DictField(
        child=serializers.CharField(allow_blank=True),
        required=False,
        help_text="by number of the section; an empty text takes one away, what is not named stays",
    )


class AdditionSerializer(serializers.ModelSerializer[ReportAddition]):
    """What only the exempt version adds to a text: everything but what it says.

    That is opened as `exempt-items` of the kind report-additions, each time on record.
    """

    sentence = serializers.CharField(help_text="what the open version says in its place; empty once released")
    updated_by = email_field()

    class Meta:
        model = ReportAddition
        fields = (
            "id", "report", "place", "sentence", "publication_class", "exempt_paragraph",
            "public_interest_reason", "exempt_review_on", "certified_at", "updated_by", "updated_at",
            "version",
        )  # fmt: skip


class AdditionWordsSerializer(serializers.Serializer[Any]):
    """What only the exempt version says, and why it is withheld."""

    text = serializers.CharField(allow_blank=True)
    exempt_paragraph = serializers.IntegerField(required=False, allow_null=True, default=None)
    public_interest_reason = serializers.CharField(required=False, allow_blank=True, default="")


class NewAdditionSerializer(AdditionWordsSerializer):
    """An addition to one text of a report."""

    place = serializers.ChoiceField(choices=AdditionPlace.choices)


class AdditionChangeSerializer(AdditionWordsSerializer):
    """An addition as it is to be; an empty text takes it away. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)


class GiveUpSerializer(serializers.Serializer[Any]):
    """Why a draft is given up. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    why = serializers.CharField(allow_blank=True)


class SignSerializer(serializers.Serializer[Any]):
    """The signature; with a reason where the checklist asks for one. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    reason = serializers.CharField(required=False, allow_blank=True, default="")


class FindingSerializer(serializers.Serializer[Any]):
    """Something to know before it is published, and the page where it is put right."""

    kind = serializers.ChoiceField(choices=[one.value for one in CheckKind])
    weight = serializers.ChoiceField(choices=[one.value for one in Weight])
    text = serializers.CharField()
    row = serializers.CharField(source="code", help_text="of the published list of refusals, if any")
    page = serializers.CharField(source="url")


class TextChangeSerializer(serializers.Serializer[Any]):
    """One text, from what to what."""

    field = serializers.CharField(source="label")
    before = serializers.CharField()
    after = serializers.CharField()


class ReportEventSerializer(serializers.Serializer[Any]):
    """Something that happened to a report: who, when, what and why."""

    at = serializers.DateTimeField()
    by = serializers.CharField()
    channel = serializers.CharField()
    what = serializers.CharField()
    why = serializers.CharField()
    changes = TextChangeSerializer(many=True)


class PublishingStepSerializer(serializers.Serializer[Any]):
    """One step, and whether it is done."""

    step = serializers.CharField(source="label")
    is_done = serializers.BooleanField()


class PublishingJobSerializer(serializers.ModelSerializer[PublishingJob]):
    """How far a publication is; `edition` is there once it is done, `error` says why it is not published."""

    steps = serializers.SerializerMethodField()
    edition = serializers.IntegerField(source="report.edition_id", allow_null=True)

    class Meta:
        model = PublishingJob
        fields = ("id", "report", "state", "steps", "error", "edition", "created_at", "ended_at")

    def get_steps(self, job: PublishingJob) -> list[dict[str, Any]]:
        """Its steps in their order."""
        return [dict(PublishingStepSerializer(one).data) for one in steps_of(job)]


class EditionFileSerializer(serializers.ModelSerializer[EditionFile]):
    """A file of the open version, as it was first made; without `kept_until` it is no longer kept.

    It is then made again from the same content when it is asked for. A later release may lay that out
    otherwise, so that the hash of the file differs: `report_hash` is what proves the content.
    """

    class Meta:
        model = EditionFile
        fields = ("format", "size_bytes", "sha256", "kept_until")


class EditionSerializer(serializers.ModelSerializer[Edition]):
    """A published report; the hash and the files are those of its open version."""

    programme = key_field()
    council = key_field()
    published_by = email_field()
    report_hash = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField()

    class Meta:
        model = Edition
        fields = (
            "id", "programme", "council", "number", "as_of_on", "published_at", "published_by", "corrects",
            "what_changed", "report_hash", "files",
        )  # fmt: skip

    def get_report_hash(self, edition: Any) -> str:
        """SHA-256 of what it says; `open_contents` are read with it."""
        return str(edition.open_contents[0].content_hash)

    @extend_schema_field(EditionFileSerializer(many=True))
    def get_files(self, edition: Any) -> Any:
        """What is kept of them."""
        return EditionFileSerializer(edition.open_contents[0].files.all(), many=True).data


class DownloadSerializer(serializers.Serializer[Any]):
    """Which file of an edition."""

    format = serializers.ChoiceField(choices=FileFormat.choices)
    is_exempt = serializers.BooleanField(required=False, default=False)


class EditionChangeSerializer(serializers.Serializer[Change]):
    """One difference; of words, `table`, `row` and `column` are empty."""

    kind = serializers.ChoiceField(choices=[one.value for one in Kind])
    section = serializers.CharField()
    table = serializers.CharField()
    row = serializers.CharField()
    column = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()
    before_pounds = PoundsField(
        source="before_pence", allow_null=True, help_text="null unless both cells hold money"
    )
    after_pounds = PoundsField(source="after_pence", allow_null=True)
    difference_pounds = PoundsField(source="pence", allow_null=True, help_text="later less earlier")
    difference_days = serializers.IntegerField(
        source="days", allow_null=True, help_text="how much later; null unless both cells hold a date"
    )
    difference = serializers.CharField(help_text="in words; empty where none can be reckoned")


class EditionComparisonSerializer(serializers.Serializer[Any]):
    """What differs between two editions, from the one to the other, and how much, in a sentence."""

    sentence = serializers.CharField()
    changes = EditionChangeSerializer(many=True)
