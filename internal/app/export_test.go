package app

import "lotse.dev/lotse/internal/domain/notice"

// DemoCommand lets tests run the command that Main adds.
var DemoCommand = demoCommand

// Notices lets tests wait for the look at due dates.
func (a *App) Notices() *notice.Service { return a.modules.notices }
