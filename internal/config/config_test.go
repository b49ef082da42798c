package config_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/config"
)

func env(pairs map[string]string) func(string) string {
	return func(name string) string { return pairs[name] }
}

func TestEnvironmentOverFileOverDefault(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, config.FileName), []byte("listen: 0.0.0.0:9000\nlog_format: json\nlang: en\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Read(dir, env(map[string]string{"LOTSE_LANG": "de", "LOTSE_DATA": "/elsewhere"}))
	if err != nil {
		t.Fatal(err)
	}
	if c.Data != dir || c.Listen != "0.0.0.0:9000" || c.LogFormat != "json" || c.Lang != "de" || c.LogLevel != "info" {
		t.Fatalf("%+v", c)
	}
	c, err = config.Read("", env(map[string]string{"LOTSE_DATA": dir}))
	if err != nil || c.Data != dir || c.Lang != "en" {
		t.Fatalf("%+v %v", c, err)
	}
}

func TestMistakesAreNamed(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, config.FileName)
	for text, code := range map[string]string{"lissten: x": "config_malformed", "log_level: loud": "config_invalid", "trusted_proxies: 10.0.0.x": "config_invalid", "a: [": "config_malformed"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := config.Read(dir, env(nil))
		var e *base.Error
		if !errors.As(err, &e) || e.Code != code || e.Kind != base.Usage {
			t.Errorf("%s: %v", text, err)
		}
	}
	_, err := config.Read("", env(map[string]string{"LOTSE_CONFIG": filepath.Join(dir, "gone.yaml")}))
	var e *base.Error
	if !errors.As(err, &e) || e.Code != "config_unreadable" {
		t.Error(err)
	}
}

func TestLoggerSpeaksJSONAtItsLevel(t *testing.T) {
	var b bytes.Buffer
	c := config.Default()
	c.LogFormat, c.LogLevel = "json", "warn"
	log := c.Logger(&b)
	log.Info("quiet")
	log.Warn("loud", "n", 1)
	if got := b.String(); strings.Contains(got, "quiet") || !strings.Contains(got, `"msg":"loud","n":1`) {
		t.Fatal(got)
	}
}

func TestTrustedProxiesAreAddressesOrNetworks(t *testing.T) {
	c, err := config.Read(t.TempDir(), env(map[string]string{"LOTSE_TRUSTED_PROXIES": "10.0.0.5, 192.168.0.0/16,2001:db8::/32"}))
	if err != nil {
		t.Fatal(err)
	}
	networks, err := c.Proxies()
	if err != nil || fmt.Sprint(networks) != "[10.0.0.5/32 192.168.0.0/16 2001:db8::/32]" {
		t.Error(networks, err)
	}
	if networks, err := config.Default().Proxies(); err != nil || len(networks) != 0 {
		t.Error("nobody is trusted by default:", networks, err)
	}
}
