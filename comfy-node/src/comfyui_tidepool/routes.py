"""All routes as one list, for any aiohttp application."""

from __future__ import annotations

from aiohttp import web

from .changes import Changes
from .gate import guarded
from .model_routes import ModelRoutes
from .pool_routes import PoolRoutes
from .profile_routes import ProfileRoutes
from .service import Service
from .thumbnails import Thumbnails

__all__ = ["build"]


def build(service: Service, changes: Changes, thumbnails: Thumbnails) -> list[web.RouteDef]:
    """Give the routes of a service."""
    table = ProfileRoutes(service, changes).table + PoolRoutes(service, changes, thumbnails).table
    table += ModelRoutes(service).table
    return [web.route(method, path, guarded(service, handler)) for method, path, handler in table]
