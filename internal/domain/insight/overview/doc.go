// Package overview answers the start page and the command palette: what is loaded and how old it is, the most
// important figures and findings, the next sensible step, and where a word leads. It computes nothing of its own;
// figures, findings and processes belong to their packages.
package overview
