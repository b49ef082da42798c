package cli

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"text/tabwriter"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/store/lake"
)

func init() {
	register(Command{Name: "setting show", Usage: base.T("Einstellungen des Unternehmens zeigen", "show the settings of the company"), Run: settingShow})
	register(Command{Name: "setting set", Usage: base.T("Einstellungen ändern", "change settings"), Run: settingSet})
	register(Command{Name: "setting history", Usage: base.T("wer wann welche Einstellung geändert hat", "who changed which setting when"), Run: settingHistory})
}

func settingShow(ctx context.Context, env *Env, args []string) error {
	if _, err := env.Parse(env.Flags("setting show"), args, 0, 0); err != nil {
		return err
	}
	a, err := env.settings(ctx)
	if err != nil {
		return err
	}
	return env.printSettings(ctx, a)
}

func (e *Env) settings(ctx context.Context) (*setting.Answer, error) {
	var a setting.Answer
	err := e.Call(ctx, http.MethodGet, "/settings", nil, &a)
	return &a, err
}

func (e *Env) printSettings(_ context.Context, a *setting.Answer) error {
	e.useZone(a.Value.Zone)
	return e.Print(a, func(w io.Writer) {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, name := range settingNames() {
			fmt.Fprintf(t, "%s\t%s\n", name, e.settingText(a.Value, name))
		}
		t.Flush()
		if a.UpdatedAt == nil {
			fmt.Fprintln(w, base.T("Noch nie geändert; es gelten die Vorgaben.", "Never changed; the defaults hold.").In(e.Lang))
			return
		}
		fmt.Fprintln(w, base.T("Fassung %s, geändert am %s von %s", "version %s, changed at %s by %s", a.Version, e.minute(*a.UpdatedAt), a.UpdatedBy).In(e.Lang))
	})
}

// settingNames are the names of the settings in their order.
func settingNames() []string {
	var out []string
	for f := range reflect.TypeFor[setting.Settings]().Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		out = append(out, name)
	}
	return out
}

// settingText writes the value of one setting for people.
func (e *Env) settingText(s setting.Settings, name string) string {
	var parts []string
	add := func(process, what string) { parts = append(parts, process+": "+what) }
	switch name {
	case "company_name":
		parts = append(parts, s.CompanyName)
	case "digital_channels":
		return dash(strings.Join(s.DigitalChannels, ", "))
	case "automatic_activities":
		for _, a := range s.AutomaticActivities {
			add(a.Process, a.Activity)
		}
	case "end_activities":
		for _, x := range s.EndActivities {
			add(x.Process, strings.Join(x.Activities, ", "))
		}
	case "sections":
		for _, x := range s.Sections {
			add(x.Process, x.Section+" ("+strings.Join(x.Activities, ", ")+")")
		}
	case "purposes":
		for _, x := range s.Purposes {
			add(x.Source, x.Purpose)
		}
	default:
		return strings.Trim(string(settingFields(s)[name]), `"`)
	}
	if text := strings.Join(parts, "; "); text != "" {
		return text
	}
	return "–"
}

// settingFields are the settings by name, each as JSON.
func settingFields(s setting.Settings) map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	b, err := json.Marshal(s)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		panic(err) // settings are plain data
	}
	return out
}

func settingSet(ctx context.Context, env *Env, args []string) error {
	flags := env.Flags("setting set KEY=VALUE… | --file FILE")
	file := flags.String("file", "", base.T("`DATEI` Einstellungen als JSON, wie setting show --json sie ausgibt; - liest die Standardeingabe; was nicht darin steht, bleibt",
		"`FILE` settings as JSON, as setting show --json prints them; - reads standard input; what is not in it stays").In(env.Lang))
	pairs, err := env.Parse(flags, args, 0, -1)
	if err != nil {
		return err
	}
	if len(pairs) == 0 == (*file == "") {
		return env.usage(flags, base.T("Bitte entweder Angaben der Form NAME=WERT oder --file.", "Please give either pairs NAME=VALUE or --file."))
	}
	a, err := env.settings(ctx)
	if err != nil {
		return err
	}
	next := a.Value
	if *file != "" {
		err = env.settingsFromFile(*file, &next)
	}
	for _, pair := range pairs {
		if err == nil {
			err = setOne(&next, pair)
		}
	}
	if err != nil {
		return err
	}
	if err := env.Call(ctx, http.MethodPut, "/settings", next, a, IfMatch(a.Version)); err != nil {
		return err
	}
	if err := env.waitActive(ctx); err != nil {
		return err
	}
	return env.printSettings(ctx, a)
}

// maxSettings is the size of a file of settings.
const maxSettings = 1 << 20

