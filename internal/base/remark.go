package base

// Remark is a typed note beside an answer: a small sample, a missing column, an assumption that was used. Unknown
// values are null beside a remark that says why, never zero.
type Remark struct {
	Code string `json:"code" doc:"stable snake_case name"`
	Text Text   `json:"text"`
	// Link is a path of the web app where the matter can be mended, empty when there is none.
	Link string `json:"link,omitempty"`
}

// Remarks is a list in which each code and text stands once.
type Remarks []Remark

// Add appends a remark unless the same code with the same text is there.
func (r *Remarks) Add(code string, text Text) { r.AddLink(code, text, "") }

// AddLink is Add with a path of the web app where the matter can be mended.
func (r *Remarks) AddLink(code string, text Text, link string) {
	for _, have := range *r {
		if have.Code == code && have.Text.De == text.De {
			return
		}
	}
	*r = append(*r, Remark{Code: code, Text: text, Link: link})
}

// Has says whether a code is in the list.
func (r Remarks) Has(code string) bool {
	for _, have := range r {
		if have.Code == code {
			return true
		}
	}
	return false
}
