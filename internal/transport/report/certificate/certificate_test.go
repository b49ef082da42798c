package certificate_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/transport/report/certificate"
)

type keyed string

func (k keyed) MAC(purpose string, data []byte) (string, error) {
	m := hmac.New(sha256.New, []byte(k))
	m.Write([]byte(purpose))
	m.Write(data)
	return hex.EncodeToString(m.Sum(nil)), nil
}

const hash = "7f3a91c2a4d05b6e7f3a91c2a4d05b6e7f3a91c2a4d05b6e7f3a91c2a4d0e04b"

func same(s string) base.Text { return base.T(s, s) }

func yes(b bool) *bool { return &b }

func example() *certificate.Certificate {
	c := &certificate.Certificate{
		Closing: "0c1example", Hash: hash, Company: "Nordhafen Technik GmbH", Simulated: true, Initiative: "Elektronische Auftragserfassung",
		Sentence: base.T("Elektronische Auftragserfassung verkürzt die Durchlaufzeit um 2,6 Tage.", "Electronic order entry shortens the lead time by 2.6 days."),
		Verdict:  base.T("belegt", "proven"), Proven: true, Class: base.T("vor dem Start geplant", "planned before the start"),
		Promise:  []certificate.Line{{base.T("Wirkung", "Effect"), base.T("−2,5 Tage", "−2.5 days"), base.T("Business Case, Fassung 3", "business case, version 3")}},
		Plan:     []certificate.Line{{base.T("Fenster", "Window"), same("10/2025 – 09/2026"), base.Text{}}, {base.T("Bereich ohne Bedeutung", "Band that does not matter"), base.T("±0,5 Tage", "±0.5 days"), base.Text{}}},
		Measured: []certificate.Line{{base.T("Wirkung im Fenster", "Effect in the window"), base.T("−2,6 Tage", "−2.6 days"), base.T("95-%-Intervall −3,4 bis −1,7 · −18 %", "95 % interval −3.4 to −1.7 · −18 %")}, {base.T("Daten", "Data"), base.T("24 Monate davor, 12 danach", "24 months before, 12 after"), base.T("ρ = 0,36", "ρ = 0.36")}},
		Amount:   &certificate.Amount{base.T("Vermiedene Kosten je Jahr", "Avoided cost a year"), base.T("31 T€", "€31k"), base.T("47 T€", "€47k"), base.T("64 T€", "€64k"), base.T("18.200 € je Tag und Jahr (14.600 bis 21.800). Klassen werden nicht addiert.", "€18,200 per day and year (14,600 to 21,800). Classes are not added.")},
		Reasons: []certificate.Reason{
			{yes(true), base.T("Vor dem Start geplant", "Planned before the start"), base.T("unterschrieben am 18.09.2025", "signed on 18 September 2025")},
			{yes(true), base.T("Intervall schließt null aus", "The interval excludes zero"), same("p < 0,0001")},
			{yes(false), base.T("Kein anderes Ereignis binnen zwei Monaten", "No other event within two months"), base.Text{}},
			{nil, base.T("Kennzahl ohne Bezug bewegt sich nicht", "An unrelated metric does not move"), base.T("nicht benannt", "not named")},
		},
		Tried:      []certificate.Line{{base.T("Drei Anlaufmonate weggelassen", "Three months of wash-out left out"), base.T("−2,8 Tage", "−2.8 days"), base.Text{}}},
		Signatures: []certificate.Signature{{base.T("Officer schlägt vor", "Officer proposes"), "Jonas Albers", at(12)}, {base.T("Fachbereich bestätigt", "Department confirms"), "Holger Wendt", at(16)}, {base.T("Controlling unterschreibt", "Controlling signs"), "Miriam Petersen", at(19)}},
		Snapshot:   4217, Signed: at(19), Verify: "https://lotse.example/nachweis",
	}
	c.Chart = certificate.Chart{Title: base.T("Durchlaufzeit bis Lieferung, Median in Tagen", "Lead time until delivery, median in days"), Start: base.T("Betrieb ab 01.10.2025", "Live from 1 October 2025"), From: 24}
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 36 {
		v := 14.5 - 0.02*float64(i) + rng.NormFloat64()*0.6
		q := certificate.Point{Label: fmt.Sprintf("%d/%02d", 2023+(i+9)/12, (i+9)%12+1)}
		if i >= 24 {
			v -= 2.6
			e, lo, hi := 14.5-0.02*float64(i), 13.6-0.03*float64(i-24), 15.0
			q.Expected, q.Low, q.High = &e, &lo, &hi
		}
		q.Value = &v
		c.Chart.Points = append(c.Chart.Points, q)
	}
	return c
}

