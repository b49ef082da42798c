package auth

import (
	"context"
	"math"
	"strconv"
	"strings"
	"sync"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
)

// Failed tries of a password are answered by waiting, never by locking an account: who guesses at an account from one
// address waits there longer and longer, and the account itself waits only after very many tries from everywhere, only
// shortly, and not at addresses from which its owner has signed in before. So strangers can slow themselves down, but
// not keep the owner out.
const (
	freeTries    = 5 // of an account at one address
	longestDelay = 15 * time.Minute
	manyTries    = 100 // of an account at all addresses
	manyDelay    = 30 * time.Second
	forgetAfter  = time.Hour // without a further try
	mostTries    = 10_000    // accounts and addresses remembered at once
	mostKnown    = 10_000    // addresses of owners remembered at once
)

type callerKey struct{}

// WithCaller puts the address that a request comes from into a context; tries are counted by it.
func WithCaller(ctx context.Context, address string) context.Context {
	return context.WithValue(ctx, callerKey{}, address)
}

func callerOf(ctx context.Context) string {
	address, _ := ctx.Value(callerKey{}).(string)
	return address
}

// tried is who is tried from where; address is empty for all addresses together.
type tried struct{ account, address string }

// failures counts failed tries in a row.
type failures struct {
	count int
	last  time.Time
	until time.Time // no further try before
}

// tries remembers failed tries in memory.
type tries struct {
	mu     sync.Mutex
	failed map[tried]*failures
	known  map[tried]time.Time // addresses from which an account signed in
}

// begin counts a try as failed before its password is looked at, so that many at once gain nothing; it answers how long
// to wait instead, 0 when the try may go on. Success takes the count away.
func (t *tries) begin(account, address string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	here, everywhere := tried{account, address}, tried{account: account}
	_, known := t.known[here]
	wait := t.of(here, now).until.Sub(now)
	if !known {
		wait = max(wait, t.of(everywhere, now).until.Sub(now))
	}
	if wait > 0 {
		return wait
	}
	if f := t.count(here, now); f.count >= freeTries {
		f.until = now.Add(delay(f.count - freeTries))
	}
	if f := t.count(everywhere, now); f.count >= manyTries {
		f.until = now.Add(manyDelay)
	}
	return 0
}

// delay doubles from two seconds on.
func delay(beyond int) time.Duration {
	return min(longestDelay, time.Duration(math.Pow(2, float64(min(beyond, 20)+1)))*time.Second)
}

// of returns the failures that still count.
func (t *tries) of(who tried, now time.Time) failures {
	if f := t.failed[who]; f != nil && now.Sub(f.last) < forgetAfter {
		return *f
	}
	return failures{}
}

func (t *tries) count(who tried, now time.Time) *failures {
	f := t.failed[who]
	if f == nil || now.Sub(f.last) >= forgetAfter {
		t.makeRoom(now)
		f = &failures{}
		t.failed[who] = f
	}
	f.count++
	f.last = now
	return f
}

// makeRoom forgets what no longer counts, and when everything still does, what was tried longest ago; a flood of tries
// at made-up accounts does not make a real one forgotten as long as it is tried.
func (t *tries) makeRoom(now time.Time) {
	if t.failed == nil {
		t.failed = map[tried]*failures{}
	}
	if len(t.failed) < mostTries {
		return
	}
	var oldest tried
	var at time.Time
	for who, f := range t.failed {
		if now.Sub(f.last) >= forgetAfter {
			delete(t.failed, who)
		} else if at.IsZero() || f.last.Before(at) {
			oldest, at = who, f.last
		}
	}
	if len(t.failed) >= mostTries {
		delete(t.failed, oldest)
	}
}

// succeed forgets the failures at an address and remembers it as one of the owner's.
func (t *tries) succeed(account, address string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	here, everywhere := tried{account, address}, tried{account: account}
	if f, there := t.failed[here]; there {
		if all := t.failed[everywhere]; all != nil {
			all.count = max(0, all.count-f.count)
		}
		delete(t.failed, here)
	}
	if t.known == nil {
		t.known = map[tried]time.Time{}
	}
	if len(t.known) >= mostKnown {
		for who := range t.known {
			delete(t.known, who)
			break
		}
	}
	t.known[here] = now
}

// try lets one try of a password go on or says how long to wait.
func (s *Service) try(ctx context.Context, account string) error {
	wait := s.tries.begin(strings.ToLower(strings.TrimSpace(account)), callerOf(ctx), s.clock())
	if wait <= 0 {
		return nil
	}
	seconds := int(math.Ceil(wait.Seconds()))
	operation.AddHeader(ctx, "Retry-After", strconv.Itoa(seconds))
	return base.Fail(base.Unavailable, "too_many", base.T("Zu viele falsche Kennwörter für dieses Konto.", "Too many wrong passwords for this account.")).
		WithHint(base.N(seconds, base.T("Bitte warten Sie eine Sekunde.", "Please wait a second."),
			base.T("Bitte warten Sie %d Sekunden.", "Please wait %d seconds.", seconds)))
}

func (s *Service) tryWorked(ctx context.Context, account string) {
	s.tries.succeed(strings.ToLower(strings.TrimSpace(account)), callerOf(ctx), s.clock())
}
