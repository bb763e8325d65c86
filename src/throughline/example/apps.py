"""The example room: invented partnerships to practise in."""

from django.apps import AppConfig


class ExampleConfig(AppConfig):
    """Has no tables of its own: everything is made through the other rooms' actions."""

    name = "throughline.example"
    label = "example"
    verbose_name = "Example"
