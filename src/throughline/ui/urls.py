"""The pages that belong to no room: what we say about ourselves, and the look on one page for developers."""

from django.urls import path

from throughline.ui import views

urlpatterns = [
    path("accessibility", views.accessibility, name="accessibility"),
    path("privacy", views.privacy, name="privacy"),
    path("styles", views.styles, name="styles"),
]
