package process

import (
	"container/list"
	"sync"
)

// cache keeps the answers used last, by key.
type cache[V any] struct {
	mu     sync.Mutex
	size   int
	recent *list.List // of entry[V], newest first
	byKey  map[string]*list.Element
}

type entry[V any] struct {
	key   string
	value V
}

func newCache[V any](size int) *cache[V] {
	return &cache[V]{size: size, recent: list.New(), byKey: make(map[string]*list.Element)}
}

func (c *cache[V]) get(key string) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.byKey[key]
	if !ok {
		return value, false
	}
	c.recent.MoveToFront(at)
	return at.Value.(entry[V]).value, true
}

func (c *cache[V]) put(key string, value V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, ok := c.byKey[key]; ok {
		at.Value = entry[V]{key, value}
		c.recent.MoveToFront(at)
		return
	}
	c.byKey[key] = c.recent.PushFront(entry[V]{key, value})
	if c.recent.Len() > c.size {
		oldest := c.recent.Back()
		c.recent.Remove(oldest)
		delete(c.byKey, oldest.Value.(entry[V]).key)
	}
}
