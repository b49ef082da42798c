package robust

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/odd-inputs.md anew")

const document = "../../../docs/odd-inputs.md"

// render writes both tables for people to read.
func render() string {
	var b strings.Builder
	b.WriteString(`# Odd inputs and situations

What Lotse answers to files and situations that are not as they should be. Written by the tests that hold it to this
(internal/app/robust: ` + "`go test -tags sqlite_fts5 ./internal/app/robust -run Document -update`" + `), which run the built program.

In every row: the message says where and what to do, in German and English; no process takes more than 600 MB; what is
refused leaves nothing behind. Exit status: 0 done, 1 failed, 2 wrong use, 3 not found, 4 refused.

## Files given to lotse import

| file | exit | says (German) | place | rows afterwards |
|---|---|---|---|---|
`)
	for _, in := range oddInputs() {
		fmt.Fprintf(&b, "| %s | %d | %s | %s | %d |\n", in.name, in.status, quoted(in.says), in.place, in.rows)
	}
	b.WriteString(`
## Situations

| situation | exit | says (German) | afterwards |
|---|---|---|---|
`)
	for _, s := range situations {
		fmt.Fprintf(&b, "| %s | %d | %s | %s |\n", s.name, s.status, quoted(s.says), s.after)
	}
	return b.String()
}

func quoted(s string) string {
	if s == "" {
		return ""
	}
	return "„" + s + "“"
}

func TestDocumentIsCurrent(t *testing.T) {
	want := render()
	if *update {
		write(t, document, want)
	}
	have, err := os.ReadFile(document)
	if err != nil || string(have) != want {
		t.Errorf("docs/odd-inputs.md is not current (%v): go test -tags sqlite_fts5 ./internal/app/robust -run Document -update", err)
	}
}
