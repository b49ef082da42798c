// Package app puts the rooms together: it opens a data folder, makes one service per module, collects their
// operations and hands them to the transports. It decides nothing itself.
package app
