package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "lotse.dev/lotse/internal/"

// room is a part of the house, what it may import of the others, and why nothing else.
type room struct {
	path    string // below internal/; the longest one that fits a package is its room
	imports []string
	reason  string
}

// rooms from left to right as in the drawing of the architecture. An entry allows the package and everything below it.
var rooms = []room{
	{"base", []string{"base"}, "base is the vocabulary of all rooms: the standard library and itself"},
	{"config", []string{"base"}, "the configuration is read before anything is open"},
	{"engine/proof", []string{"base", "engine/causal"}, "what a signature freezes is computed again by the engine of effects, from rows and terms alone"},
	{"engine", []string{"base", "engine/stat"}, "engines compute: they know no store, no operation and no other engine, domain brings them rows"},
	{"engine/mining/compare", []string{"base", "engine/stat", "engine/mining"}, "a comparison reads two logs by the one way of reading a log"},
	{"store/database", []string{"base"}, "the state database is below every store"},
	{"store/blob", []string{"base"}, "files named by their content; whose they are, others know"},
	{"store/visit", []string{"base", "store/database"}, "one row a person, no history"},
	{"store/record", []string{"base", "store/database", "store/record"}, "records know the state database only; facts are in the lake"},
	{"store/lake", []string{"base", "store/lake"}, "the lake is handed a transaction; engines and records are not its business"},
	{"operation", []string{"base"}, "an operation describes a use case; who may is auth's, how it travels is rest's"},
	{"auth", []string{"base", "operation", "store/database"}, "auth answers who and may; it knows no facts"},
	{"job", []string{"base", "operation", "auth", "store/database"}, "a job runs what others register; it knows none of it"},
	{"register", []string{"base", "operation", "auth", "job", "store", "sheet", "intake/format"}, "a register turns kinds into operations, writes and reads them as tables; what a kind means is domain's, and facts are intake's"},
	{"sheet", []string{"base"}, "a sheet writes a table as a file; whose table it is, others know"},
	{"intake", []string{"base", "operation", "auth", "job", "store", "intake"}, "intake brings facts in; what they mean is domain's"},
	{"intake/format", []string{"base", "intake/format"}, "a format reads a file and knows nothing of where the rows go"},
	{"domain/insight", []string{"base", "engine", "store", "operation", "auth", "job", "intake"}, "the caller declares the small interface that it needs of another domain, app joins them"},
	{"domain/organisation", []string{"base", "store", "operation", "auth", "register"}, "who the company is; it measures and plans nothing"},
	{"domain/strategy", []string{"base", "engine", "store", "operation", "auth", "register"}, "the caller declares the small interface that it needs of another domain, app joins them"},
	{"domain/strategy/businesscase", []string{"base", "engine/finance", "store", "operation", "auth", "register"}, "a case is computed by one engine and asks for measurements through an interface of its own; initiatives ask it, not the other way round"},
	{"domain/strategy/roadmap", []string{"base", "engine/portfolio", "store", "operation", "auth", "job", "register", "domain/strategy/roadmap"}, "a roadmap is proposed by one engine in a job; it reads initiatives as records and asks for the worth of cases through an interface of its own"},
	{"domain/delivery", []string{"base", "engine", "store", "operation", "auth", "register"}, "the caller declares the small interface that it needs of another domain, app joins them"},
	{"domain/governance", []string{"base", "engine", "store", "operation", "auth", "register", "domain/governance/unit"}, "the caller declares the small interface that it needs of another domain, app joins them"},
	{"domain/governance/effectplan", []string{"base", "engine", "store", "operation", "auth", "register", "domain/governance/unit"}, "a plan asks the facts through an interface of its own and knows nothing of what follows from it"},
	{"domain/governance/closing", []string{"base", "engine", "store", "operation", "auth", "register", "domain/governance/effectplan"}, "a closing reads plans, not the other way round"},
	{"domain/governance/ledger", []string{"base", "engine", "store", "operation", "auth", "register", "domain/governance/effectplan", "domain/governance/closing"}, "the ledger follows closings; who claims what it asks through an interface of its own"},
	{"domain/governance/chain", []string{"base", "engine", "store", "operation", "auth", "register", "domain/governance"}, "the chain reads everything and nothing reads it; findings and metrics come through interfaces of its own"},
	{"domain/notice", []string{"base", "store", "operation", "auth", "job", "register"}, "who is told of what; what a kind means, others say"},
	{"domain/instance", []string{"base", "store", "operation", "auth", "job"}, "the instance as a whole knows no field of duty"},
	{"transport", []string{"base", "config", "engine", "store", "operation", "auth", "job", "intake", "register", "domain", "sheet", "transport"}, "a transport renders what domain and register offer; it does not open stores of its own and knows no app"},
	{"demo", []string{"base", "domain"}, "the demo company speaks operations like any client; domain lends it the shapes of inputs"},
	{"app", []string{""}, "app joins everything"},
	{"arch", nil, "the import test has no code of its own"},
}

// downwards lists, for each package of domain/insight, the ones that it may import: one direction, no circles.
var downwards = []string{"setting", "assumption", "process", "catalogue", "effect", "finding", "overview"}

