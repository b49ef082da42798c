package robust

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// Records of the kill test: so many are there before, and the file has so many rows, of which some are about those.
const recordsBefore, recordRows, recordsShared = 300, 1500, 100

// recordFile writes a file of risks with numbers [from, to).
func recordFile(t testing.TB, path string, from, to int, remark string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("Titel;Behandlung\n")
	for n := from; n < to; n++ {
		fmt.Fprintf(&b, "Risiko %05d;%s %d\n", n, remark, n)
	}
	return write(t, path, b.String())
}

// risks reads the records behind the program's back.
func risks(t testing.TB, dir string) []string {
	t.Helper()
	db := books(t, dir)
	defer db.Close()
	return texts(t, db, `SELECT json_extract(payload, '$.title') || ' ' || json_extract(payload, '$.measure') || ' ' || version FROM record
		WHERE kind = 'risk' AND deleted = 0 ORDER BY 1`)
}

// onlyJob is the id of the only import of records.
func onlyJob(t testing.TB, dir string) string {
	t.Helper()
	db := books(t, dir)
	defer db.Close()
	ids := texts(t, db, `SELECT id FROM job WHERE kind = 'record_import'`)
	if len(ids) != 1 {
		t.Fatal(ids)
	}
	return ids[0]
}

// The server is killed while it imports records, by a key and without one: all rows are there or none, and the job that
// was broken off can be repeated, after which everything is as if it had run once.
func TestKillRecordImport(t *testing.T) {
	dir := folder(t)
	template := filepath.Join(dir, "t")
	mapped := "title=Titel,measure=Behandlung"
	importOnce(t, template, []string{"record", "risk", "import", recordFile(t, filepath.Join(dir, "a.csv"), 0, recordsBefore, "vorher"), "--map", mapped})
	before, first := risks(t, template), onlyJob(t, template)
	file := recordFile(t, filepath.Join(dir, "b.csv"), recordsBefore-recordsShared, recordsBefore-recordsShared+recordRows, "nachher")
	for key, all := range map[string]int{"title": recordsBefore - recordsShared + recordRows, "-": recordsBefore + recordRows} {
		args := []string{"record", "risk", "import", file, "--map", mapped, "--key", key}
		once := copyTree(t, template, filepath.Join(dir, "once"+key))
		start := time.Now()
		importOnce(t, once, args)
		duration := time.Since(start)
		after := risks(t, once)
		if len(before) != recordsBefore || len(after) != all {
			t.Fatalf("%d records before, %d after", len(before), len(after))
		}
		var old, done, broken atomic.Int64
		points, moments := times(6, 40), times(2, 10)
		t.Run("key "+key, func(t *testing.T) {
			for i := range points + moments {
				t.Run(fmt.Sprint(i), func(t *testing.T) {
					t.Parallel()
					k := recordKill{copyTree(t, template, filepath.Join(folder(t), "d")), args, before, after, first}
					moment := k.written
					if i < points {
						moment = func(testing.TB) {
							time.Sleep(time.Duration((float64(i) + 0.5) / float64(points) * 1.1 * float64(duration)))
						}
					}
					isNew, repeated := k.at(t, moment)
					count := &old
					if isNew {
						count = &done
					}
					count.Add(1)
					if repeated {
						broken.Add(1)
					}
				})
			}
		})
		t.Logf("key %s: %d times nothing, %d times all was written at the kill; %d jobs were broken off", key, old.Load(), done.Load(), broken.Load())
		if old.Load() == 0 || broken.Load() == 0 {
			t.Error("no kill broke off the work")
		}
	}
}

// importOnce runs the command by a server, undisturbed.
func importOnce(t testing.TB, dir string, args []string) {
	t.Helper()
	s := serve(t, dir)
	defer s.stop()
	must(t, append(slices.Clone(args), "--data", dir)...)
}

// recordKill is one import of records that is killed.
type recordKill struct {
	dir           string
	args          []string
	before, after []string
	first         string // id of the job of what was there before
}

// written waits until all rows are there; the job has still to say so.
func (k recordKill) written(t testing.TB) {
	t.Helper()
	db := books(t, k.dir)
	defer db.Close()
	for texts(t, db, `SELECT count(*) FROM record WHERE kind = 'risk'`)[0] != fmt.Sprint(len(k.after)) {
		time.Sleep(100 * time.Microsecond)
	}
}

// at kills the server at a moment after the command began and brings the import to its end. It answers whether all was
// written at the kill, and whether the job was broken off.
func (k recordKill) at(t *testing.T, moment func(testing.TB)) (isNew, repeated bool) {
	s := serve(t, k.dir)
	cmd := command(append(slices.Clone(k.args), "--data", k.dir)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	moment(t)
	s.kill()
	acknowledged := cmd.Wait() == nil
	now := risks(t, k.dir)
	isNew = slices.Equal(now, k.after)
	if !isNew && (acknowledged || !slices.Equal(now, k.before)) {
		t.Fatalf("%d records after the kill, acknowledged %t", len(now), acknowledged)
	}
	s = serve(t, k.dir)
	return isNew, k.finish(t, s)
}

// finish repeats what was broken off, runs the command again when nothing of it arrived, and compares with one import
// that nobody disturbed.
func (k recordKill) finish(t *testing.T, s *server) (repeated bool) {
	arrived := false
	for _, j := range s.settled() {
		if j.Kind != "record_import" || j.ID == k.first {
			continue
		}
		arrived = true
		if j.State == "done" {
			continue
		}
		if repeated = true; j.State != "interrupted" || j.EndedAt == nil {
			t.Errorf("%+v %+v", j, j.Error)
		}
		// The file is taken away as the very last thing; then the rows are there and the job has nothing to read.
		again := s.repeat(j.ID)
		if again.State != "done" && (count(k.dir, "imports/*/*") > 0 || !slices.Equal(risks(t, k.dir), k.after)) {
			t.Errorf("repeated: %+v %+v", again, again.Error)
		}
	}
	if !arrived {
		must(t, append(slices.Clone(k.args), "--data", k.dir)...)
	}
	whole(t, s)
	if status := s.stop(); status != 0 {
		t.Errorf("serve ended with %d", status)
	}
	nothingHalf(t, k.dir)
	if left := count(k.dir, "imports/*/*"); left > 0 && arrived {
		t.Errorf("%d files of imports are left", left)
	}
	if now := risks(t, k.dir); !slices.Equal(now, k.after) {
		t.Errorf("%d records in the end, %d after one import", len(now), len(k.after))
	}
	must(t, "check", "--data", k.dir)
	return repeated
}
