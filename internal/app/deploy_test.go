package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/motcua/motcua/internal/config"
	"github.com/motcua/motcua/internal/telemetry"
)

const deployFolder = "../../docs/deploy"

// deployFiles reads what lies ready for installations, by path.
func deployFiles(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, pattern := range []string{"*", "kubernetes/*"} {
		paths, err := filepath.Glob(filepath.Join(deployFolder, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			if info, err := os.Stat(p); err != nil || info.IsDir() {
				continue
			}
			raw, err := os.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			out[p] = string(raw)
		}
	}
	return out
}

var settingName = regexp.MustCompile(`MOTCUA_[A-Z_]+`)

func TestEverySettingNamedForInstallationsExists(t *testing.T) {
	known := map[string]bool{}
	for _, s := range config.Describe(config.Default()) {
		known[s.Env] = true
	}
	named := 0
	for path, text := range deployFiles(t) {
		for _, name := range settingName.FindAllString(text, -1) {
			named++
			if !known[name] && !known[strings.TrimSuffix(name, "_FILE")] {
				t.Errorf("%s names %s, which is no setting", path, name)
			}
		}
	}
	if named < 20 {
		t.Errorf("only %d settings named", named)
	}
}

var (
	metricName = regexp.MustCompile(`\b(?:motcua|go|process)_[a-z_]+`)
	histogram  = regexp.MustCompile(`_(bucket|sum|count)$`)
)

func TestDashboardAndAlertsAskOnlyForMetricsThatExist(t *testing.T) {
	known := map[string]bool{"go_goroutines": true, "process_resident_memory_bytes": true, "process_cpu_seconds_total": true}
	for _, d := range telemetry.Defined() {
		known[d.Name] = true
	}
	asked := map[string]bool{}
	ask := func(where, expr string) {
		for _, name := range metricName.FindAllString(expr, -1) {
			if !known[name] {
				name = histogram.ReplaceAllString(name, "")
			}
			asked[name] = true
			if !known[name] {
				t.Errorf("%s asks for %s, which does not exist", where, name)
			}
		}
	}
	var board struct {
		Panels []struct {
			Title   string `json:"title"`
			Targets []struct {
				Expr string `json:"expr"`
			} `json:"targets"`
		} `json:"panels"`
	}
	files := deployFiles(t)
	if err := json.Unmarshal([]byte(files[filepath.Join(deployFolder, "grafana.json")]), &board); err != nil {
		t.Fatal(err)
	}
	for _, p := range board.Panels {
		for _, q := range p.Targets {
			ask(p.Title, q.Expr)
		}
	}
	for _, d := range telemetry.Defined() {
		if !asked[d.Name] {
			t.Errorf("no panel shows %s", d.Name)
		}
	}
	var rules struct {
		Groups []struct {
			Rules []struct{ Alert, Expr string }
		}
	}
	if err := yaml.Unmarshal([]byte(files[filepath.Join(deployFolder, "alerts.yaml")]), &rules); err != nil {
		t.Fatal(err)
	}
	if len(rules.Groups) == 0 || len(rules.Groups[0].Rules) < 10 {
		t.Error("the alerts are gone")
	}
	for _, g := range rules.Groups {
		for _, r := range g.Rules {
			ask(r.Alert, r.Expr)
		}
	}
}

// documents reads every YAML document of a file.
func documents(t *testing.T, text string) (out []map[string]any) {
	t.Helper()
	d := yaml.NewDecoder(bytes.NewReader([]byte(text)))
	for {
		var doc map[string]any
		err := d.Decode(&doc)
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, doc)
	}
}

// at follows names and indexes into a document; nil where there is nothing.
func at(v any, path ...any) any {
	for _, p := range path {
		switch k := p.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[k]
		case int:
			l, _ := v.([]any)
			if k >= len(l) {
				return nil
			}
			v = l[k]
		}
	}
	return v
}

func TestContainersAreKeptInTheirPlace(t *testing.T) {
	files := deployFiles(t)
	kinds := map[string]bool{}
	for _, name := range []string{"motcua.yaml", "backup.yaml"} {
		for _, doc := range documents(t, files[filepath.Join(deployFolder, "kubernetes", name)]) {
			kind, _ := doc["kind"].(string)
			kinds[kind] = true
			pod := at(doc, "spec", "template", "spec")
			if kind == "CronJob" {
				pod = at(doc, "spec", "jobTemplate", "spec", "template", "spec")
			}
			if pod == nil {
				continue
			}
			if at(pod, "securityContext", "runAsNonRoot") != true || at(pod, "securityContext", "seccompProfile", "type") != "RuntimeDefault" || at(pod, "automountServiceAccountToken") != false {
				t.Errorf("%s %s: the pod may do more than it needs", name, kind)
			}
			box := at(pod, "containers", 0)
			if at(box, "securityContext", "readOnlyRootFilesystem") != true || at(box, "securityContext", "allowPrivilegeEscalation") != false ||
				at(box, "securityContext", "capabilities", "drop", 0) != "ALL" {
				t.Errorf("%s %s: the container may do more than it needs", name, kind)
			}
			if kind == "StatefulSet" && (at(box, "readinessProbe", "httpGet", "path") != "/readyz" || at(box, "livenessProbe", "httpGet", "path") != "/healthz") {
				t.Error("the probes ask elsewhere")
			}
		}
	}
	for _, kind := range []string{"StatefulSet", "Service", "Ingress", "PodDisruptionBudget", "NetworkPolicy", "CronJob", "ConfigMap"} {
		if !kinds[kind] {
			t.Errorf("there is no %s", kind)
		}
	}
	compose := documents(t, files[filepath.Join(deployFolder, "compose.yaml")])[0]
	for _, service := range []string{"motcua-1", "motcua-2"} {
		s := at(compose, "services", service)
		if at(s, "read_only") != true || at(s, "user") != "65532:65532" || at(s, "cap_drop", 0) != "ALL" {
			t.Errorf("%s may do more than it needs: %v", service, s)
		}
	}
	named, _ := at(compose, "secrets").(map[string]any)
	for _, keys := range []string{"motcua.keys", pseudonymFile, keyFile, "chats.key"} {
		if named[keys] == nil || !strings.Contains(files[filepath.Join(deployFolder, "kubernetes", "motcua.yaml")], "/var/lib/motcua/"+keys) {
			t.Errorf("replicas would not share %s", keys)
		}
	}
	if !strings.Contains(files[filepath.Join(deployFolder, "Containerfile")], "USER 65532:65532") {
		t.Error("the image runs as root")
	}
}

var image = regexp.MustCompile(`(?m)^\s*(?:image: |FROM )(\S+)`)

func TestEveryImageIsPinned(t *testing.T) {
	seen := []string{}
	for path, text := range deployFiles(t) {
		for _, m := range image.FindAllStringSubmatch(text, -1) {
			_, tag, tagged := strings.Cut(m[1][strings.LastIndex(m[1], "/")+1:], ":")
			if !tagged || slices.Contains([]string{"latest", "stable", "edge"}, tag) || !strings.Contains(m[1], "/") {
				t.Errorf("%s: %s is not pinned", path, m[1])
			}
			seen = append(seen, m[1])
		}
	}
	if len(seen) < 8 {
		t.Errorf("only %d images seen", len(seen))
	}
}
