package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance/chain"
	"lotse.dev/lotse/internal/domain/governance/closing"
	"lotse.dev/lotse/internal/domain/governance/effectplan"
	"lotse.dev/lotse/internal/domain/governance/ledger"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/effect"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/domain/notice"
	"lotse.dev/lotse/internal/domain/organisation"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/transport/report"
)

// proving are the modules that plan, close and keep effects.
type proving struct {
	facts    *effect.Service
	plans    *effectplan.Service
	closings *closing.Service
	ledger   *ledger.Service
	chain    *chain.Service
}

// newProving makes the part that the registers need; read makes the rest once they are there.
func (a *App) newProving(m *modules, metrics *catalogue.Service) *proving {
	facts := effect.New(metrics, m.settings)
	return &proving{facts: facts, plans: effectplan.New(m.records, metrics, facts, m.newest, a.options.Clock)}
}

// kinds are the registers of proving, each pointing at those before it.
func (p *proving) kinds() []*record.Def {
	return append(append(p.plans.Kinds(), closing.Kinds()...), ledger.Kinds()...)
}

func (p *proving) read(a *App, m *modules, registers *register.Service, people *organisation.People, metrics *catalogue.Service, findings *finding.Service) {
	p.plans.Read(registers)
	p.closings = closing.New(closing.Deps{Records: m.records, Registers: registers, Plans: p.plans, Facts: p.facts, Newest: m.newest, Alike: people.Alike,
		Rules: func(ctx context.Context) (closing.Rules, error) {
			s, _, err := m.settings.Get(ctx)
			return closing.Rules{Department: s.ClosingDepartment, Days: s.DaysToClose()}, err
		},
		Person: func(ctx context.Context, by string) (string, error) {
			account, err := m.auth.ByName(ctx, by)
			return account.Person, err
		},
		Notify: func(ctx context.Context, n closing.Notice) error { return m.tellClosing(ctx, n) },
		Clock:  a.options.Clock, Logger: a.options.Logger})
	p.ledger = ledger.New(m.records, registers, p.plans, p.closings, claims{m.records, registers})
	p.chain = chain.New(m.records, registers, p.plans, p.closings, p.ledger, chainFindings{findings}, chainMetrics{metrics})
}

// Operations are those of plans, closings and the ledger.
func (p *proving) Operations() []operation.Operation {
	return slices.Concat(p.plans.Operations(), p.closings.Operations(), p.ledger.Operations(), p.chain.Operations())
}

// pinned are the snapshots that signatures name. It is asked while the modules are being made.
func (m *modules) pinned(ctx context.Context) ([]int64, error) {
	plans, err := effectplan.Pinned(ctx, m.records)
	closings, more := closing.Pinned(ctx, m.records)
	return append(plans, closings...), errors.Join(err, more)
}

// verify computes everything signed again.
func (p *proving) verify(ctx context.Context) (int, error) {
	n := 0
	for _, check := range []func(context.Context) (int, error){p.plans.Verify, p.closings.Verify, p.ledger.Verify} {
		looked, err := check(ctx)
		n += looked
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// keepName refuses another name for a process that something signed names: what was signed cannot follow.
func (p *proving) keepName(ctx context.Context, process string) error {
	for _, named := range []func(context.Context, string) (bool, error){p.plans.NamesProcess, p.closings.NamesProcess} {
		if yes, err := named(ctx, process); err != nil || yes {
			return errors.Join(err, base.Fail(base.Conflict, "process_signed", base.T("Der Prozess „%s“ steht in unterschriebenen Plänen oder Abschlüssen und behält seinen Namen.",
				"The process “%s” stands in signed plans or closings and keeps its name.", process)))
		}
	}
	return nil
}

// newest is the newest instant that the instance knows, of records and facts.
func (m *modules) newest(ctx context.Context) (time.Time, error) {
	kept, err := m.records.Newest(ctx)
	if err != nil {
		return kept, err
	}
	facts, err := m.lake.Newest(ctx)
	if facts.After(kept) {
		kept = facts
	}
	return kept, err
}

// tellClosing brings a notice about a closing to its people, and to those who sign where they are meant.
func (m *modules) tellClosing(ctx context.Context, n closing.Notice) error {
	persons := n.Persons
	if n.Signers {
		approvers, err := m.auth.Approvers(ctx, auth.PolicyProof)
		if err != nil {
			return err
		}
		for _, p := range approvers {
			persons = append(persons, p.Person)
		}
	}
	cause := notice.Proposed
	if n.Decided {
		cause = notice.Decided
	}
	return m.notices.Send(ctx, notice.Notice{Cause: cause, Kind: closing.Name, Record: n.Closing, Mark: n.Mark, Persons: persons, Text: n.Text, By: auth.From(ctx)})
}

// company is what a certificate says of the company.
func (m *modules) company(ctx context.Context) (report.Company, error) {
	settings, _, err := m.settings.Get(ctx)
	if err != nil {
		return report.Company{}, err
	}
	status, err := m.instance.Status(ctx)
	if err != nil {
		return report.Company{}, err
	}
	zone, err := time.LoadLocation(settings.Zone)
	return report.Company{Name: settings.CompanyName, Simulated: status.Demo, Zone: zone}, err
}
