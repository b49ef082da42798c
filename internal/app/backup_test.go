package app_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"lotse.dev/lotse/internal/app"
	"lotse.dev/lotse/internal/transport/cli"
)

func init() { cli.Register(app.RestoreCommand()) } // the program registers it when it starts

// Backups of a running instance while people write are each of one moment: restored elsewhere, the instance checks clean.
func TestBackupWhileOthersWrite(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	operator, somebody := serve(t, a, true), signIn(t, a, "o@example.org", "officer")
	operator.want(http.StatusCreated, "POST", "/records/unit?id=u", map[string]any{"name": "Vertrieb"}, nil)
	operator.want(http.StatusCreated, "POST", "/records/goal?id=g", map[string]any{"title": "Ziel"}, nil)
	r, _ := operator.do("POST", "/api/v1/records/goal/g/files?name=a.txt", []byte("Anlage"))
	if r.StatusCode != http.StatusCreated {
		t.Fatal(r.Status)
	}
	stop := make(chan struct{})
	var writers sync.WaitGroup
	for w := range 3 {
		writers.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				operator.want(http.StatusCreated, "POST", "/records/goal", map[string]any{"title": fmt.Sprintf("Ziel %d von %d", n, w), "unit": "u"}, nil)
			}
		})
	}
	for i := range 3 {
		r, raw := operator.do("GET", "/api/v1/instance/backup", nil)
		if r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != "application/x-tar" {
			t.Fatal(r.Status, string(raw[:min(len(raw), 300)]))
		}
		restored(t, raw, fmt.Sprint("moment", i))
	}
	close(stop)
	writers.Wait()
	if r, body := somebody.do("GET", "/api/v1/instance/backup", nil); r.StatusCode != http.StatusForbidden {
		t.Fatal(r.Status, string(body[:min(len(body), 300)]))
	}
	if left, err := filepath.Glob(filepath.Join(dir, "tmp", "backup-*")); err != nil || len(left) > 0 {
		t.Error("a backup left", left)
	}

	// With nobody writing, the restored instance answers the same to the byte.
	_, raw := operator.do("GET", "/api/v1/instance/backup", nil)
	_, before := operator.do("GET", "/api/v1/records/goal?limit=1000", nil)
	_, file := operator.do("GET", "/api/v1/records/goal/g/files", nil)
	again := serve(t, open(t, restored(t, raw, "same")), true)
	if _, after := again.do("GET", "/api/v1/records/goal?limit=1000", nil); !bytes.Equal(before, after) {
		t.Errorf("before %.300s\nafter  %.300s", before, after)
	}
	var files struct{ Items []struct{ ID string } }
	if err := json.Unmarshal(file, &files); err != nil || len(files.Items) != 1 {
		t.Fatal(string(file), err)
	}
	if r, content := again.do("GET", "/api/v1/files/"+files.Items[0].ID, nil); r.StatusCode != http.StatusOK || string(content) != "Anlage" {
		t.Error(r.Status, string(content))
	}
}

// restored brings a backup into a new folder by the command, checks it by the command, and answers the folder.
func restored(t *testing.T, raw []byte, name string) string {
	t.Helper()
	d := newDesk(t)
	path := filepath.Join(t.TempDir(), name+".tar")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	d.want(0, "alles geprüft", "restore", path)
	d.want(0, "", "check")
	return d.dir
}

// The commands: a backup is made once and overwritten never; what is damaged, cut off or in the way is refused.
func TestBackupCommands(t *testing.T) {
	d := newDesk(t)
	d.load("orders.csv", orders, "--table", "orders")
	d.want(0, "", "record", "goal", "add", "--id", "g", "title=Ziel")
	path := filepath.Join(t.TempDir(), "a.tar")
	d.want(0, "Gesichert und geprüft", "backup", path)
	d.want(4, "gibt es schon", "backup", path)
	d.want(4, "nicht leer", "restore", path)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	new := newDesk(t)
	new.want(3, "nicht öffnen", "restore", path+".missing")
	for name, bad := range map[string][]byte{"cut": raw[:len(raw)/2], "changed": bytes.Replace(raw, []byte("SQLite format 3"), []byte("SQLite format 4"), 1), "empty": nil} {
		file := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		new.want(4, "beschädigt", "restore", file)
		if _, err := os.Stat(new.dir); err == nil {
			t.Error(name, "left a folder")
		}
	}
	new.want(0, "alles geprüft", "restore", path)
	if was, is := d.want(0, "Ziel", "record", "goal", "list"), new.want(0, "Ziel", "record", "goal", "list"); was != is {
		t.Error(was, is)
	}
	new.want(0, "", "check")
}

// A changed attachment is found by its hash.
func TestCheckFindsAChangedAttachment(t *testing.T) {
	d := newDesk(t)
	a := open(t, d.dir)
	operator := serve(t, a, true)
	operator.want(http.StatusCreated, "POST", "/records/goal?id=g", map[string]any{"title": "Ziel"}, nil)
	operator.want(http.StatusCreated, "POST", "/records/goal/g/files?name=a.txt", []byte("Anlage"), nil)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	d.want(0, "", "check")
	kept, err := filepath.Glob(filepath.Join(d.dir, "blob", "*", "*"))
	if err != nil || len(kept) != 1 {
		t.Fatal(kept, err)
	}
	if err := os.WriteFile(kept[0], []byte("anders"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, errs, status := d.run("check", "--data", d.dir); status == 0 {
		t.Error(out, errs)
	}
}
