"""What the interface calls the states of imports and of their rows."""

from crm.imports.models import ImportShape, ImportStatus, Role, RowMatch, RowStatus
from crm.language import _
from crm.words import teach

teach(
    {
        ImportShape.STAKEHOLDERS: _("Stakeholders with contacts"),
        ImportShape.MEETINGS: _("Meetings with participations"),
    }
)
teach(
    {
        Role.STAKEHOLDERS: _("Stakeholders"),
        Role.MEETINGS: _("Meetings"),
        Role.PARTICIPATIONS: _("Participations"),
    }
)
teach(
    {
        ImportStatus.MAPPING: _("Columns to check"),
        ImportStatus.MATCHING: _("Comparing"),
        ImportStatus.PREVIEW: _("Preview"),
        ImportStatus.RUNNING: _("Being taken"),
        ImportStatus.DONE: _("Taken"),
        ImportStatus.UNDOING: _("Being undone"),
        ImportStatus.UNDONE: _("Undone"),
    }
)
teach(
    {
        RowMatch.NEW: _("New"),
        RowMatch.UPDATE: _("Update"),
        RowMatch.SAME: _("Unchanged"),
        RowMatch.DOUBTFUL: _("Doubtful"),
        RowMatch.REFUSED: _("Refused"),
    }
)
teach(
    {
        RowStatus.WAITING: _("Waiting"),
        RowStatus.TAKEN: _("Taken"),
        RowStatus.SKIPPED: _("Left out"),
        RowStatus.FAILED: _("Failed"),
        RowStatus.UNDONE: _("Undone"),
        RowStatus.KEPT: _("Kept"),
    }
)
