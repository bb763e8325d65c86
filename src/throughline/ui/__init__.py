"""How Throughline looks and speaks: pages, components, forms and lists, over govuk-frontend."""
