package catalogue

import (
	"container/list"
	"encoding/json"
	"fmt"
	"sync"

	"lotse.dev/lotse/internal/engine/metric"
)

// answers keeps the answers used last. Each is kept under everything that it depends on, so that nothing has to be
// taken out when data or settings change.
type answers struct {
	mu     sync.Mutex
	size   int
	recent *list.List // of *kept, newest first
	byKey  map[string]*list.Element
}

type kept struct {
	key    string
	answer *metric.Answer
}

func newAnswers(size int) *answers {
	return &answers{size: size, recent: list.New(), byKey: map[string]*list.Element{}}
}

// key names an answer: definition and version, state of the data, settings, day, question.
func key(v *view, e entry, src *source, q metric.Question) string {
	day := v.env.Calendar.DateOf(v.env.Now)
	question, _ := json.Marshal(q) // numbers and texts always encode
	own, _ := json.Marshal(e.own)
	return fmt.Sprintf("%s %d %s|%s %q %d|%d %s|%s", e.Name, e.Version, own, e.Table, src.process, src.info.Snapshot, v.settings, day, question)
}

// get returns a copy, because texts of an answer are put into a language in place.
func (a *answers) get(key string) (*metric.Answer, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	at, ok := a.byKey[key]
	if !ok {
		return nil, false
	}
	a.recent.MoveToFront(at)
	return at.Value.(*kept).answer.Clone(), true
}

func (a *answers) put(key string, answer *metric.Answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, ok := a.byKey[key]; ok {
		return
	}
	a.byKey[key] = a.recent.PushFront(&kept{key, answer.Clone()})
	if a.recent.Len() > a.size {
		oldest := a.recent.Back()
		a.recent.Remove(oldest)
		delete(a.byKey, oldest.Value.(*kept).key)
	}
}
