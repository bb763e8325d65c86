"""Addresses of written statements: each stands under the letter that it answers."""

from django.urls import path

from throughline.statements import sign_views, views, writing_views

app_name = "statements"
P = "p/<slug:slug>/"
LETTER = f"{P}inspections/<slug:inspection>/letters/<int:letter>/statement/"

urlpatterns = [
    path(f"{P}statements/", views.statements, name="statements"),
    path("statement.css", views.stylesheet, name="stylesheet"),
    path(LETTER, views.statement, name="statement"),
    path(f"{LETTER}begin/", writing_views.begin, name="begin"),
    path(f"{LETTER}read/", views.read, name="read"),
    path(f"{LETTER}draft/<slug:format>/", views.draft, name="draft"),
    path(f"{LETTER}files/<slug:format>/", views.download, name="download"),
    path(f"{LETTER}files/", views.print_files, name="print"),
    path(f"{LETTER}words/", writing_views.write, name="words"),
    path(f"{LETTER}responses/", writing_views.respond, name="respond"),
    path(f"{LETTER}responses/rest/", writing_views.respond_to_rest, name="rest"),
    path(f"{LETTER}signatories/add/", writing_views.add_signatory, name="add-signatory"),
    path(f"{LETTER}signatories/<int:number>/take-off/", writing_views.take_off, name="take-off"),
    path(f"{LETTER}open/", sign_views.open_for_signature, name="open"),
    path(f"{LETTER}reopen/", sign_views.reopen, name="reopen"),
    path(f"{LETTER}signatories/<int:number>/sign/", sign_views.sign, name="sign"),
    path(f"{LETTER}signatories/<int:number>/paper/", sign_views.on_paper, name="paper"),
    path(f"{LETTER}submit/", sign_views.submit, name="submit"),
    path(f"{LETTER}receipt/", sign_views.receipt, name="receipt"),
    path(f"{LETTER}follow-up/", sign_views.follow_up, name="follow-up"),
]
