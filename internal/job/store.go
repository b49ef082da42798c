package job

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"reflect"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/database"
)

// twoTongues keeps a text in both languages, because a row outlives the request that asked for one of them.
type twoTongues struct {
	De string `json:"de"`
	En string `json:"en"`
}

func keepText(t base.Text) twoTongues {
	return twoTongues{De: t.In(base.German), En: t.In(base.English)}
}

func (t twoTongues) text() base.Text { return base.T(t.De, t.En) }

func encode(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return "null" // only texts and plain structs come here
	}
	return string(b)
}

type keptProblem struct {
	Kind   string      `json:"kind"`
	Code   string      `json:"code"`
	Text   twoTongues  `json:"text"`
	Hint   twoTongues  `json:"hint"`
	Place  base.Place  `json:"place"`
	Fields []keptField `json:"fields"`
}

type keptField struct {
	Field string     `json:"field"`
	Text  twoTongues `json:"text"`
}

func keepProblem(e *base.Error) string {
	k := keptProblem{Kind: e.Kind.String(), Code: e.Code, Text: keepText(e.Text), Hint: keepText(e.Hint), Place: e.Place}
	for _, f := range e.Fields {
		k.Fields = append(k.Fields, keptField{Field: f.Field, Text: keepText(f.Text)})
	}
	return encode(k)
}

func (k keptProblem) problem() *Problem {
	p := &Problem{Kind: k.Kind, Code: k.Code, Text: k.Text.text(), Hint: k.Hint.text(), Place: k.Place, Fields: []base.FieldError{}}
	for _, f := range k.Fields {
		p.Fields = append(p.Fields, base.FieldError{Field: f.Field, Text: f.Text.text()})
	}
	return p
}

// encodeOutput writes an output once in each language.
func encodeOutput(output any) (de, en sql.NullString, err error) {
	if output == nil {
		return de, en, nil
	}
	p := reflect.New(reflect.TypeOf(output))
	p.Elem().Set(reflect.ValueOf(output))
	for _, tongue := range []struct {
		lang base.Lang
		out  *sql.NullString
	}{{base.German, &de}, {base.English, &en}} {
		base.Localize(p.Interface(), tongue.lang)
		b, err := json.Marshal(p.Interface())
		if err != nil {
			return de, en, err
		}
		*tongue.out = sql.NullString{String: string(b), Valid: true}
	}
	return de, en, nil
}

const selectJob = `SELECT id, kind, key, title, state, phase, done, total, created_by, created_at, started_at, ended_at,
	problem, output_de, output_en FROM job`

func scan(ctx context.Context, row interface{ Scan(...any) error }) (Info, error) {
	var i Info
	var title, phase, createdAt string
	var startedAt, endedAt, problem, de, en sql.NullString
	err := row.Scan(&i.ID, &i.Kind, &i.Key, &title, &i.State, &phase, &i.Done, &i.Total, &i.CreatedBy, &createdAt,
		&startedAt, &endedAt, &problem, &de, &en)
	if errors.Is(err, sql.ErrNoRows) {
		return i, notFound()
	}
	if err != nil {
		return i, err
	}
	var t, p twoTongues
	if err := errors.Join(json.Unmarshal([]byte(title), &t), json.Unmarshal([]byte(phase), &p)); err != nil {
		return i, err
	}
	i.Title, i.Phase = t.text(), p.text()
	i.CreatedAt = database.ParseStamp(createdAt)
	i.StartedAt, i.EndedAt = database.ParseStampPtr(startedAt), database.ParseStampPtr(endedAt)
	if problem.Valid {
		var k keptProblem
		if err := json.Unmarshal([]byte(problem.String), &k); err != nil {
			return i, err
		}
		i.Error = k.problem()
	}
	output := de
	if base.LangOf(ctx) == base.English {
		output = en
	}
	if output.Valid {
		i.Output = json.RawMessage(output.String)
	}
	return i, nil
}

func notFound() error {
	return base.Fail(base.NotFound, "job_not_found", base.T("Diesen Vorgang gibt es nicht.", "This job does not exist."))
}

func (p *Pool) setState(ctx context.Context, id string, state State, more string, args ...any) error {
	return p.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`UPDATE job SET state = ?`+more+` WHERE id = ?`, append(append([]any{state}, args...), id)...)
		return err
	})
}