// foreign lists packages of others that belong to few rooms.
var foreign = []struct {
	path, reason string
	allowed      []string
}{
	{"github.com/mattn/go-sqlite3", "SQL text and drivers stay with the state database", []string{"store/database"}},
	{"github.com/pressly/goose", "tables change in one place", []string{"store/database"}},
	{"github.com/duckdb/", "cgo and the engine of the lake stay in one package, so that few tests link them", []string{"store/lake/duckdb"}},
	{"github.com/danielgtaylor/huma", "HTTP is the business of rest; operation only lets a typed use case register itself", []string{"operation", "transport/rest"}},
	{"github.com/spf13/pflag", "flags are the business of the command line", []string{"transport/cli"}},
	{"github.com/xuri/excelize", "tables are written by sheet, workbooks with formulas by report; reading is a streaming scanner of our own", []string{"sheet", "transport/report"}},
	{"database/sql", "tables are reached through stores and the system rooms that own some; the others ask those", []string{"store", "auth", "job", "intake", "domain/instance", "domain/notice"}},
	{"net/http", "engines, stores and the base know no network", []string{"operation", "auth", "job", "register", "intake", "domain", "transport", "demo", "app"}},
	{"os", "engines compute on what they are handed", []string{"base", "config", "store", "intake", "transport", "demo", "app", "domain", "cmd"}},
}

// pkg is what the test knows of a package of the module, tests left out.
type pkg struct {
	imports map[string]string // path to the file that imports it
	doc     bool
	files   []string
}

// load parses the imports of every package below internal and cmd; cgo and tags do not matter for that.
func load(t *testing.T) map[string]*pkg {
	t.Helper()
	out := map[string]*pkg{}
	root := filepath.Join("..", "..")
	for _, top := range []string{"internal", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			rel, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			name := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(rel)), "internal/")
			if out[name] == nil {
				out[name] = &pkg{imports: map[string]string{}}
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly|parser.ParseComments)
			if err != nil {
				return err
			}
			out[name].add(rel, f)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func (p *pkg) add(file string, f *ast.File) {
	p.doc = p.doc || f.Doc != nil && (strings.HasPrefix(f.Doc.Text(), "Package ") || strings.HasPrefix(f.Doc.Text(), "Command "))
	p.files = append(p.files, file)
	for _, i := range f.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		p.imports[path] = file
	}
}

// TestArrows checks every import of the module against the rooms.
func TestArrows(t *testing.T) {
	for name, p := range load(t) {
		if name == "cmd/lotse" {
			for path := range p.imports {
				if strings.HasPrefix(path, module) && path != module+"app" {
					t.Errorf("cmd/lotse imports %s: main is thin, app joins everything", path)
				}
			}
			continue
		}
		r := roomOf(name)
		if r == nil {
			t.Errorf("package %s stands in no room", name)
			continue
		}
		for path, file := range p.imports {
			to, ours := strings.CutPrefix(path, module)
			if ours && to != name && !within(to, r.imports) && !insight(name, to) {
				t.Errorf("%s imports %s: %s", file, to, r.reason)
			}
		}
	}
}

// TestForeignPackagesStayInTheirRooms checks imports of other modules and of parts of the standard library.
func TestForeignPackagesStayInTheirRooms(t *testing.T) {
	for name, p := range load(t) {
		for path, file := range p.imports {
			for _, f := range foreign {
				covers := path == f.path || strings.HasPrefix(path, strings.TrimSuffix(f.path, "/")+"/")
				if covers && !within(name, f.allowed) {
					t.Errorf("%s imports %s: %s", file, path, f.reason)
				}
			}
		}
	}
}

func roomOf(name string) *room {
	var best *room
	for i, r := range rooms {
		if under(name, r.path) && (best == nil || len(r.path) > len(best.path)) {
			best = &rooms[i]
		}
	}
	return best
}

func under(name, path string) bool {
	return path == "" || name == path || strings.HasPrefix(name, path+"/")
}

func within(name string, paths []string) bool {
	return slices.ContainsFunc(paths, func(p string) bool { return under(name, p) })
}

// insight says whether one package of domain/insight may import another.
func insight(from, to string) bool {
	const prefix = "domain/insight/"
	if !strings.HasPrefix(from, prefix) || !strings.HasPrefix(to, prefix) {
		return false
	}
	a, b := slices.Index(downwards, strings.TrimPrefix(from, prefix)), slices.Index(downwards, strings.TrimPrefix(to, prefix))
	return b >= 0 && b < a
}

// TestRoomsExist keeps the lists above from outliving what they speak of.
func TestRoomsExist(t *testing.T) {
	var named []string
	for _, r := range rooms {
		named = append(append(named, r.path), r.imports...)
		if r.reason == "" {
			t.Errorf("room %s has no reason", r.path)
		}
	}
	for _, f := range foreign {
		for _, a := range f.allowed {
			if a != "cmd" {
				named = append(named, a)
			}
		}
	}
	for _, d := range downwards {
		named = append(named, "domain/insight/"+d)
	}
	for _, n := range named {
		if info, err := os.Stat(filepath.Join("..", filepath.FromSlash(n))); err != nil || !info.IsDir() {
			t.Errorf("no package internal/%s", n)
		}
	}
}

// longest is how many lines a file of production code may have.
const longest = 500

// TestPackagesSayWhatTheyAreFor checks the package comment and the length of files.
func TestPackagesSayWhatTheyAreFor(t *testing.T) {
	for name, p := range load(t) {
		if !p.doc {
			t.Errorf("package %s does not say what it is for", name)
		}
		for _, file := range p.files {
			text, err := os.ReadFile(filepath.Join("..", "..", file))
			if err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(string(text), "\n"); n > longest {
				t.Errorf("%s has %d lines, at most %d: one idea, one file", file, n, longest)
			}
		}
	}
}
