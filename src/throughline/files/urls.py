"""Addresses of files: by internal id, never by name or hash."""

from django.urls import path

from throughline.files import views

app_name = "files"
urlpatterns = [
    path("files/<uuid:file_id>/", views.download, name="download"),
    path("files/<uuid:file_id>/pages/<int:number>/<int:width>.png", views.page_picture, name="page_picture"),
]
