"""Why a server was not reached or did not let somebody in: the sentence of every reason."""

from trainer_desk.texts.translate import mark

UNREACHED: dict[str, str] = {
    "no_server": mark("{database} does not answer. Check the address, and whether the server is running."),
    "host_unknown": mark("There is no computer called {host}. Check the name, and whether this computer is online."),
    "server_off": mark("{host} answers, but no database server is running there on this port. "
                       "Check the port, or have the server started."),
    "server_silent": mark("{host} does not answer. Check the name and the port, "
                          "and whether the network lets you reach it."),
    "server_full": mark("The server takes no more connections at the moment. Wait a little and try again."),
    "only_standbys": mark("Only a copy that cannot be written to answers at {host}. "
                          "Wait until the main server is back, or name that one, too."),
    "certificate_name": mark("The certificate of the server is made out to another name than {host}, so nothing was "
                             "sent there. Use the name that stands in the certificate, or ask who runs the server."),
    "certificate_unknown": mark("The certificate of {host} comes from an authority that this computer does not know, "
                                "so nothing was sent there. Choose the authority's file under TLS; "
                                "whoever runs the server has it."),
    "certificate_expired": mark("The certificate of {host} has run out, so nothing was sent there. "
                                "Tell whoever runs the server."),
    "certificate_early": mark("The certificate of {host} is not valid yet, so nothing was sent there. "
                              "Look whether the date of this computer is right."),
    "no_authorities": mark("The file with the authorities of certificates cannot be read. "
                           "Choose the authority's file under TLS; whoever runs the server has it."),
    "server_without_tls": mark("{host} does not encrypt, so nothing was sent there. "
                               "Have TLS switched on, or allow lines without it under TLS."),
    "tls_wanted": mark("The server takes only encrypted lines. Set TLS to “checked”."),
    "no_channel_binding": mark("{host} cannot prove that it knows the password, so the login was stopped. "
                               "It must keep passwords as SCRAM-SHA-256. Tell whoever runs the server."),
    "no_such_service": mark("The service files of this computer do not know {name}. "
                            "Check the name, or fill in host and database instead."),
    "password_wanted": mark("The server asks for the password of {login}. "
                            "Type it; for a job it may stand in PGPASSWORD or in .pgpass."),
    "login_refused": mark("The server refused the login: {said}. Check the name and the password."),
    "no_such_database": mark("The server has no database called {name}. Check the address, or set it up first."),
    "no_account_here": mark("The server knows {login}, but there is no account for that login in {name}, "
                            "or it is disabled. Ask an administrator."),
}  # fmt: skip
"""By the fact `why` of `database_error`, with host, name of the database, login and what the server said."""
