package robust

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// The process is killed while a controller signs closings and plans, through a server or by commands one after the
// other: what was acknowledged is there with its entry of the ledger, and nothing is signed by half.
func TestKillSigning(t *testing.T) {
	p := proving(t)
	dir := copyTree(t, p.template, folder(t)+"/d")
	s := serve(t, dir)
	start := time.Now()
	if acknowledged := p.signAll(s); len(acknowledged) != len(p.papers) {
		t.Fatal(acknowledged, s.errs)
	}
	duration := time.Since(start)
	p.signed(t, s)
	s.stop()
	var found [toClose + toPlan + 1]atomic.Int64
	points := times(12, 110)
	t.Run("points", func(t *testing.T) {
		for i := range points {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				after := time.Duration((float64(i) + 0.5) / float64(points) * float64(duration))
				found[p.killedWhileSigning(t, after, i%4 == 3)].Add(1)
			})
		}
	})
	for n := range found {
		t.Logf("%d of %d signed: %d times", n, len(p.papers), found[n].Load())
	}
}

// signAll signs one paper after the other and answers the ids of those whose signature was acknowledged.
func (p *proof) signAll(s *server) map[string]bool {
	out := map[string]bool{}
	for _, x := range p.papers {
		status, _ := s.try(p.staff["controller"], "POST", x.path(), fmt.Sprint(x.version), map[string]any{})
		if status != 200 {
			break
		}
		out[x.id] = true
	}
	return out
}

// sign is the command that signs a paper as the controller.
func (p *proof) sign(dir string, x paper, more ...string) *exec.Cmd {
	cmd := command(slices.Concat(x.command(), []string{"--data", dir, "--as", p.staff["controller"].email}, more)...)
	cmd.Env = append(cmd.Env, "LOTSE_TOKEN="+p.staff["controller"].token)
	return cmd
}

// killedWhileSigning answers how many papers were signed when the process was killed, and signs the others afterwards.
func (p *proof) killedWhileSigning(t *testing.T, after time.Duration, byCommand bool) int {
	dir := copyTree(t, p.template, folder(t)+"/d")
	acknowledged := map[string]bool{}
	if byCommand {
		acknowledged = p.killCommands(t, dir, 4*after)
	} else {
		s := serve(t, dir)
		done := make(chan map[string]bool)
		go func() { done <- p.signAll(s) }()
		time.Sleep(after)
		s.kill()
		acknowledged = <-done
	}
	s := serve(t, dir)
	s.settled()
	now := p.signed(t, s)
	signed := 0
	for _, x := range p.papers {
		if acknowledged[x.id] && !now[x.id] {
			t.Errorf("acknowledged and lost: %+v", x)
		}
		want := 200
		if now[x.id] {
			signed, want = signed+1, 409
		}
		if status, body := s.try(p.staff["controller"], "POST", x.path(), "*", map[string]any{}); status != want {
			t.Errorf("%+v signed again: %d %s", x, status, body)
		}
	}
	if all := p.signed(t, s); len(all) != len(p.papers) {
		t.Errorf("%v", all)
	}
	whole(t, s)
	if status := s.stop(); status != 0 {
		t.Errorf("serve ended with %d", status)
	}
	nothingHalf(t, dir)
	p.books(t, dir)
	return signed
}

// killCommands signs by one command after the other until the time is over, when the one that runs is killed.
func (p *proof) killCommands(t *testing.T, dir string, after time.Duration) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	end := time.After(after)
	for _, x := range p.papers {
		cmd := p.sign(dir, x)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		go func() { cmd.Wait(); close(ended) }()
		select {
		case <-ended:
		case <-end:
			cmd.Process.Kill()
			<-ended
			if out[x.id] = cmd.ProcessState.ExitCode() == 0; !out[x.id] {
				delete(out, x.id)
			}
			return out
		}
		if code := cmd.ProcessState.ExitCode(); code != 0 {
			t.Fatalf("%v: %d", cmd.Args, code)
		}
		out[x.id] = true
	}
	return out
}

// books counts signatures in the state database behind the program's back.
func (p *proof) books(t *testing.T, dir string) {
	t.Helper()
	db := books(t, dir)
	defer db.Close()
	closings := texts(t, db, `SELECT id FROM record WHERE kind = 'closing' AND json_extract(payload, '$.status') = 'signed' ORDER BY id`)
	entries := texts(t, db, `SELECT json_extract(payload, '$.closing') FROM record WHERE kind = 'ledger_entry' ORDER BY 1`)
	if len(closings) != toClose || strings.Join(closings, " ") != strings.Join(entries, " ") {
		t.Errorf("signed closings %v, ledger %v", closings, entries)
	}
	if n := texts(t, db, `SELECT count(*) FROM record_history WHERE kind = 'effect_plan' AND action = 'approve'`); n[0] != fmt.Sprint(toClose+toPlan) {
		t.Errorf("%s signatures of plans", n[0])
	}
}
