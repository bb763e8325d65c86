"""Addresses of the returns room."""

from django.urls import path

from throughline.returns import evidence_views, reporting_views, views, views_keeper

app_name = "returns"
_P = "p/<slug:slug>/returns/"
_R = _P + "<slug:period>/<slug:body>/"
urlpatterns = [
    path(_P, views.periods, name="periods"),
    path(_P + "open/", views_keeper.open_period, name="open"),
    path(_P + "<slug:period>/", views.period, name="period"),
    path(_P + "<slug:period>/change/", views_keeper.change_period, name="change_period"),
    path(_P + "<slug:period>/withdraw/", views_keeper.withdraw_period, name="withdraw_period"),
    path(_R, views.return_page, name="return"),
    path(_R + "actions/<str:reference>/", reporting_views.action, name="action"),
    path(_R + "outcomes/<str:reference>/", reporting_views.outcome, name="outcome"),
    path(_R + "evidence/add/", evidence_views.add, name="evidence"),
    path(_R + "evidence/<slug:evidence>/leave-out/", evidence_views.leave_out, name="leave_out"),
    path(_R + "rest/", reporting_views.rest, name="rest"),
    path(_R + "nil/", reporting_views.nil, name="nil"),
    path(_R + "sign/", views.sign, name="sign"),
    path(_R + "submit/", views.submit, name="submit"),
    path(_R + "accept/", views_keeper.accept, name="accept"),
    path(_R + "send-back/", views_keeper.send_back, name="send_back"),
]
