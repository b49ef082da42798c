package catalogue

import (
	"net/http"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
)

func query(id, path string, summary base.Text) operation.Def {
	return operation.Def{ID: id, Kind: operation.Query, Method: http.MethodGet, Path: path, Tag: "metric", Permission: auth.FactsRead, Summary: summary}
}

func command(id, method, path string, status int, summary base.Text) operation.Def {
	return operation.Def{ID: id, Kind: operation.Command, Method: method, Path: path, Tag: "metric", Permission: auth.RecordsWrite, Summary: summary, Status: status}
}

// Operations are what people can do with figures.
func (s *Service) Operations() []operation.Operation {
	return []operation.Operation{
		operation.New(query("metric_list", "/metrics", base.T("Kennzahlen mit ihrem Stand", "Metrics with what they say now")), s.List),
		operation.New(query("metric_show", "/metrics/{name}", base.T("Eine Kennzahl mit ihrer Definition", "A metric with its definition")), s.Show),
		operation.New(query("metric_query", "/metrics/{name}/query", base.T("Eine Kennzahl je Zeitraum", "A metric by period")), s.Query),
		operation.New(query("metric_rows", "/metrics/{name}/rows", base.T("Die Zeilen hinter einem Wert", "The rows behind a value")), s.Rows),
		operation.New(query("metric_history", "/metrics/{name}/history", base.T("Fassungen einer eigenen Kennzahl", "Versions of an own metric")), s.History),
		operation.New(command("metric_create", http.MethodPost, "/metrics", http.StatusCreated,
			base.T("Kennzahl aus zwei Aktivitäten anlegen", "Make a metric of two activities")), s.Create),
		operation.New(command("metric_update", http.MethodPut, "/metrics/{name}", 0, base.T("Eigene Kennzahl ändern", "Change an own metric")), s.Update),
		operation.New(command("metric_delete", http.MethodDelete, "/metrics/{name}", 0, base.T("Eigene Kennzahl löschen", "Delete an own metric")), s.Delete),
		operation.New(command("metric_owner", http.MethodPut, "/metrics/{name}/owner", 0, base.T("Zuständigkeit für eine Kennzahl", "Who answers for a metric")), s.SetOwner),
	}
}
