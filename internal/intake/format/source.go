package format

import (
	"bytes"
	"context"
	"errors"
	"io"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"

	"lotse.dev/lotse/internal/base"
)

// Limits of a packed file. A file that unpacks to more than MaxUnpacked bytes, or to more than MaxRatio times its
// size once RatioFrom bytes have come out, is refused: it is a decompression bomb or not a table.
const (
	MaxUnpacked = 64 << 30
	MaxRatio    = 250
	RatioFrom   = 64 << 20
)

// Source is a file on disk that can be read several times.
type Source struct {
	Path string
	Name string // as the user knows it
	Size int64
	Gzip bool
	Type Type
	Tmp  string // folder for an unpacked copy, "" for the system's
	read atomic.Int64
}

// Find looks at a file: whether it is packed and what it holds, by content and never by its name.
func Find(path, name string) (*Source, error) {
	f, err := openDisk(context.Background(), path, name, false)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s := &Source{Path: path, Name: name, Size: max(0, f.Size())}
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return nil, err
	}
	head = head[:n]
	if bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		s.Gzip = true
		if head, err = s.unpackedHead(); err != nil {
			return nil, InFile(err, name)
		}
	}
	if s.Type, err = Recognise(head); err != nil {
		return nil, InFile(err, name)
	}
	return s, nil
}

func (s *Source) unpackedHead() ([]byte, error) {
	r, err := s.Open(context.Background())
	if err != nil {
		return nil, err
	}
	defer r.Close()
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return nil, err
	}
	return head[:n], nil
}

// Read returns how many bytes of the file on disk have been read by the reader opened last.
func (s *Source) Read() int64 { return s.read.Load() }

// Open starts reading the content, unpacked. Reading ends with the context.
func (s *Source) Open(ctx context.Context) (io.ReadCloser, error) {
	f, err := openDisk(ctx, s.Path, s.Name, false)
	if err != nil {
		return nil, err
	}
	s.read.Store(0)
	raw := &countingReader{ctx: ctx, r: f, n: &s.read}
	if !s.Gzip {
		return struct {
			io.Reader
			io.Closer
		}{raw, f}, nil
	}
	gz, err := gzip.NewReader(raw)
	if err != nil {
		f.Close()
		return nil, gzipFailure(err)
	}
	return &gunzip{gz: gz, raw: raw, f: f}, nil
}

type countingReader struct {
	ctx context.Context
	r   io.Reader
	n   *atomic.Int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}

type gunzip struct {
	gz  *gzip.Reader
	raw *countingReader
	f   *Disk
	out int64
}

func (g *gunzip) Read(p []byte) (int, error) {
	n, err := g.gz.Read(p)
	g.out += int64(n)
	if g.out > MaxUnpacked || g.out > RatioFrom && g.out > MaxRatio*g.raw.n.Load() {
		return 0, base.Fail(base.TooLarge, "unpacks_too_large",
			base.T("Die gepackte Datei ergibt ausgepackt ungewöhnlich viel (über %s MB); sie wird nicht gelesen.",
				"The packed file unpacks to unusually much (over %s MB); it is not read.", base.Number{Value: float64(g.out >> 20)})).
			WithHint(base.T("Packen Sie die Datei selbst aus und prüfen Sie, ob sie eine Tabelle enthält.",
				"Unpack the file yourself and check whether it holds a table."))
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return n, gzipFailure(err)
	}
	return n, err
}

func (g *gunzip) Close() error { return errors.Join(g.gz.Close(), g.f.Close()) }

func gzipFailure(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	text := base.T("Die gepackte Datei (.gz) ist beschädigt.", "The packed file (.gz) is damaged.")
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		text = base.T("Die gepackte Datei (.gz) ist abgeschnitten: ihr Ende fehlt.", "The packed file (.gz) is cut off: its end is missing.")
	}
	return base.Fail(base.Refused, "gzip_damaged", text).
		WithHint(base.T("Übertragen oder packen Sie die Datei noch einmal.", "Transfer or pack the file again.")).Because(err)
}
