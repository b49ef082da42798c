package app

import (
	"context"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/register"
	"lotse.dev/lotse/internal/store/blob"
)

// imports joins what the import of a file into a register needs.
func imports(m *modules) register.Imports {
	return register.Imports{Jobs: m.jobs, Files: blob.OpenIn(m.db.Dir(), "imports"), Who: actor{m.auth}.who, Currency: currencyOf(m.settings)}
}

func currencyOf(settings *setting.Service) func(ctx context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		s, _, err := settings.Get(ctx)
		return s.Currency, err
	}
}

// actor finds the person in whose name a job works, with the rights of this moment.
type actor struct{ accounts *auth.Service }

func (a actor) who(ctx context.Context, by string) (auth.Principal, error) {
	if operator := auth.Operator(); by == operator.By() {
		return operator, nil
	}
	account, err := a.accounts.ByName(ctx, by)
	if err == nil && (account.ID == "" || account.Disabled) {
		err = base.Fail(base.Forbidden, "account_gone", base.T("Das Konto, das den Vorgang begonnen hat, gibt es nicht mehr.", "The account that started the job no longer exists."))
	}
	return account.Principal(), err
}
