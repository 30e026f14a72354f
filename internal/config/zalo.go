package config

import (
	"net/url"
	"regexp"
	"strings"
)

var zaloNumber = regexp.MustCompile(`^[0-9]{5,32}$`)

// Zalo reports whether the Zalo channel is on.
func (c Config) Zalo() bool { return c.ZaloAppID != "" || c.ZaloOAID != "" }

// validateZalo names what keeps the Zalo channel from working.
func (c Config) validateZalo(fault func(format string, args ...any)) {
	if c.ZaloPerMinute < 1 || c.ZaloPerMinute > 6000 {
		fault("zalo_per_minute: %d is not between 1 and 6000", c.ZaloPerMinute)
	}
	if n := len(c.ZaloSetupSecret); n > 0 && n < 16 {
		fault("zalo_setup_secret: %d characters are too few; use at least 16, such as from `openssl rand -hex 16`", n)
	}
	if u, err := url.Parse(c.ZaloServer); c.ZaloServer != "" && (err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https")) {
		fault("zalo_server: not an address such as http://127.0.0.1:9090")
	}
	for name, number := range c.ZaloTemplates {
		if !zaloNumber.MatchString(number) {
			fault("zalo_templates: the number of %s must be digits", name)
		}
	}
	if !c.Zalo() {
		return
	}
	if !zaloNumber.MatchString(c.ZaloAppID) {
		fault("zalo_app_id: must be the digits that developers.zalo.me shows")
	}
	if !zaloNumber.MatchString(c.ZaloOAID) {
		fault("zalo_oa_id: must be the digits that oa.zalo.me shows")
	}
	if c.ZaloSecretsFile == "" && (strings.TrimSpace(string(c.ZaloAppSecret)) == "" || strings.TrimSpace(string(c.ZaloOASecret)) == "") {
		fault("zalo_app_secret, zalo_oa_secret: needed with zalo_app_id, here or in zalo_secrets_file")
	}
	if c.ZaloAppSecret != "" && c.ZaloAppSecret == c.ZaloOASecret {
		fault("zalo_oa_secret: is the app's secret; the account has one of its own, under Webhook")
	}
}
