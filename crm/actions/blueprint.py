"""Where the pages of follow-ups, plans and the log of visits are registered."""

from flask import Blueprint

bp = Blueprint("actions", __name__)
