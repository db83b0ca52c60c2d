"""What a model is asked, one module a section: prompt, reply model, where its text is, reply to facts."""
