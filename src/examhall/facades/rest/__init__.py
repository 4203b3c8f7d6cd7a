"""The JWT door: spec/sessions-api.md and spec/companion-apis.md, in English."""
