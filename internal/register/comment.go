package register

import (
	"context"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

func t(de, en string) base.Text { return base.T(de, en) }

// CommentItem is what somebody said about a record.
type CommentItem struct {
	ID       string    `json:"id"`
	Text     string    `json:"text" doc:"Markdown"`
	Mentions []string  `json:"mentions" doc:"ids of kind person"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
	Mine     bool      `json:"mine" doc:"the reader may delete it"`
}

// CommentList is everything that was said, oldest first.
type CommentList struct {
	Items []CommentItem `json:"items"`
	Names []Name        `json:"names"`
}

func (s *Service) comments(d *record.Def) func(context.Context, *IDInput) (*CommentList, error) {
	return func(ctx context.Context, in *IDInput) (*CommentList, error) {
		r, doc, err := s.lookup(ctx, d, in.ID)
		if err != nil {
			return nil, err
		}
		list, err := record.FindTyped(ctx, s.records, comments, on(d, doc.ID, comments))
		if err != nil {
			return nil, err
		}
		out := &CommentList{Items: make([]CommentItem, len(list))}
		ids := map[string]bool{}
		for i, c := range list {
			out.Items[i] = commentItem(c)
			out.Items[i].Mine = s.own(ctx, c.UpdatedBy) || r.may(d, auth.Delete, doc.Value)
			for _, id := range c.Value.Mentions {
				ids[id] = true
			}
		}
		persons, ok := s.records.Def(field.PersonKind)
		if !ok || len(ids) == 0 {
			return out, nil
		}
		var wanted []string
		for id := range ids {
			wanted = append(wanted, id)
		}
		names, err := s.records.Headings(ctx, persons, wanted)
		for id, name := range names {
			out.Names = append(out.Names, Name{field.PersonKind, id, name})
		}
		return out, err
	}
}

func commentItem(c record.Record[comment]) CommentItem {
	return CommentItem{ID: c.ID, Text: string(c.Value.Text), Mentions: c.Value.Mentions, By: c.UpdatedBy, At: c.UpdatedAt}
}

// CommentInput says something about a record.
type CommentInput struct {
	IDInput
	Body CommentBody
}

// CommentBody is a comment and whom it mentions.
type CommentBody struct {
	Text     string   `json:"text" minLength:"1" maxLength:"5000"`
	Mentions []string `json:"mentions,omitempty" maxItems:"50"`
}

func (s *Service) comment(d *record.Def) func(context.Context, *CommentInput) (*CommentItem, error) {
	return func(ctx context.Context, in *CommentInput) (*CommentItem, error) {
		r, doc, err := s.lookup(ctx, d, in.ID)
		if err != nil {
			return nil, err
		}
		if err := r.must(d, auth.Comment, doc.Value); err != nil {
			return nil, err
		}
		kept, err := record.Put(ctx, s.records, comments, "", record.New,
			comment{OnKind: d.Name, OnID: doc.ID, Text: field.Markdown(in.Body.Text), Mentions: in.Body.Mentions}, r.By())
		if err != nil {
			return nil, err
		}
		s.tell(ctx, Event{Def: d, Before: &doc, After: doc, Action: "comment", By: r.Principal, Comment: kept.ID, Mentions: in.Body.Mentions})
		out := commentItem(kept)
		out.Mine = true
		return &out, nil
	}
}

// UncommentInput names a comment.
type UncommentInput struct {
	IDInput
	Comment string `path:"comment" maxLength:"64"`
}

func (s *Service) uncomment(d *record.Def) func(context.Context, *UncommentInput) (*struct{}, error) {
	return func(ctx context.Context, in *UncommentInput) (*struct{}, error) {
		r, doc, err := s.lookup(ctx, d, in.ID)
		if err != nil {
			return nil, err
		}
		c, err := record.Get(ctx, s.records, comments, in.Comment)
		if err != nil {
			return nil, err
		}
		if c.Value.OnKind != d.Name || c.Value.OnID != doc.ID {
			_, err := record.Get(ctx, s.records, comments, "") // not found, in the words of the kind
			return nil, err
		}
		if !s.own(ctx, c.UpdatedBy) {
			if err := r.must(d, auth.Delete, doc.Value); err != nil {
				return nil, err
			}
		}
		return nil, record.Delete(ctx, s.records, comments, c.ID, c.Version, r.By())
	}
}
