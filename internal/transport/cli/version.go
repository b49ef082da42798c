package cli

import (
	"context"
	"fmt"
	"io"

	"lotse.dev/lotse/internal/base"
)

func init() {
	register(Command{Name: "version", Usage: base.T("Version und Stand zeigen", "show version and commit"), Run: version})
}

func version(_ context.Context, env *Env, args []string) error {
	if _, err := env.Parse(env.Flags("version"), args, 0, 0); err != nil {
		return err
	}
	return env.Print(map[string]string{"version": env.program.Version}, func(w io.Writer) {
		fmt.Fprintln(w, "lotse "+env.program.Version)
	})
}
