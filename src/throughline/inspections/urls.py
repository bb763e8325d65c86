"""Addresses of the inspections room: inspections, their letters page by page, and findings."""

from django.urls import path

from throughline.inspections import checking_urls, finding_views, reading_views, record_urls, regime_urls, views

app_name = "inspections"
_ALL = "p/<slug:slug>/inspections/"
_ONE = f"{_ALL}<slug:inspection>/"
_LETTER = f"{_ONE}letters/<int:letter>/"
_FINDING = f"{_ONE}findings/<slug:finding>/"
urlpatterns = [
    path(_ALL, views.inspections, name="inspections"),
    path(f"{_ALL}new/", reading_views.new_inspection, name="new"),
    path(f"{_ALL}new/check/", reading_views.check_new_inspection, name="check-new"),
    path(_ONE, views.inspection, name="inspection"),
    path(f"{_ONE}letters/add/", reading_views.add_letter, name="add-letter"),
    path(f"{_ONE}letters/add/check/", reading_views.check_added_letter, name="check-added"),
    path(f"{_LETTER}dates/", views.letter_dates, name="letter-dates"),
    path(f"{_LETTER}pages/<int:page>/", views.letter_page, name="page"),
    path(f"{_ONE}findings/", finding_views.findings, name="findings"),
    path(f"{_ONE}findings/add/", finding_views.add_finding, name="add-finding"),
    path(_FINDING, finding_views.finding, name="finding"),
    path(f"{_FINDING}change/", finding_views.change_finding, name="change-finding"),
    path(f"{_FINDING}withdraw/", finding_views.withdraw_finding, name="withdraw-finding"),
    *checking_urls.urlpatterns,
    *record_urls.urlpatterns,
    *regime_urls.urlpatterns,
]
