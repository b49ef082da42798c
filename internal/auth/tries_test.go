package auth_test

import (
	"fmt"
	"testing"
	"time"

	"lotse.dev/lotse/internal/auth"
)

// A flood of tries at made-up accounts must not make a real one's failures forgotten, nor fill the memory.
func TestAFloodOfNamesDoesNotResetAnAccount(t *testing.T) {
	s, _, w := open(t)
	add(t, s, "anna@example.com", auth.Viewer)
	ctx := auth.WithCaller(t.Context(), "203.0.113.7")
	for range 5 {
		if _, _, err := s.SignIn(ctx, "anna@example.com", "geraten geraten"); code(err) != "bad_sign_in" {
			t.Fatal(err)
		}
	}
	for i := range 200 { // each costs a password's computation, so that a test cannot make ten thousand
		if _, _, err := s.SignIn(ctx, fmt.Sprintf("nobody%d@example.com", i), "geraten geraten"); code(err) != "bad_sign_in" {
			t.Fatal(i, err)
		}
	}
	if _, _, err := s.SignIn(ctx, "anna@example.com", password); code(err) != "too_many" {
		t.Error(err)
	}
	w.now = w.now.Add(2 * time.Second)
	if _, _, err := s.SignIn(ctx, "anna@example.com", password); err != nil {
		t.Error(err)
	}
}
