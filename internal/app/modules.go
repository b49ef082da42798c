package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/domain/delivery"
	"lotse.dev/lotse/internal/domain/governance"
	"lotse.dev/lotse/internal/domain/insight/assumption"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/domain/insight/overview"
	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/domain/instance"
	"lotse.dev/lotse/internal/domain/notice"
	"lotse.dev/lotse/internal/domain/organisation"
	"lotse.dev/lotse/internal/domain/strategy"
	"lotse.dev/lotse/internal/domain/strategy/businesscase"
	"lotse.dev/lotse/internal/domain/strategy/roadmap"
	"lotse.dev/lotse/internal/intake"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/blob"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/duckdb"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/transport/report"
)

// modules are the services of one opened data folder.
type modules struct {
	db       *database.DB
	records  *record.Store
	lake     *duckdb.Store
	jobs     *job.Pool
	auth     *auth.Service
	door     *auth.Door
	instance *instance.Service
	settings *setting.Service
	notices  *notice.Service
	targets  *governance.Service
	proving  *proving

	operations []operation.Operation
}

// offers is what every module has.
type offers interface{ Operations() []operation.Operation }

// assemble opens the stores of a folder and makes every module, one line each.
func (a *App) assemble(ctx context.Context) (m *modules, err error) {
	o := a.options
	m = &modules{}
	defer func() {
		if err != nil {
			m.close()
		}
	}()
	if m.db, err = database.Open(ctx, o.Dir); err != nil {
		return m, err
	}
	if err := os.RemoveAll(filepath.Join(m.db.Dir(), "tmp")); err != nil { // what a killed process was about: a backup holds keys and facts there
		return m, database.Translate(err)
	}
	if m.lake, err = duckdb.Open(ctx, m.db.Dir(), m.db, duckdb.Options{Now: o.Clock}); err != nil {
		return m, err
	}
	m.records = record.NewStore(m.db, o.Clock)
	records := m.records
	m.jobs = job.New(m.db, o.Clock, o.Logger)
	m.auth = auth.NewService(m.db, o.Clock)
	m.door = &auth.Door{Service: m.auth, Instance: a.status, BaseURL: a.baseURL, Secure: o.secure(), DemoAccounts: demoEmails()}
	m.instance = instance.New(m.db, m.jobs, o.Clock, a.reload, a.demo(m), FullVersion(), checks(m)...)
	m.settings = setting.New(records)
	assumptions := assumption.New(records)
	metrics := catalogue.New(m.lake, m.settings, records, o.Clock)
	findings := finding.New(m.lake, m.settings, assumptions, records, o.Clock)
	var processes *process.Service // intake and process need each other: loads change cases, timelines name files
	loads, err := intake.New(ctx, intake.Deps{DB: m.db, Lake: m.lake, Jobs: m.jobs, Clock: o.Clock,
		Defaults: func(ctx context.Context) (zone, currency string, err error) {
			s, _, err := m.settings.Get(ctx)
			return s.Zone, s.Currency, err
		},
		Changed: func(ctx context.Context, d lake.Dataset, by string) (string, error) {
			m.targets.Loaded(ctx)
			return processes.Changed(ctx, d, by)
		},
		Renamed: func(ctx context.Context, from, to, by string) error {
			return errors.Join(m.settings.RenameProcess(ctx, from, to, by), assumptions.RenameProcess(ctx, from, to, by),
				metrics.RenameProcess(ctx, from, to, by), m.targets.RenameProcess(ctx, from, to, by))
		},
		Renaming:   func(ctx context.Context, process string) error { return m.proving.keepName(ctx, process) },
		Pinned:     m.pinned,
		Newest:     m.newest,
		Dependents: dependents(metrics, findings), Signed: m.signed(metrics)})
	if err != nil {
		return m, err
	}
	today := o.Clock.In(m.zone)
	people := newPeople(records, m.auth, o.Clock, today)
	m.proving = a.newProving(m, metrics)
	registers, err := register.New(ctx, records, blob.Open(m.db.Dir()), people, o.Clock, slices.Concat(
		organisation.Kinds(),
		strategy.Kinds(),
		businesscase.Kinds(),
		roadmap.Kinds(),
		governance.Kinds(metrics),
		delivery.Kinds(),
		m.proving.kinds(),
		o.Kinds,
	)...)
	if err != nil {
		return m, err
	}
	if err := registers.Imports(imports(m)); err != nil {
		return m, err
	}
	registers.Call("metric", readings{metrics}.Title)
	cases := businesscase.New(records, registers, measures{metrics, findings}, caseDefaults{records, m.settings}, o.Clock)
	plan := roadmap.New(records, registers, m.jobs, worths{records, registers}, today)
	m.notices = a.newNotices(m, registers, people)
	m.proving.read(a, m, registers, people, metrics, findings)
	processes = process.New(m.lake, m.settings, m.jobs, loads)
	m.targets = a.newTargets(m, registers, metrics)
	processes.AfterDerive(func(ctx context.Context) error {
		m.targets.Loaded(ctx)
		return findings.Refresh(ctx)
	})
	metrics.NameFiles(loads)
	processes.NameLaunches(launches{registers})
	for _, module := range []offers{
		m.door,
		m.jobs,
		m.instance,
		m.settings,
		loads,
		assumptions,
		processes,
		metrics,
		findings,
		overview.New(m.lake, m.settings, assumptions, processes, metrics, findings, o.Clock).Plan(plans(m, registers, loads, today)),
		report.Exports{Clock: o.Clock},
		registers,
		m.notices,
		m.targets,
		a.feeds(m, plan),
		strategy.New(records, registers, sources{findings}, cases, o.Clock).Measure(readings{metrics}).Prove(proofs{m.proving.plans}),
		cases,
		report.Cases{Case: cases.Version},
		plan,
		m.proving,
		report.Proofs{Closings: m.proving.closings, Company: m.company, Signer: records},
	} {
		m.operations = append(m.operations, module.Operations()...)
	}
	if err := m.instance.Begin(ctx); err != nil {
		return m, err
	}
	if err := m.auth.Join(ctx, people); err != nil {
		return m, err
	}
	if err := m.jobs.Start(ctx); err != nil {
		return m, err
	}
	m.notices.Start(ctx)
	m.targets.Start(ctx)
	if err := processes.CatchUp(ctx); err != nil {
		o.Logger.Warn("cases may lag behind their events", "error", err)
	}
	return m, nil
}

// close ends the work of the modules, last opened first.
func (m *modules) close() error {
	var first error
	keep := func(err error) {
		if first == nil {
			first = err
		}
	}
	if m.notices != nil {
		m.notices.Stop()
	}
	if m.targets != nil {
		m.targets.Stop()
	}
	if m.jobs != nil {
		m.jobs.Close()
	}
	if m.lake != nil {
		keep(m.lake.Close())
	}
	if m.db != nil {
		keep(m.db.Close())
	}
	return first
}

// leftovers are folders below the data folder that hold nothing after an emptying; whatever a kill leaves of them,
// the stores remove when they open.
var leftovers = []string{"blob", "lake", "uploads", "imports", "refused", "tmp"}

func removeLeftovers(dir string) error {
	for _, name := range leftovers {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}
