package effectplan

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
)

// StepInput takes a step of a plan's signature.
type StepInput struct {
	ID      string `path:"id" maxLength:"64"`
	IfMatch string `header:"If-Match" maxLength:"40"`
	Body    StepBody
}

// StepBody is the reason of a step; a refusal needs one.
type StepBody struct {
	Note string `json:"note,omitempty" maxLength:"2000"`
}

// step takes a step of approval. Signing is approving: the class is decided behind every door.
func (s *Service) step(name string) func(context.Context, *StepInput) (*register.One, error) {
	return func(ctx context.Context, in *StepInput) (*register.One, error) {
		action := auth.Update
		if name == "approve" || name == "refuse" {
			action = auth.Approve
		}
		version, err := register.Version(in.IfMatch)
		if err != nil {
			return nil, err
		}
		d, have, err := s.registers.Need(ctx, Name, in.ID, action)
		if err != nil {
			return nil, err
		}
		by := auth.From(ctx)
		kept, err := s.records.Decide(ctx, d, in.ID, version, record.Decision{Step: name, By: by.By(), Note: strings.TrimSpace(in.Body.Note)})
		if err != nil {
			return nil, err
		}
		s.registers.Tell(ctx, register.Event{Def: d, Before: &have, After: kept, Action: name, By: by})
		return s.registers.Show(ctx, d, kept)
	}
}

// PreviewInput is a plan that is being written.
type PreviewInput struct {
	ID   string `query:"id" maxLength:"64" doc:"record that the draft will replace"`
	Body json.RawMessage
}

// Operations are those of plans beside their register.
func (s *Service) Operations() []operation.Operation {
	def := func(id string, k operation.Kind, method, path string, p operation.Permission, de, en string) operation.Def {
		return operation.Def{ID: id, Kind: k, Method: method, Path: path, Tag: "effect_plan", Permission: p, Summary: base.T(de, en)}
	}
	write := auth.RegisterWrite
	return []operation.Operation{
		operation.New(def("provability", operation.Query, http.MethodPost, "/provability", auth.FactsRead, "Können wir das belegen?", "Can we prove it?"), s.provability),
		operation.New(def("effect_plan_preview", operation.Query, http.MethodPost, "/effect_plans/preview", auth.FactsRead, "Entwurf eines Wirkungsplans prüfen", "Try a draft of an effect plan"), s.preview),
		operation.New(def("effect_plan_propose", operation.Command, http.MethodPost, "/effect_plans/{id}/propose", write, "Wirkungsplan vorlegen", "Propose an effect plan"), s.step("propose")),
		operation.New(def("effect_plan_withdraw", operation.Command, http.MethodPost, "/effect_plans/{id}/withdraw", write, "Wirkungsplan zurückziehen", "Withdraw an effect plan"), s.step("withdraw")),
		operation.New(def("effect_plan_sign", operation.Command, http.MethodPost, "/effect_plans/{id}/sign", write, "Wirkungsplan unterschreiben", "Sign an effect plan"), s.step("approve")),
		operation.New(def("effect_plan_refuse", operation.Command, http.MethodPost, "/effect_plans/{id}/refuse", write, "Wirkungsplan ablehnen", "Refuse an effect plan"), s.step("refuse")),
	}
}
