package record

import (
	"database/sql"
	"errors"
	"sort"
	"strings"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/german"
	"golang.org/x/text/unicode/norm"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record/field"
)

// spell keeps the words of a record that search finds it by. Private fields stay out.
func (b *Batch) spell(d *Def, id string, deleted bool, doc map[string]any) error {
	if d.Hidden {
		return nil
	}
	var rowid int64
	err := b.tx.QueryRow(`SELECT doc FROM record_words WHERE kind = ? AND id = ?`, d.Name, id).Scan(&rowid)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		if deleted {
			return nil
		}
		r, err := b.tx.Exec(`INSERT INTO record_words(kind, id) VALUES (?, ?)`, d.Name, id)
		if err != nil {
			return err
		}
		if rowid, err = r.LastInsertId(); err != nil {
			return err
		}
	case err != nil:
		return err
	default:
		if _, err := b.tx.Exec(`DELETE FROM record_text WHERE rowid = ?`, rowid); err != nil {
			return err
		}
	}
	if deleted {
		_, err := b.tx.Exec(`DELETE FROM record_words WHERE doc = ?`, rowid)
		return err
	}
	heading, body := d.spelled(doc)
	_, err = b.tx.Exec(`INSERT INTO record_text(rowid, heading, body) VALUES (?, ?, ?)`, rowid, heading, body)
	return err
}

// spelled is what search finds a document by.
func (d *Def) spelled(doc map[string]any) (heading, body string) {
	name, _ := doc[d.headingName()].(string)
	return indexed(name), indexed(plainText(d.Fields, doc))
}

// plainText is everything readable in a document but its heading: texts, options in both languages, free words.
func plainText(fields []field.Field, doc map[string]any) string {
	var b strings.Builder
	for i := range fields {
		f := &fields[i]
		v := doc[f.Name]
		if v == nil || f.Private || f.Heading {
			continue
		}
		switch f.Type {
		case field.TypeText, field.TypeLongText:
			s, _ := v.(string)
			b.WriteString(s + "\n")
		case field.TypeChoice:
			s, _ := v.(string)
			b.WriteString(f.OptionTitle(s, base.German) + " " + f.OptionTitle(s, base.English) + "\n")
		case field.TypeChoices:
			list, _ := v.([]any)
			for _, item := range list {
				s, _ := item.(string)
				b.WriteString(f.OptionTitle(s, base.German) + " " + f.OptionTitle(s, base.English) + "\n")
			}
		case field.TypeTable:
			rows, _ := v.([]any)
			for _, row := range rows {
				values, _ := row.(map[string]any)
				b.WriteString(plainText(f.Fields, values))
			}
		}
	}
	return b.String()
}

// indexed writes each word of a text in all forms that a search may ask for, each once.
func indexed(s string) string {
	seen := map[string]bool{}
	for _, w := range words(s) {
		for _, form := range forms(w) {
			seen[form] = true
		}
	}
	list := make([]string, 0, len(seen))
	for form := range seen {
		list = append(list, form)
	}
	sort.Strings(list)
	return strings.Join(list, " ")
}

// words parts a text into lower-case words of letters and digits.
func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(norm.NFC.String(s)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

var spelledOut = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss")

// forms are the spellings of one word: without accents, with spelled-out umlauts, and its German and English stem.
func forms(w string) []string {
	return []string{field.Fold(w), field.Fold(spelledOut.Replace(w)), field.Fold(stem(w, german.Stem)), field.Fold(stem(w, english.Stem))}
}

func stem(w string, by func(*snowballstem.Env) bool) string {
	env := snowballstem.NewEnv(w)
	by(env)
	return env.Current()
}

// mostWords is how many words of a question count.
const mostWords = 12

// match writes a question for the full-text index: every word must be there, in any form or as the beginning of a
// longer one. It is empty when the question holds no word.
func match(question string) string {
	var parts []string
	for _, w := range words(question) {
		if len(parts) == mostWords {
			break
		}
		seen, alternatives := map[string]bool{}, []string{}
		for i, form := range forms(w) {
			if form == "" || seen[form] {
				continue
			}
			seen[form] = true
			quoted := `"` + form + `"` // letters and digits only
			if i < 2 || len([]rune(form)) > 3 {
				quoted += "*"
			}
			alternatives = append(alternatives, quoted)
		}
		parts = append(parts, "("+strings.Join(alternatives, " OR ")+")")
	}
	return strings.Join(parts, " AND ")
}
