// Package config reads the one configuration of the program: flags first, then LOTSE_* environment, then the file
// lotse.yaml in the data folder or where LOTSE_CONFIG points. What a setting of the company is (zone, currency, fiscal
// year) is no configuration but a record.
package config

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"strings"

	"gopkg.in/yaml.v3"

	"lotse.dev/lotse/internal/base"
)

// Config is everything that can be set from outside.
type Config struct {
	Data         string `yaml:"data"`          // folder of the instance
	Listen       string `yaml:"listen"`        // host:port of the server
	PublicURL    string `yaml:"public_url"`    // how people reach the server, for links; https makes cookies secure
	LogLevel     string `yaml:"log_level"`     // debug, info, warn or error
	LogFormat    string `yaml:"log_format"`    // text or json
	MetricsToken string `yaml:"metrics_token"` // bearer token of /metrics from elsewhere
	// TrustedProxies are addresses or networks, divided by commas, whose X-Forwarded-For tells who asks; nobody's is
	// believed without.
	TrustedProxies string `yaml:"trusted_proxies"`
	Lang           string `yaml:"lang"` // of the command line: de or en
}

// FileName is the name of the configuration file in the data folder.
const FileName = "lotse.yaml"

// Default is what holds when nothing is set.
func Default() Config {
	return Config{Data: "data", Listen: "127.0.0.1:8080", LogLevel: "info", LogFormat: "text", Lang: "de"}
}

// fields ties each setting to its environment variable.
func (c *Config) fields() map[string]*string {
	return map[string]*string{
		"LOTSE_DATA": &c.Data, "LOTSE_LISTEN": &c.Listen, "LOTSE_PUBLIC_URL": &c.PublicURL,
		"LOTSE_LOG_LEVEL": &c.LogLevel, "LOTSE_LOG_FORMAT": &c.LogFormat,
		"LOTSE_METRICS_TOKEN": &c.MetricsToken, "LOTSE_LANG": &c.Lang, "LOTSE_TRUSTED_PROXIES": &c.TrustedProxies,
	}
}

// Read gathers file and environment; dataFlag is the value of --data, "" when it was not given. Flags are laid over
// the result by the caller.
func Read(dataFlag string, getenv func(string) string) (Config, error) {
	c := Default()
	data := c.Data
	for _, have := range []string{dataFlag, getenv("LOTSE_DATA")} {
		if have != "" {
			data = have
			break
		}
	}
	path := getenv("LOTSE_CONFIG")
	named := path != ""
	if !named {
		path = filepath.Join(data, FileName)
	}
	if err := c.readFile(path, named); err != nil {
		return c, err
	}
	for name, field := range c.fields() {
		if v := getenv(name); v != "" {
			*field = v
		}
	}
	if dataFlag != "" {
		c.Data = dataFlag
	}
	return c, c.Check()
}

func (c *Config) readFile(path string, named bool) error {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && !named || errors.Is(err, fs.ErrPermission) && !named {
		return nil
	}
	if err != nil {
		if !named {
			return nil // --data names no folder; whoever opens it says so with more to tell
		}
		return base.Fail(base.Usage, "config_unreadable", base.T("Die Konfiguration kann nicht gelesen werden.",
			"The configuration cannot be read.")).At(base.Place{File: path}).Because(err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	if err := dec.Decode(c); err != nil && !errors.Is(err, io.EOF) {
		return base.Fail(base.Usage, "config_malformed", base.T("Die Konfiguration ist fehlerhaft: %s",
			"The configuration is malformed: %s", strings.TrimPrefix(err.Error(), "yaml: "))).At(base.Place{File: path}).Because(err)
	}
	return nil
}

// Check says which value does not fit.
func (c Config) Check() error {
	var fields []base.FieldError
	one := func(name, value string, allowed ...string) {
		for _, a := range allowed {
			if value == a {
				return
			}
		}
		list := strings.Join(allowed, ", ")
		fields = append(fields, base.FieldError{Field: name, Text: base.T("„%s“ gibt es nicht, erlaubt: %s", "“%s” does not exist, allowed: %s", value, list)})
	}
	one("log_level", c.LogLevel, "debug", "info", "warn", "error")
	one("log_format", c.LogFormat, "text", "json")
	one("lang", c.Lang, "de", "en")
	if _, err := c.Proxies(); err != nil {
		fields = append(fields, base.FieldError{Field: "trusted_proxies", Text: base.T("erwartet Adressen oder Netze wie 10.0.0.5, 10.0.0.0/8",
			"expects addresses or networks such as 10.0.0.5, 10.0.0.0/8")})
	}
	if len(fields) == 0 {
		return nil
	}
	e := base.Fail(base.Usage, "config_invalid", base.T("Die Konfiguration passt nicht.", "The configuration does not fit."))
	e.Fields = fields
	return e
}

// Proxies are the networks of TrustedProxies; a single address is a network of one.
func (c Config) Proxies() ([]netip.Prefix, error) {
	var out []netip.Prefix
	for part := range strings.SplitSeq(c.TrustedProxies, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		network, err := netip.ParsePrefix(part)
		if address, wrong := netip.ParseAddr(part); wrong == nil {
			network, err = address.Unmap().Prefix(address.Unmap().BitLen())
		}
		if err != nil {
			return nil, err
		}
		out = append(out, network)
	}
	return out, nil
}

// Logger writes the structured log.
func (c Config) Logger(w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		level = slog.LevelInfo
	}
	options := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}
