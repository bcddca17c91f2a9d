"""What a trial to join a shared database found out, in one sentence or two."""

from trainer_desk.services.rows.joining import Tried
from trainer_desk.texts.facts import shown
from trainer_desk.texts.translate import _
from trainer_desk.texts.words import role_word


def tried_text(tried: Tried) -> str:
    """Return as whom and in which role one would work where, and what protects the line."""
    where = ", ".join(shown(host) for host in tried.hosts)
    words = {
        "name": shown(tried.database) or where,
        "where": where,
        "login": shown(tried.login),
        "role": role_word(tried.role).lower(),
        "version": tried.version,
    }
    said = _("{name} on {where} can be joined: as {login}, {role}. PostgreSQL {version}, {line}.")
    if not tried.tls:
        line = _("not encrypted")
    elif tried.is_checked:
        line = _("encrypted and checked ({tls})").format(tls=tried.tls)
    else:
        line = _("encrypted, but not checked ({tls})").format(tls=tried.tls)
    return said.format(line=line, **words)