func at(day int) time.Time { return time.Date(2026, 11, day, 8, 14, 0, 0, time.UTC) }

func write(t *testing.T, c *certificate.Certificate, l base.Lang) []byte {
	t.Helper()
	pdf, err := certificate.Write(c, l)
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// The same closing gives the same bytes, so that a certificate can be written again.
func TestTheSameContentGivesTheSameBytes(t *testing.T) {
	for range 3 {
		if !bytes.Equal(write(t, example(), base.German), write(t, example(), base.German)) {
			t.Fatal("two writings differ")
		}
	}
}

// Another program reads on one page what the certificate says.
func TestAnotherProgramReadsIt(t *testing.T) {
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	file := filepath.Join(t.TempDir(), "c.pdf")
	for l, words := range map[base.Lang][]string{
		base.German:  {"Wirkungsnachweis", "verkürzt die Durchlaufzeit um 2,6 Tage", "Urteil: belegt", "−3,4 bis −1,7", "47 T€", "Miriam Petersen", "19.11.2026", hash, "Jedes veränderte Byte"},
		base.English: {"Certificate of effect", "Verdict: proven", "€47k", "19 November 2026", hash},
	} {
		sealed, err := certificate.Seal(write(t, example(), l), "0c1example", hash, keyed("k"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, sealed, 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := exec.Command(reader, "-layout", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		flowing := strings.Join(strings.Fields(string(text)), " ")
		for _, w := range words {
			if !strings.Contains(flowing, w) {
				t.Errorf("%v: %q is missing in\n%s", l, w, text)
			}
		}
		if pages := bytes.Count(text, []byte("\f")); pages != 1 {
			t.Errorf("%d pages", pages)
		}
	}
}

// Long texts make everything smaller, not a second page; what is longer still is refused.
func TestOnePage(t *testing.T) {
	c := example()
	for range 12 {
		c.Reasons = append(c.Reasons, certificate.Reason{Met: yes(true), Text: same(strings.Repeat("Noch eine Bedingung. ", 6)), Note: same("mit Zahlen")})
	}
	pdf := write(t, c, base.German)
	if n := bytes.Count(pdf, []byte("/Type /Page\n")); n != 1 {
		t.Errorf("%d pages", n)
	}
	c.Sentence = same(strings.Repeat("sehr lang ", 3000))
	if _, err := certificate.Write(c, base.German); !base.IsKind(err, base.Refused) {
		t.Errorf("an endless sentence: %v", err)
	}
}

// Every changed, missing or added byte is found, and so is a certificate of another instance.
func TestEveryChangedByteIsFound(t *testing.T) {
	sealed, err := certificate.Seal(write(t, example(), base.German), "0c1example", hash, keyed("k"))
	if err != nil {
		t.Fatal(err)
	}
	genuine := func(file []byte, k keyed) bool {
		named, ok, err := certificate.Read(file, k)
		return err == nil && ok && named == certificate.Named{Closing: "0c1example", Hash: hash}
	}
	if !genuine(sealed, "k") || genuine(sealed, "other") {
		t.Fatal("the file as written, or that of another instance")
	}
	rng := rand.New(rand.NewPCG(3, 4))
	places := []int{0, 1, len(sealed) - 1, len(sealed) - 2, len(sealed) - 70, len(sealed) - 140}
	for range 400 {
		places = append(places, rng.IntN(len(sealed)))
	}
	for _, i := range places {
		bad := bytes.Clone(sealed)
		bad[i] ^= byte(1 + rng.IntN(255))
		if genuine(bad, "k") || genuine(append(bytes.Clone(sealed[:i]), sealed[i+1:]...), "k") || genuine(append(append(bytes.Clone(sealed[:i]), 'x'), sealed[i:]...), "k") {
			t.Fatalf("a change at %d of %d passes", i, len(sealed))
		}
	}
	for _, file := range [][]byte{nil, []byte("%PDF-1.7"), sealed[:len(sealed)/2], bytes.Repeat([]byte("x"), 6<<20)} {
		if _, _, err := certificate.Read(file, keyed("k")); !base.IsKind(err, base.Refused) {
			t.Errorf("%d bytes: %v", len(file), err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("%PDF-1.3\n%lotse-certificate a " + hash + " " + hash + "\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if _, ok, err := certificate.Read(file, keyed("k")); ok && err != nil {
			t.Error("genuine and an error")
		}
	})
}
