package intake

import (
	"encoding/json"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/convert"
)

// keptText is a text in both languages, for the state database; base.Text itself encodes as one of them.
type keptText struct {
	De string `json:"de"`
	En string `json:"en"`
}

func keep(t base.Text) keptText        { return keptText{t.De, t.En} }
func (t keptText) text() base.Text     { return base.Text{De: t.De, En: t.En} }
func encodeKept(v any) (string, error) { b, err := json.Marshal(v); return string(b), err }
func decodeKept(s string, v any) error { return json.Unmarshal([]byte(s), v) }

type keptRemark struct {
	Code string   `json:"code"`
	Text keptText `json:"text"`
	Link string   `json:"link,omitempty"`
}

func keepRemarks(list base.Remarks) (string, error) {
	out := make([]keptRemark, len(list))
	for i, r := range list {
		out[i] = keptRemark{r.Code, keep(r.Text), r.Link}
	}
	return encodeKept(out)
}

func readRemarks(s string) (base.Remarks, error) {
	var list []keptRemark
	out := base.Remarks{}
	err := decodeKept(s, &list)
	for _, r := range list {
		out = append(out, base.Remark{Code: r.Code, Text: r.Text.text(), Link: r.Link})
	}
	return out, err
}

type keptRefusal struct {
	Line   int64    `json:"line"`
	Column string   `json:"column"`
	Value  string   `json:"value"`
	Reason keptText `json:"reason"`
	Code   string   `json:"code"`
}

func keepRefusals(list []convert.Refused) (string, error) {
	out := make([]keptRefusal, len(list))
	for i, r := range list {
		out[i] = keptRefusal{r.Line, r.Column, r.Value, keep(r.Reason), r.Code}
	}
	return encodeKept(out)
}

func readRefusals(s string) ([]convert.Refused, error) {
	var list []keptRefusal
	out := []convert.Refused{}
	err := decodeKept(s, &list)
	for _, r := range list {
		out = append(out, convert.Refused{Line: r.Line, Column: r.Column, Value: r.Value, Reason: r.Reason.text(), Code: r.Code})
	}
	return out, err
}
