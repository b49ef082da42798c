package basetest

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// childArgs holds what the test gave its child, and marks the process as one.
const childArgs = "LOTSE_TEST_CHILD"

// ChildArgs returns what StartChild was given when this process is the child of a test that kills it; a test that starts
// a child asks this first and does the child's work if it is one.
func ChildArgs() ([]string, bool) {
	args := os.Getenv(childArgs)
	return strings.Split(args, "\n"), args != ""
}

// Child is a process in which a test runs a second time until the test kills it or it ends by itself.
type Child struct {
	lines *bufio.Scanner
	cmd   *exec.Cmd
}

// StartChild runs the test t of this very binary in a process of its own, which finds args by ChildArgs.
func StartChild(t testing.TB, args ...string) *Child {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), childArgs+"="+strings.Join(args, "\n"))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &Child{lines: bufio.NewScanner(out), cmd: cmd}
}

// Line returns the next line of the child's output, false when it has ended.
func (c *Child) Line() (string, bool) {
	more := c.lines.Scan()
	return c.lines.Text(), more
}

// Kill ends the child without a chance to clean up; one that has ended already is left alone.
func (c *Child) Kill() error {
	if err := c.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}

// Wait waits for the end of the child and returns an error, with what was left of its output, when it was killed or
// failed.
func (c *Child) Wait() error {
	var left strings.Builder
	for c.lines.Scan() {
		fmt.Fprintln(&left, c.lines.Text())
	}
	if err := c.cmd.Wait(); err != nil {
		return fmt.Errorf("%w\n%s", err, left.String())
	}
	return nil
}
