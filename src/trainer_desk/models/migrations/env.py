"""Runs migrations on the connection that the store hands over; it never opens one of its own."""

from alembic import context

from trainer_desk.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
