"""The tour: the story of one day, played in the real window by keys and mouse. Calls no service itself."""
