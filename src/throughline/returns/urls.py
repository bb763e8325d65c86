"""Addresses of the returns room."""

from django.urls import path

from throughline.returns import views, views_keeper

app_name = "returns"
_P = "p/<slug:slug>/returns/"
_R = _P + "<slug:period>/<slug:body>/"
urlpatterns = [
    path(_P, views.periods, name="periods"),
    path(_P + "open/", views_keeper.open_period, name="open"),
    path(_P + "<slug:period>/", views.period, name="period"),
    path(_R, views.return_page, name="return"),
    path(_R + "actions/<str:reference>/", views.action, name="action"),
    path(_R + "rest/", views.rest, name="rest"),
    path(_R + "nil/", views.nil, name="nil"),
    path(_R + "sign/", views.sign, name="sign"),
    path(_R + "submit/", views.submit, name="submit"),
    path(_R + "accept/", views_keeper.accept, name="accept"),
    path(_R + "send-back/", views_keeper.send_back, name="send_back"),
]
