package closing

import (
	"encoding/json"

	"lotse.dev/lotse/internal/engine/causal"
	"lotse.dev/lotse/internal/engine/proof"
)

// Frozen is everything that a signature is about. Its canonical bytes are hashed.
type Frozen struct {
	Subject    string         `json:"subject"`
	Title      string         `json:"title"`
	Ask        proof.Ask      `json:"question" doc:"what was asked of the facts, with the moment of the answer"`
	Unit       string         `json:"unit"`
	Currency   string         `json:"currency"`
	Rows       []proof.Row    `json:"rows"`
	Value      *float64       `json:"value"`
	Low        *float64       `json:"low"`
	High       *float64       `json:"high"`
	N          int64          `json:"n"`
	Plan       *FrozenPlan    `json:"plan"`
	Terms      *proof.Terms   `json:"terms"`
	Effect     *causal.Effect `json:"effect"`
	Worth      *proof.Worth   `json:"worth"`
	Signatures []Step         `json:"signatures" doc:"proposed, confirmed and signed; empty until then"`
}

// FrozenPlan names the plan that an effect was judged by.
type FrozenPlan struct {
	ID      string     `json:"id"`
	Version int        `json:"version"`
	Title   string     `json:"title"`
	Class   string     `json:"class"`
	Price   [3]float64 `json:"price" doc:"least, likely and most that one unit of the metric is worth a year"`
	Toward  float64    `json:"toward" doc:"sign of the change that helps"`
}

func (f *Frozen) text() (string, error) {
	raw, err := proof.Canonical(f)
	return string(raw), err
}

// Frozen reads what a closing froze.
func (c *Closing) frozen() (*Frozen, error) {
	out := &Frozen{}
	return out, json.Unmarshal([]byte(c.Frozen), out)
}

// Worth is what a closed effect is worth a year as frozen, nil for a metric.
func (c *Closing) Worth() (*proof.Worth, error) {
	f, err := c.frozen()
	if err != nil {
		return nil, err
	}
	return f.Worth, nil
}

// What reads everything that a closing froze.
func (c *Closing) What() (*Frozen, error) { return c.frozen() }
