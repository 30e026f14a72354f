package config

import (
	"strings"
	"testing"
)

const zaloWhole = `zalo_app_id = "1234567890"
zalo_oa_id = "4318657068"
zalo_app_secret = "khoa-ung-dung"
zalo_oa_secret = "khoa-webhook"
zalo_templates = { viec-moi = "278102", xe = "278103" }
`

func TestTheZaloChannelIsOffUntilItsAccountIsNamed(t *testing.T) {
	if Default().Zalo() {
		t.Error("on by default")
	}
	c, err := Load(write(t, zaloWhole))
	if err != nil || !c.Zalo() || c.ZaloTemplates["xe"] != "278103" {
		t.Errorf("%+v, %v", c.ZaloTemplates, err)
	}
	for _, s := range Describe(c) {
		if strings.Contains(s.Value, "khoa-") {
			t.Errorf("%s shows a secret", s.Name)
		}
		if s.Name == "zalo_templates" && s.Value != "viec-moi:278102,xe:278103" {
			t.Errorf("templates read %q", s.Value)
		}
	}
}

func TestTemplatesComeFromTheEnvironmentToo(t *testing.T) {
	t.Setenv("MOTCUA_ZALO_TEMPLATES", "viec-moi:278102,xe:278103")
	c, err := Load("")
	if err != nil || len(c.ZaloTemplates) != 2 || c.ZaloTemplates["viec-moi"] != "278102" {
		t.Errorf("%+v, %v", c.ZaloTemplates, err)
	}
}

func TestHalfAZaloAccountIsNamedAFault(t *testing.T) {
	for what, text := range map[string]string{
		"zalo_oa_id":        strings.Replace(zaloWhole, "4318657068", "", 1),
		"zalo_app_id":       strings.Replace(zaloWhole, "1234567890", "ứng dụng", 1),
		"zalo_app_secret":   strings.Replace(zaloWhole, "khoa-ung-dung", "", 1),
		"zalo_oa_secret":    strings.Replace(zaloWhole, "khoa-webhook", "khoa-ung-dung", 1),
		"zalo_templates":    strings.Replace(zaloWhole, "278103", "đã duyệt", 1),
		"zalo_setup_secret": zaloWhole + "zalo_setup_secret = \"ngắn\"\n",
		"zalo_per_minute":   zaloWhole + "zalo_per_minute = 0\n",
	} {
		_, err := Load(write(t, text))
		if err == nil || !strings.Contains(err.Error(), what) || strings.Contains(err.Error(), "khoa-") {
			t.Errorf("%s: %v", what, err)
		}
	}
}
