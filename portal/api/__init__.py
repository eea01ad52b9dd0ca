"""The read-only JSON API: what is public, for programs.

`fields` says how one value of a row is read and described, `resources` what a list offers; `ground` holds the lists of
the ground, each wing hands over its own (`Wing.api`). `views` answers, `description` writes it all down as OpenAPI 3.1.
"""
