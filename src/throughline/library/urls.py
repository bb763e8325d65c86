"""Addresses of the library room."""

from django.urls import path

from throughline.library import views

app_name = "library"
_ALL = "p/<slug:slug>/library/"
_LETTER = f"{_ALL}<int:number>/"
urlpatterns = [
    path(_ALL, views.letters, name="letters"),
    path(f"{_ALL}findings/", views.findings, name="findings"),
    path(f"{_ALL}add/", views.add, name="add"),
    path(f"{_ALL}brought/<int:number>/", views.upload, name="upload"),
    path(_LETTER, views.letter, name="letter"),
    path(f"{_LETTER}pages/<int:page>/", views.page, name="page"),
    path(f"{_LETTER}change/", views.change, name="change"),
    path(f"{_LETTER}withdraw/", views.withdraw, name="withdraw"),
]
