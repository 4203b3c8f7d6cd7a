"""Which sessions are certification exams, and whose."""

from django.db.models import Q

from examhall.domain.certification import CertificationKind

KINDS = tuple(kind.value for kind in CertificationKind)


def own_exams(student_id: int, kind: CertificationKind | None = None) -> Q:
    """Return the condition of a student's certification exams, for a query over sessions; ``kind`` narrows it to one."""
    slug = Q(exam__slug__in=KINDS) if kind is None else Q(exam__slug=kind.value)
    return Q(student_id=student_id) & slug
