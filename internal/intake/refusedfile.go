package intake

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"strconv"

	"github.com/klauspost/compress/gzip"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/store/database"
)

const refusedSuffix = ".csv.gz"

// refusedFile keeps the refused rows of a load as a packed CSV: three columns that say where and why, then the columns
// of the file, so that the rows can be corrected and loaded again; what a spreadsheet would take for a formula is
// disarmed. It is made with the first row.
type refusedFile struct {
	path    string
	columns []string
	lang    base.Lang
	f       *os.File
	gz      *gzip.Writer
	w       *bufio.Writer
}

func (s *Service) refusedPath(load int64) string {
	return filepath.Join(s.refusedDir(), strconv.FormatInt(load, 10)+refusedSuffix)
}

func (r *refusedFile) add(x *convert.Refused) error {
	if r.f == nil {
		if err := r.open(); err != nil {
			return database.Translate(err)
		}
	}
	r.field([]byte(strconv.FormatInt(x.Line, 10)), ';')
	r.field([]byte(x.Column), ';')
	last := byte(';')
	if len(x.Cells) == 0 {
		last = '\n'
	}
	r.field([]byte(x.Reason.In(r.lang)), last)
	for i, c := range x.Cells {
		if i == len(x.Cells)-1 {
			last = '\n'
		}
		r.field(c, last)
	}
	return nil
}

func (r *refusedFile) open() error {
	f, err := os.OpenFile(r.path+".tmp", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	r.f, r.gz = f, gzip.NewWriter(f)
	r.w = bufio.NewWriterSize(r.gz, 64<<10)
	r.w.WriteString("\ufeff")
	names := append(append([]string{}, mapping.OwnColumns...), r.columns...)
	for i, n := range names {
		end := byte(';')
		if i == len(names)-1 {
			end = '\n'
		}
		r.field([]byte(n), end)
	}
	return nil
}

// field writes one value and what follows it; bufio keeps the first error for Flush.
func (r *refusedFile) field(v []byte, end byte) {
	v = disarm(v)
	quote := false
	for _, b := range v {
		quote = quote || b == '"' || b == ';' || b == '\n' || b == '\r'
	}
	if !quote {
		r.w.Write(v)
		r.w.WriteByte(end)
		return
	}
	r.w.WriteByte('"')
	for _, b := range v {
		if b == '"' {
			r.w.WriteByte('"')
		}
		r.w.WriteByte(b)
	}
	r.w.WriteByte('"')
	r.w.WriteByte(end)
}

// place finishes the file under its name; without rows there is none.
func (r *refusedFile) place() error {
	if r.f == nil {
		return nil
	}
	err := errors.Join(r.w.Flush(), r.gz.Close(), r.f.Sync(), r.f.Close())
	r.f = nil
	if err == nil {
		err = os.Rename(r.path+".tmp", r.path)
	}
	return database.Translate(err)
}

// drop removes every trace.
func (r *refusedFile) drop() {
	if r.f != nil {
		r.f.Close()
		r.f = nil
	}
	os.Remove(r.path + ".tmp")
	os.Remove(r.path)
}
