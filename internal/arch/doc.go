// Package arch holds the test that keeps the arrows between the rooms of Lotse pointing one way. It has no code of its own.
package arch
