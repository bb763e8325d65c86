"""The days of other areas' letters: nobody waits for any of them."""

NOT_DATED = {
    "library.libraryletter.published": "when it happened",
    "library.libraryletter.fieldwork_start": "when it happened",
    "library.libraryletter.fieldwork_end": "when it happened",
}
