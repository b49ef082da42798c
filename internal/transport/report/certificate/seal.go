package certificate

import (
	"bytes"
	"fmt"
	"regexp"

	"lotse.dev/lotse/internal/base"
)

// Signer makes the code that only this instance can make over some bytes.
type Signer interface {
	MAC(purpose string, data []byte) (string, error)
}

const purpose = "certificate"

// Sizes from outside: a certificate has some 150 kB.
const longest = 5 << 20

// trailer is the line after the end of the PDF, a comment to every reader: which closing the file shows and the code over
// all bytes before it.
var trailer = regexp.MustCompile(`\n%lotse-certificate ([0-9a-z]{1,64}) ([0-9a-f]{64}) ([0-9a-f]{64})\n$`)

// Seal appends the trailer.
func Seal(pdf []byte, closing, hash string, s Signer) ([]byte, error) {
	head := fmt.Sprintf("\n%%lotse-certificate %s %s ", closing, hash)
	code, err := s.MAC(purpose, append(bytes.Clone(pdf), head...))
	if err != nil {
		return nil, err
	}
	out := append(append(bytes.Clone(pdf), head...), code+"\n"...)
	if !trailer.Match(out) {
		return nil, fmt.Errorf("certificate: the closing %q or its hash %q cannot stand in a certificate", closing, hash)
	}
	return out, nil
}

// Named is what a file says of itself; nothing of it is true before Genuine says so.
type Named struct{ Closing, Hash string }

// Read finds out which closing a file speaks of and whether this instance wrote it byte by byte. A file that is no
// certificate is refused.
func Read(file []byte, s Signer) (Named, bool, error) {
	if len(file) > longest {
		return Named{}, false, base.Fail(base.Refused, "certificate_too_large", base.T("Die Datei ist größer als jeder Wirkungsnachweis (höchstens 5 MB).", "The file is larger than any certificate (5 MB at most)."))
	}
	m := trailer.FindSubmatchIndex(file)
	if m == nil || !bytes.HasPrefix(file, []byte("%PDF-")) {
		return Named{}, false, base.Fail(base.Refused, "no_certificate", base.T("Das ist kein Wirkungsnachweis von Lotse oder sein Ende fehlt.", "This is no certificate of Lotse or its end is missing.")).
			WithHint(base.T("Wählen Sie die PDF-Datei, wie Lotse sie ausgegeben hat; neu gespeicherte oder gedruckte Fassungen lassen sich nur über die Prüfsumme vergleichen.",
				"Choose the PDF file as Lotse wrote it; versions saved anew or printed can only be compared by the hash."))
	}
	named := Named{string(file[m[2]:m[3]]), string(file[m[4]:m[5]])}
	code, err := s.MAC(purpose, file[:m[6]])
	return named, err == nil && code == string(file[m[6]:m[7]]), err
}
