package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/motcua/motcua/channels/zalo"
)

type zaloCommand struct {
	Templates zaloTemplates `cmd:"" help:"${zalo_templates_help}"`
}

type zaloTemplates struct {
	Portal string `help:"${zalo_portal_help}" placeholder:"URL"`
	Out    string `help:"${zalo_out_help}" type:"path" placeholder:"DIR" required:""`
	Light  string `help:"${zalo_light_help}" placeholder:"ID"`
	Dark   string `help:"${zalo_dark_help}" placeholder:"ID"`
}

// Run writes the requests by which templates are handed in, each into a file of its own,
// once all of them fit Zalo's limits with this portal's address.
func (c *zaloTemplates) Run(e *environment) error {
	page, err := c.page(e)
	if err != nil {
		return err
	}
	if (c.Light == "") != (c.Dark == "") {
		return &usageError{fmt.Errorf("%s", say(e.cfg.Lang, "zalo_two_logos"))}
	}
	made, err := zalo.OpenCatalogue()
	if err != nil {
		return err
	}
	files := map[string][]byte{}
	for _, name := range made.Names() {
		raw, err := made.Submission(name, page, c.Light, c.Dark)
		if err != nil {
			return err
		}
		var t zalo.Template
		if err := json.Unmarshal(raw, &t); err != nil {
			return err
		}
		if faults := t.Check(); len(faults) > 0 {
			return fmt.Errorf("%s: %w", name, faults[0])
		}
		files[name] = raw
	}
	if err := os.MkdirAll(c.Out, 0o750); err != nil {
		return err
	}
	for _, name := range made.Names() {
		path := filepath.Join(c.Out, name+".json")
		if err := os.WriteFile(path, files[name], 0o644); err != nil { //nolint:gosec // meant to be read: it goes to Zalo
			return err
		}
		_, _ = fmt.Fprintf(e.out, say(e.cfg.Lang, "written")+"\n", path)
	}
	return nil
}

// page is the portal's page of messages: of --portal, else of the setting public_url.
func (c *zaloTemplates) page(e *environment) (string, error) {
	portal := c.Portal
	if portal == "" {
		portal = e.cfg.PublicURL
	}
	u, err := url.Parse(portal)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.Trim(u.Path, "/") != "" {
		return "", &usageError{fmt.Errorf(say(e.cfg.Lang, "zalo_bad_portal"), portal)}
	}
	return "https://" + u.Host + "/toi/tin", nil
}
