package app

import "lotse.dev/lotse/internal/domain/notice"

// The commands that Main adds, for tests.
var (
	DemoCommand    = demoCommand
	RestoreCommand = restoreCommand
)

// Notices lets tests wait for the look at due dates.
func (a *App) Notices() *notice.Service { return a.modules.notices }
