package app

// DemoCommand lets tests run the command that Main adds.
var DemoCommand = demoCommand
