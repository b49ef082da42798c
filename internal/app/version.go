package app

import "runtime/debug"

// Version is the release; it changes with CHANGELOG.md.
const Version = "0.1.0"

// commit is set by the linker: -ldflags "-X lotse.dev/lotse/internal/app.commit=…".
var commit string

// FullVersion is release and commit, as "0.1.0+1a2b3c4".
func FullVersion() string {
	c := commit
	if info, ok := debug.ReadBuildInfo(); ok && c == "" {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				c = s.Value
			}
		}
	}
	if len(c) > 12 {
		c = c[:12]
	}
	if c == "" {
		return Version
	}
	return Version + "+" + c
}
