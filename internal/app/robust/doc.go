// Package robust holds tests of the built program as it stands on a company's machine: real processes and data
// folders, killed, crowded, full, moved and fed with damaged files. It has no code of its own.
package robust
