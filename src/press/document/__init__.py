"""The document between a chapter's source and its outputs: nodes, roles, directives, transforms, numbering."""
