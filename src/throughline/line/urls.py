"""Addresses of the line."""

from django.urls import path

from throughline.line import views

app_name = "line"
urlpatterns = [path("p/<slug:slug>/plans/<slug:plan>/line/", views.line, name="line")]
