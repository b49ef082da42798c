// Package cli is the command line. A command is an HTTP client of the API: without a running server it opens the
// instance itself and speaks to it in memory, with one it speaks to it by the socket in the data folder.
//
// How to add a command: one file in this package with
//
//	func init() {
//		register(Command{Name: "metric list", Usage: base.T("Kennzahlen auflisten", "list metrics"), Run: metricList})
//	}
//
//	func metricList(ctx context.Context, env *Env, args []string) error {
//		flags := env.Flags("metric list [--process NAME]")
//		process := flags.String("process", "", base.T("`NAME` …", "`NAME` …").In(env.Lang)) // each flag is explained
//		names, err := env.Parse(flags, args, 0, 0)           // at least and at most so many arguments
//		if err != nil {
//			return err
//		}
//		var out struct{ Items []struct{ Name string } }
//		if err := env.Call(ctx, "GET", "/metrics?process="+url.QueryEscape(*process), nil, &out); err != nil {
//			return err                                       // a base.Error: the exit status follows from its kind
//		}
//		return env.Print(out, func(w io.Writer) { … })       // JSON with --json, otherwise the text
//	}
//
// Creates: true lets a command make a new instance. Env.Upload sends a file, Env.WaitJob follows a job to its end,
// Env.Scratch opens a throw-away instance for commands that work on a file alone.
package cli
