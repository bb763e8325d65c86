"""Addresses of the regimes and a partnership's own terms for them."""

from django.urls import path

from throughline.inspections import regime_views as views

_ALL = "p/<slug:slug>/regimes/"
_ONE = f"{_ALL}<slug:framework>/"
urlpatterns = [
    path(_ALL, views.regimes, name="regimes"),
    path(_ONE, views.regime, name="regime"),
    path(f"{_ONE}default/", views.default, name="regime-default"),
]
