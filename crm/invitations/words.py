"""What the interface calls roles, invitations, answers and attendance."""

from crm.invitations.models import Answer, Attendance, Invitation, ParticipationRole
from crm.language import _
from crm.words import teach

teach(
    {
        ParticipationRole.HOST: _("Host"),
        ParticipationRole.SPEAKER: _("Speaker"),
        ParticipationRole.PARTICIPANT: _("Participant"),
        ParticipationRole.PARTNER: _("Partner"),
        ParticipationRole.SPONSOR: _("Sponsor"),
        ParticipationRole.REPORTER: _("Press report"),
    }
)
teach(
    {
        Invitation.NONE: _("Not invited"),
        Invitation.DRAFT: _("Being prepared"),
        Invitation.SENT: _("Sent"),
    }
)
teach(
    {
        Answer.NONE: _("No answer"),
        Answer.YES: _("Will come"),
        Answer.NO: _("Will not come"),
        Answer.MAYBE: _("Perhaps"),
    }
)
teach(
    {
        Attendance.UNKNOWN: _("Not known"),
        Attendance.PRESENT: _("Present"),
        Attendance.ABSENT: _("Absent"),
    }
)

TONES = {
    Invitation.DRAFT: "warning",
    Invitation.SENT: "info",
    Answer.YES: "success",
    Answer.NO: "danger",
    Answer.MAYBE: "warning",
    Attendance.PRESENT: "success",
    Attendance.ABSENT: "danger",
}
