"""A plan comes in from a council's own table, or as JSON; and goes out so that it comes in again unchanged.

`reading` has the file's tables, `held` what the plan holds, `wanting` what each row asks for, `changes` what that would
change; `preview` puts them together for a person, who decides row by row; `actions` does it, all or nothing.
"""
