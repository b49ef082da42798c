package duckdb

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	bindings "github.com/duckdb/duckdb-go-bindings"
)

// engine is one locked-down instance of DuckDB.
type engine struct {
	db bindings.Database
}

// newEngine opens DuckDB in memory, spilling to tmp, allowed to touch only the given folders.
func newEngine(o Options, tmp string, allowed ...string) (*engine, error) {
	spill := filepath.Join(tmp, "spill")
	if err := os.MkdirAll(spill, 0o700); err != nil {
		return nil, err
	}
	var config bindings.Config
	bindings.CreateConfig(&config)
	defer bindings.DestroyConfig(&config)
	for name, value := range map[string]string{
		"allocator_flush_threshold":    "16MB", // what a thread has freed goes back to the system at its next task, not at 128 MB,
		"allocator_background_threads": "true", // and what is left after some seconds of rest
		"threads":                      fmt.Sprint(o.Threads), "memory_limit": fmt.Sprintf("%dMB", o.MemoryMB),
		"autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "allow_community_extensions": "false",
	} {
		if bindings.SetConfig(config, name, value) == bindings.StateError {
			return nil, fmt.Errorf("duckdb: setting %s refused", name)
		}
	}
	e := &engine{}
	var message string
	if bindings.OpenExt("", &e.db, config, &message) == bindings.StateError {
		return nil, fmt.Errorf("duckdb: %s", message)
	}
	if err := e.lockDown(o, spill, allowed); err != nil {
		bindings.Close(&e.db)
		return nil, err
	}
	return e, nil
}

// lockDown sets what must be set and then closes the doors, in the only order that works.
func (e *engine) lockDown(o Options, spill string, allowed []string) error {
	c, err := e.connect()
	if err != nil {
		return err
	}
	defer c.close()
	dirs := make([]string, len(allowed))
	for i, dir := range allowed {
		dirs[i] = quote(filepath.ToSlash(dir) + "/")
	}
	for _, set := range []string{
		"SET GLOBAL temp_directory = " + quote(spill),
		fmt.Sprintf("SET GLOBAL max_temp_directory_size = '%dMB'", o.SpillMB),
		"SET GLOBAL TimeZone = 'UTC'",
		"SET GLOBAL allowed_directories = [" + strings.Join(dirs, ", ") + "]",
		"SET GLOBAL enable_external_access = false",
		"SET GLOBAL lock_configuration = true",
	} {
		if err := c.exec(context.Background(), set); err != nil {
			return err
		}
	}
	return nil
}

func (e *engine) close() { bindings.Close(&e.db) }

// conn is one connection; one goroutine at a time uses it, and temporary tables live in it.
type conn struct {
	c      bindings.Connection
	mu     sync.Mutex // keeps an interrupt from reaching a closed connection
	closed bool
}

func (e *engine) connect() (*conn, error) {
	c := &conn{}
	if bindings.Connect(e.db, &c.c) == bindings.StateError {
		return nil, fmt.Errorf("duckdb: no connection")
	}
	return c, nil
}

func (c *conn) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		c.closed = true
		bindings.Disconnect(&c.c)
	}
}

func (c *conn) interrupt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		bindings.Interrupt(c.c)
	}
}

// exec runs a statement of our own and drops its result.
func (c *conn) exec(ctx context.Context, sql string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, c.interrupt)
	defer stop()
	var res bindings.Result
	defer bindings.DestroyResult(&res)
	if bindings.Query(c.c, sql, &res) == bindings.StateError {
		return translate(ctx, bindings.ResultErrorType(&res), bindings.ResultError(&res), sql)
	}
	return nil
}

// quote writes an SQL string, ident an SQL name.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func ident(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// defaultThreads leaves a large machine to others: mining and sorting gain little beyond eight.
func defaultThreads() int { return max(1, min(runtime.GOMAXPROCS(0), 8)) }