// settingsFromFile lays the settings of a file over those that hold.
func (e *Env) settingsFromFile(path string, s *setting.Settings) error {
	in := e.In
	if path != "-" {
		f, err := openFile(path)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	b, err := io.ReadAll(io.LimitReader(in, maxSettings+1))
	if err != nil {
		return err
	}
	refuse := func(err error) error {
		return base.Fail(base.Refused, "settings_unreadable", base.T("Das sind keine Einstellungen: %s", "These are no settings: %s", strings.TrimPrefix(err.Error(), "json: "))).
			WithHint(base.T("Namen: %s.", "Names: %s.", strings.Join(settingNames(), ", "))).At(base.Place{File: path}).Because(err)
	}
	if len(b) > maxSettings {
		return base.Fail(base.TooLarge, "settings_too_large", base.T("Diese Datei ist zu groß für Einstellungen.", "This file is too large for settings.")).At(base.Place{File: path})
	}
	var outer map[string]json.RawMessage
	if err := json.Unmarshal(b, &outer); err != nil {
		return refuse(err)
	}
	if value, whole := outer["value"]; whole {
		b = value
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(s); err != nil {
		return refuse(err)
	}
	return nil
}

// setOne reads NAME=VALUE. Lists are texts divided by commas or JSON; end_activities[PROCESS] and
// automatic_activities[PROCESS] change those of one process only.
func setOne(s *setting.Settings, pair string) error {
	name, value, ok := strings.Cut(pair, "=")
	process, ofProcess := "", false
	if at := strings.Index(name, "["); at > 0 {
		if end := strings.Index(pair, "]="); end > at { // a process may have = in its name
			name, process, value, ofProcess = pair[:at], pair[at+1:end], pair[end+2:], true
		}
	}
	if !ok || !slices.Contains(settingNames(), name) {
		return base.Fail(base.Usage, "setting_unknown", base.T("„%s“ ist keine Einstellung.", "“%s” is no setting.", pair)).
			WithHint(base.T("Form: NAME=WERT. Namen: %s.", "Form: NAME=VALUE. Names: %s.", strings.Join(settingNames(), ", ")))
	}
	if ofProcess {
		return setOfProcess(s, name, process, value)
	}
	field := reflect.ValueOf(s).Elem().Field(slices.Index(settingNames(), name))
	if field.Kind() == reflect.String {
		field.SetString(value)
		return nil
	}
	if name == "digital_channels" && !strings.HasPrefix(strings.TrimSpace(value), "[") {
		list, err := listOf(name, value)
		s.DigitalChannels = list
		return err
	}
	fresh := reflect.New(field.Type()) // a list is replaced, not laid over the old one
	dec := json.NewDecoder(strings.NewReader(value))
	dec.DisallowUnknownFields()
	if err := dec.Decode(fresh.Interface()); err != nil {
		return badSetting(name, value)
	}
	field.Set(fresh.Elem())
	return nil
}

func badSetting(name, value string) error {
	return base.Fail(base.Usage, "setting_unreadable", base.T("„%s“ ist kein Wert für %s.", "“%s” is no value of %s.", value, name)).
		WithHint(base.T("Zahlen als Ziffern, Listen als JSON; lotse setting show --json zeigt die Form.",
			"Numbers as digits, lists as JSON; lotse setting show --json shows the form."))
}

// listOf reads a list of names divided by commas; names with a comma stand in quotation marks.
func listOf(name, value string) ([]string, error) {
	if strings.TrimSpace(value) == "" {
		return []string{}, nil
	}
	r := csv.NewReader(strings.NewReader(value))
	r.TrimLeadingSpace = true
	list, err := r.Read()
	if err != nil {
		return nil, badSetting(name, value)
	}
	return list, nil
}

func setOfProcess(s *setting.Settings, name, process, value string) error {
	process = lake.Name(process)
	list, err := listOf(name, value)
	if err != nil {
		return err
	}
	switch name {
	case "end_activities":
		s.EndActivities = slices.DeleteFunc(slices.Clone(s.EndActivities), func(x setting.ProcessEnds) bool { return x.Process == process })
		if len(list) > 0 {
			s.EndActivities = append(s.EndActivities, setting.ProcessEnds{Process: process, Activities: list})
		}
	case "automatic_activities":
		s.AutomaticActivities = slices.DeleteFunc(slices.Clone(s.AutomaticActivities), func(x setting.ProcessActivity) bool { return x.Process == process })
		for _, activity := range list {
			s.AutomaticActivities = append(s.AutomaticActivities, setting.ProcessActivity{Process: process, Activity: activity})
		}
	default:
		return badSetting(name+"["+process+"]", value)
	}
	return nil
}

func settingHistory(ctx context.Context, env *Env, args []string) error {
	if _, err := env.Parse(env.Flags("setting history"), args, 0, 0); err != nil {
		return err
	}
	var list setting.HistoryList
	if err := env.Call(ctx, http.MethodGet, "/settings/history", nil, &list); err != nil {
		return err
	}
	if err := env.useInstanceZone(ctx); err != nil {
		return err
	}
	return env.Print(list, func(w io.Writer) { env.writeSettingHistory(w, list) })
}

// writeSettingHistory says of each version what it changed, newest first.
func (e *Env) writeSettingHistory(w io.Writer, list setting.HistoryList) {
	if len(list.Items) == 0 {
		fmt.Fprintln(w, base.T("Noch nie geändert; es gelten die Vorgaben.", "Never changed; the defaults hold.").In(e.Lang))
	}
	for i, entry := range list.Items {
		before := setting.Default()
		if i+1 < len(list.Items) {
			before = list.Items[i+1].Value
		}
		fmt.Fprintln(w, base.T("Fassung %s, %s, %s", "version %s, %s, %s", entry.Version, e.minute(entry.At), entry.By).In(e.Lang))
		old, now := settingFields(before), settingFields(entry.Value)
		for _, name := range settingNames() {
			if !bytes.Equal(old[name], now[name]) {
				fmt.Fprintf(w, "  %s: %s → %s\n", name, e.settingText(before, name), e.settingText(entry.Value, name))
			}
		}
	}
}
