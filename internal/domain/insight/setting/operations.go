package setting

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/record"
)

// PutInput is a change of the settings.
type PutInput struct {
	IfMatch string `header:"If-Match" doc:"version that the change is based on, 0 for the first"`
	Body    Settings
}

// HistoryList is every version of the settings, newest first.
type HistoryList struct {
	Items []record.Entry[Settings] `json:"items"`
	Total int                      `json:"total"`
}

// Operations are what people can do with settings.
func (s *Service) Operations() []operation.Operation {
	return []operation.Operation{
		operation.New(operation.Def{ID: "setting_get", Kind: operation.Query, Method: http.MethodGet, Path: "/settings",
			Tag: "setting", Permission: auth.SettingsRead, Summary: base.T("Einstellungen zeigen", "Show the settings")},
			func(ctx context.Context, _ *struct{}) (*Answer, error) { return s.Read(ctx) }),
		operation.New(operation.Def{ID: "setting_put", Kind: operation.Command, Method: http.MethodPut, Path: "/settings",
			Tag: "setting", Permission: auth.SettingsWrite, Summary: base.T("Einstellungen ändern", "Change the settings")},
			func(ctx context.Context, in *PutInput) (*Answer, error) {
				version, err := Version(in.IfMatch)
				if err != nil {
					return nil, err
				}
				return s.Put(ctx, in.Body, version, auth.From(ctx).By())
			}),
		operation.New(operation.Def{ID: "setting_history", Kind: operation.Query, Method: http.MethodGet, Path: "/settings/history",
			Tag: "setting", Permission: auth.SettingsRead, Summary: base.T("Verlauf der Einstellungen", "History of the settings")},
			s.history),
	}
}

func (s *Service) history(ctx context.Context, _ *struct{}) (*HistoryList, error) {
	entries, err := s.History(ctx)
	if err != nil {
		return nil, err
	}
	newest := make([]record.Entry[Settings], 0, len(entries))
	for i := len(entries) - 1; i >= 0; i-- {
		newest = append(newest, entries[i])
	}
	return &HistoryList{Items: newest, Total: len(newest)}, nil
}

// Version reads the version out of an If-Match header: 3, "3" or W/"3".
func Version(header string) (int, error) {
	text := strings.Trim(strings.TrimPrefix(strings.TrimSpace(header), "W/"), `"`)
	version, err := strconv.Atoi(text)
	if err != nil || version < 0 {
		return 0, base.Fail(base.Usage, "version_missing", base.T("Der Kopf If-Match mit der Version, auf der die Änderung beruht, fehlt.",
			"The header If-Match with the version that the change is based on is missing."))
	}
	return version, nil
}
