"""What becomes of a license that was granted."""

from datetime import timedelta

from sqlalchemy import select

from broker_admin.clock import day_of, now
from broker_admin.db import db
from broker_admin.demo.brokers import Venture
from broker_admin.demo.offices import officer
from broker_admin.demo.timeline import Step
from broker_admin.licenses import service as licenses
from broker_admin.licenses.models import License
from broker_admin.licenses.queries import current_of

SUSPENDED, PAUSED, REVOKED, SURRENDERED, ANNULLED, TAKEN_BACK, CANCELLED, SHORT = (
    "suspended", "paused", "revoked", "surrendered", "annulled", "taken_back", "cancelled", "short")

# Working days after the grant: the last firm to get a license still sees its fate before today.
_DAYS = 60
_PAUSE = timedelta(days=60)


def _license(venture: Venture) -> License:
    license = current_of(venture.organization)
    if license is None:
        raise LookupError(f"{venture.organization.name} was granted no license")
    return license


def _suspend(venture: Venture) -> None:
    licenses.suspend(_license(venture), basis="PAUSE", case="", until=None, actor=officer("decider"),
                     at=now(), reason="未按期报送年度报告，逾期未改正。")


def _pause(venture: Venture) -> None:
    """Until a day: time itself gives the license back."""
    licenses.suspend(_license(venture), basis="PAUSE", case="", until=day_of(now()) + _PAUSE,
                     actor=officer("decider"), at=now(), reason="经营场所变更未按期报告。")


def _revoke(venture: Venture) -> None:
    licenses.revoke(_license(venture), basis="数据安全法第47条", case="", actor=officer("decider"),
                    at=now(), reason="未要求数据提供方说明数据来源，情节严重。")


def _annul(venture: Venture) -> None:
    licenses.annul(_license(venture), basis="行政许可法第69条", case="", actor=officer("decider"),
                   at=now(), reason="申请材料中的资质证明系伪造。")


def _take_back(venture: Venture) -> None:
    licenses.withdraw(_license(venture), basis="行政许可法第8条", case="", actor=officer("decider"),
                      at=now(), reason="认定所依据的客观情况发生重大变化，依法给予补偿。")


def _surrender(venture: Venture) -> None:
    licenses.surrender(_license(venture), reason="公司停止数据经纪业务。", actor=venture.founder, at=now())


def _cancel(venture: Venture) -> None:
    """The last act in the register, after the license has ended otherwise."""
    ended = db.session.scalars(select(License).where(
        License.organization_id == venture.organization.id)).one()
    licenses.cancel(ended, reason="认定被撤销后办理注销。", actor=officer("decider"), at=now())


FATES: dict[str, tuple[Step[Venture], ...]] = {
    SUSPENDED: (Step(_DAYS, _suspend),),
    PAUSED: (Step(_DAYS, _pause),),
    REVOKED: (Step(_DAYS, _revoke),),
    SURRENDERED: (Step(_DAYS, _surrender),),
    ANNULLED: (Step(_DAYS, _annul),),
    TAKEN_BACK: (Step(_DAYS, _take_back),),
    CANCELLED: (Step(_DAYS, _annul), Step(10, _cancel)),
}
