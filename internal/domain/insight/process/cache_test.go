package process

import "testing"

func TestCacheKeepsTheAnswersUsedLast(t *testing.T) {
	c := newCache[int](2)
	c.put("a", 1)
	c.put("b", 2)
	c.get("a")
	c.put("c", 3)
	if _, ok := c.get("b"); ok {
		t.Error("the answer used longest ago stayed")
	}
	for key, want := range map[string]int{"a": 1, "c": 3} {
		if got, ok := c.get(key); !ok || got != want {
			t.Error(key, got, ok)
		}
	}
	c.put("a", 4)
	if got, _ := c.get("a"); got != 4 {
		t.Error(got)
	}
}
