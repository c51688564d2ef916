"""One module per job a person does. No SQL text, no Qt. Verbs take the acting staff member first."""
