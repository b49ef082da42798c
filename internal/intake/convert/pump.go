package convert

import (
	"fmt"
	"runtime/debug"
	"sync/atomic"

	"lotse.dev/lotse/internal/base/fact"
)

// pump hands batches to a sink in a goroutine of its own, so that reading goes on while the sink works. Two batches go
// round; a sink's error comes back with the next one.
type pump struct {
	full chan *fact.Batch
	free chan *fact.Batch
	done chan struct{}
	bad  atomic.Bool
	err  error // of the sink; read after done is closed
}

func newPump(sink fact.Sink, schema fact.Schema) *pump {
	p := &pump{full: make(chan *fact.Batch), free: make(chan *fact.Batch, 2), done: make(chan struct{})}
	p.free <- fact.NewBatch(schema)
	p.free <- fact.NewBatch(schema)
	go func() {
		defer close(p.done)
		for b := range p.full {
			if p.err == nil {
				p.err = write(sink, b)
				p.bad.Store(p.err != nil)
			}
			b.Reset()
			p.free <- b
		}
	}()
	return p
}

// write turns a panic of the sink into an error, because nobody above this goroutine would catch it.
func write(sink fact.Sink, b *fact.Batch) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic in the sink: %v\n%s", r, debug.Stack())
		}
	}()
	return sink.Write(b)
}

// swap sends a full batch on and returns an empty one; ok is false when the sink has failed.
func (p *pump) swap(b *fact.Batch) (next *fact.Batch, ok bool) {
	p.full <- b
	return <-p.free, !p.bad.Load()
}

// close sends what is left, waits for the sink and returns its error.
func (p *pump) close(b *fact.Batch) error {
	if b != nil && b.Rows > 0 {
		p.full <- b
	}
	close(p.full)
	<-p.done
	return p.err
}
