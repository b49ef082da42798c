package record

import (
	"errors"
	"maps"
)

// Try runs a step of a batch and takes back what it wrote when it fails, so that the batch can go on without it.
func (b *Batch) Try(step func() error) error {
	before := maps.Clone(b.delta)
	if _, err := b.tx.Exec(`SAVEPOINT step`); err != nil {
		return err
	}
	err := step()
	if err == nil {
		_, err = b.tx.Exec(`RELEASE step`)
		return err
	}
	b.delta = before
	_, undo := b.tx.Exec(`ROLLBACK TO step`)
	_, end := b.tx.Exec(`RELEASE step`)
	return errors.Join(err, undo, end)
}
