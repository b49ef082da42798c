package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/transport/report"
)

// mostCertificate is how much of a file is read; the server refuses what is larger.
const mostCertificate = 6 << 20

func init() {
	register(Command{Name: "certificate verify", Usage: base.T("einen Wirkungsnachweis oder seine Prüfsumme prüfen", "verify a certificate of effect or its hash"), Run: certificateVerify})
	register(Command{Name: "certificate write", Usage: base.T("den Wirkungsnachweis eines Plans als PDF schreiben", "write the certificate of a plan as PDF"), Run: certificateWrite})
}

func certificateVerify(ctx context.Context, env *Env, args []string) error {
	rest, err := env.Parse(env.Flags("certificate verify FILE|HASH"), args, 1, 1)
	if err != nil {
		return err
	}
	body, err := certificateBytes(rest[0])
	if err != nil {
		return err
	}
	asIs := func(r *http.Request) { r.Header.Set("Content-Type", "application/octet-stream") }
	r, err := env.send(ctx, http.MethodPost, "/certificates/verify", body, asIs)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	var out report.Verified
	if err := json.NewDecoder(r.Body).Decode(&out); err != nil {
		return env.client.gone(err)
	}
	if err := env.Print(out, func(w io.Writer) { env.writeVerified(w, &out) }); err != nil {
		return err
	}
	if out.Holds {
		return nil
	}
	return base.Fail(base.Refused, "certificate_not_valid", base.T("Der Nachweis ist nicht bestätigt.", "The certificate is not confirmed."))
}

// certificateBytes is a file, or a hash written as the argument.
func certificateBytes(arg string) (io.Reader, error) {
	if hash := strings.ToLower(arg); len(hash) == 64 && strings.Trim(hash, "0123456789abcdef") == "" {
		return strings.NewReader(hash), nil
	}
	file, err := os.Open(arg)
	if err != nil {
		return nil, unreadable(arg, err)
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, mostCertificate))
	if err != nil {
		return nil, unreadable(arg, err)
	}
	return strings.NewReader(string(raw)), nil
}

func (e *Env) writeVerified(w io.Writer, v *report.Verified) {
	fmt.Fprintln(w, v.Text.In(e.Lang))
	if !v.Why.IsZero() {
		fmt.Fprintln(w, v.Why.In(e.Lang))
	}
	if c := v.Closing; c != nil {
		fmt.Fprintln(w, base.T("Abschluss %s: %s, %s", "Closing %s: %s, %s", c.ID, c.Title, c.Label.In(e.Lang)).In(e.Lang))
	}
}

func certificateWrite(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("certificate write PLAN --out FILE")
	path := flags.String("out", "", base.T("`DATEI` neue Datei, in die das PDF geschrieben wird", "`FILE` new file that the PDF is written to").In(env.Lang))
	rest, err := env.Parse(flags, args, 1, 1)
	if err != nil {
		return err
	}
	if *path == "" {
		return env.usage(flags, base.T("Es fehlt --out, die Datei.", "--out is missing, the file."))
	}
	in, err := env.Stream(ctx, http.MethodGet, "/effects/"+url.PathEscape(rest[0])+"/certificate?lang="+env.Lang.String())
	if err != nil {
		return err
	}
	defer in.Close()
	size, err := writeNew(*path, in)
	if err != nil {
		return err
	}
	return env.Print(map[string]any{"file": *path, "bytes": size}, func(w io.Writer) {
		fmt.Fprintln(w, base.T("Geschrieben: %s, %d Byte.", "Written: %s, %d bytes.", *path, size).In(env.Lang))
	})
}

// writeNew writes a file that is not there yet; half of one is taken away.
func writeNew(path string, in io.Reader) (int64, error) {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if os.IsExist(err) {
		return 0, base.Fail(base.Refused, "file_exists", base.T("Die Datei „%s“ gibt es schon.", "The file “%s” already exists.", path)).
			WithHint(base.T("Nennen Sie einen neuen Namen; Lotse überschreibt keine Datei.", "Give a new name; Lotse overwrites no file."))
	}
	if err != nil {
		return 0, unwritable(path, err)
	}
	size, err := io.Copy(out, in)
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err != nil {
		os.Remove(path)
		return 0, unwritable(path, err)
	}
	return size, nil
}
