package report

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance/closing"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/sheet"
	"lotse.dev/lotse/internal/transport/report/certificate"
)

// Company is what a certificate says of the company.
type Company struct {
	Name      string
	Simulated bool
	Zone      *time.Location
}

// Proofs offers signed effects as certificates and verifies them.
type Proofs struct {
	Closings *closing.Service
	Company  func(ctx context.Context) (Company, error)
	Signer   certificate.Signer
}

type certificateInput struct {
	Plan string `path:"plan" maxLength:"64"`
}

// Verified says whether a certificate is the one that Lotse wrote and whether what it shows still holds.
type Verified struct {
	Genuine bool          `json:"genuine" doc:"written by this instance and unchanged; for a hash alone: known here"`
	Holds   bool          `json:"holds" doc:"the signed result was computed again from its snapshot and is the same"`
	Text    base.Text     `json:"text"`
	Why     base.Text     `json:"why" doc:"what was looked at, or what does not fit"`
	Closing *closing.View `json:"closing" doc:"null where nothing is known or may be seen"`
}

const pdfType = "application/pdf"

// Operations are the certificate and its verification.
func (p Proofs) Operations() []operation.Operation {
	return []operation.Operation{
		operation.NewStreamOf[certificateInput, struct{}](operation.Def{ID: "effect_certificate", Kind: operation.Stream, Method: http.MethodGet, Path: "/effects/{plan}/certificate",
			Tag: "closing", Permission: auth.RegisterRead, Media: []string{pdfType}, Summary: base.T("Wirkungsnachweis als PDF", "Certificate of effect as PDF")}, p.write),
		operation.NewStreamOf[struct{}, Verified](operation.Def{ID: "certificate_verify", Kind: operation.Stream, Method: http.MethodPost, Path: "/certificates/verify",
			Tag: "closing", Permission: auth.RegisterRead, MaxBody: 6 << 20, Media: []string{"application/json"},
			Summary: base.T("Wirkungsnachweis prüfen: die Datei oder seine Prüfsumme", "Verify a certificate: the file or its hash")}, p.verify),
	}
}

func (p Proofs) write(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	c, err := p.Closings.Certified(ctx, r.PathValue("plan"))
	if err != nil {
		return err
	}
	company, err := p.Company(ctx)
	if err != nil {
		return err
	}
	l := base.LangOf(ctx)
	pdf, err := certificate.Write(certificateOf(c, company), l)
	if err != nil {
		return err
	}
	sealed, err := certificate.Seal(pdf, c.View.ID, c.View.Hash, p.Signer)
	if err != nil {
		return err
	}
	name := base.T("Wirkungsnachweis", "Certificate of effect").In(l) + " " + c.Item.Name
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": sheet.FileName(name) + ".pdf"}))
	w.Header().Set("Content-Type", pdfType)
	_, err = w.Write(sealed)
	return err
}

func (p Proofs) verify(w http.ResponseWriter, r *http.Request) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	out, err := p.look(r.Context(), body)
	if err != nil {
		return err
	}
	base.Localize(out, base.LangOf(r.Context()))
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(out)
}

// look verifies a file, or a hash written alone.
func (p Proofs) look(ctx context.Context, body []byte) (*Verified, error) {
	if hash := strings.ToLower(strings.Join(strings.Fields(string(body[:min(len(body), 200)])), "")); len(body) < 200 && isHash(hash) {
		return p.judge(ctx, certificate.Named{Hash: hash}, base.T("Die Prüfsumme ist die eines unterschriebenen Abschlusses dieser Instanz.", "The hash is that of a signed closing of this instance."))
	}
	named, genuine, err := certificate.Read(body, p.Signer)
	if err != nil {
		return nil, err
	}
	if !genuine {
		return &Verified{Text: base.T("Dieser Nachweis ist verändert oder stammt nicht aus dieser Instanz.", "This certificate was changed or is not of this instance."),
			Why: base.T("Der Prüfcode am Ende der Datei passt nicht zu ihrem Inhalt.", "The code at the end of the file does not fit its content.")}, nil
	}
	return p.judge(ctx, named, base.T("Die Datei ist Byte für Byte die, die diese Instanz ausgegeben hat.", "The file is byte by byte the one that this instance wrote."))
}

func isHash(s string) bool {
	raw, err := hex.DecodeString(s)
	return err == nil && len(raw) == 32
}

// judge computes the closing again that a certificate names.
func (p Proofs) judge(ctx context.Context, named certificate.Named, found base.Text) (*Verified, error) {
	view, err := p.Closings.Recheck(ctx, named.Closing, named.Hash)
	var failed *base.Error
	switch {
	case err == nil:
	case base.IsKind(err, base.NotFound) && named.Closing == "":
		return &Verified{Text: base.T("Zu dieser Prüfsumme ist hier kein Abschluss bekannt, den Sie sehen dürfen.", "No closing that you may see is known here for this hash."),
			Why: base.T("Prüfen Sie, ob alle 64 Zeichen stimmen und ob der Nachweis von dieser Instanz ist.", "Check that all 64 characters are right and that the certificate is of this instance.")}, nil
	case base.IsKind(err, base.NotFound):
		return &Verified{Genuine: named.Closing != "", Text: base.T("Zu diesem Nachweis ist hier kein Abschluss bekannt, den Sie sehen dürfen.", "No closing that you may see is known here for this certificate."), Why: base.AsError(err).Text}, nil
	case view != nil && errors.As(err, &failed):
		return &Verified{Genuine: true, Closing: view, Text: base.T("Der Nachweis ist echt, aber das unterschriebene Ergebnis lässt sich nicht mehr nachrechnen.", "The certificate is genuine, but the signed result cannot be computed again."), Why: failed.Text}, nil
	default:
		return nil, err
	}
	if view.Hash != named.Hash {
		return &Verified{Genuine: true, Closing: view, Text: base.T("Der Nachweis ist echt, aber der Abschluss trägt heute eine andere Prüfsumme.", "The certificate is genuine, but the closing bears another hash today."), Why: found}, nil
	}
	out := &Verified{Genuine: true, Holds: true, Closing: view, Text: base.T("Der Nachweis ist echt. Das unterschriebene Ergebnis wurde aus seinem Datenstand nachgerechnet und stimmt.",
		"The certificate is genuine. The signed result was computed again from its snapshot and is the same."), Why: found}
	if view.Status != "signed" {
		out.Text = base.T("Der Nachweis ist echt, der Abschluss wurde danach aber wieder geöffnet und gilt nicht mehr.", "The certificate is genuine, but the closing was reopened afterwards and does not hold any more.")
		out.Holds = false
	}
	return out, nil
}
