"""What workstations do to certificates, all at one instant."""

from tests.faults.workstations import Answer, told
from trainer_desk.services.orchestration.reissuing import reissue
from trainer_desk.services.store.engine import Store


def issue_again(store: Store, certificate: int) -> Answer:
    """Issue a certificate again."""
    return told(lambda: store.write("Issue again", reissue, certificate, "Lost"))
