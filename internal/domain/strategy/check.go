package strategy

import (
	"fmt"
	"net/url"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record/field"
)

func checkInitiative(i *Initiative) []base.FieldError {
	var e field.Errors
	if i.Stage == "" {
		i.Stage = "idea" // where everything begins; the other stages come through gates
	}
	if i.Start != "" && i.GoLive != "" && i.GoLive < i.Start {
		e.Add("go_live", base.T("Der Betrieb beginnt vor dem Vorhaben.", "The go-live is before the start."))
	}
	if i.Start != "" && i.End != "" && i.End < i.Start {
		e.Add("end", base.T("Das Ende liegt vor dem Beginn.", "The end is before the start."))
	}
	for n, l := range i.Links {
		if u, err := url.Parse(l.URL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			e.Add(fmt.Sprintf("links[%d].url", n), base.T("Bitte eine vollständige Adresse mit https:// angeben.", "Please give a full address with https://."))
		}
	}
	return e.List()
}
