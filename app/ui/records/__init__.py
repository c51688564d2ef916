"""档案: children, adults and families."""
