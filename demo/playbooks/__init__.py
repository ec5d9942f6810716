"""The demo's playbooks, in the order of the start page."""

from ..playbook import Playbook
from . import approvals, chatty, crisis, enrichment, fan_out, languages, launch, quirks

PLAYBOOKS: dict[str, Playbook] = {
    playbook.slug: playbook
    for playbook in (
        launch.PLAYBOOK,
        enrichment.PLAYBOOK,
        crisis.PLAYBOOK,
        approvals.PLAYBOOK,
        chatty.PLAYBOOK,
        fan_out.PLAYBOOK,
        languages.PLAYBOOK,
        quirks.PLAYBOOK,
    )
}
