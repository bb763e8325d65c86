"""Every address, by room. A room writes its own in full (`p/<slug:slug>/plan/`), so that each can be searched for."""

from importlib.util import find_spec

from django.urls import include, path

from throughline.partners.urls import outside

ROOMS = (
    "partners", "files", "jobs", "notify", "evidence", "inspections", "library", "plans", "suggestions", "statements",
    "assurance", "impact", "returns", "scrutiny", "line", "reports", "example",
)  # fmt: skip

urlpatterns = [
    *outside,
    path("account/", include("allauth.urls")),
    path("", include("throughline.ui.urls")),
    *(
        path("", include(f"throughline.{room}.urls"))
        for room in ROOMS
        if find_spec(f"throughline.{room}.urls") is not None
    ),
]

handler400 = "throughline.ui.errors.bad_request"
handler403 = "throughline.ui.errors.permission_denied"
handler404 = "throughline.ui.errors.page_not_found"
handler500 = "throughline.ui.errors.server_error"
