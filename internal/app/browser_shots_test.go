package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestShots writes a picture of every page into the folder MOTCUA_SHOTS names: light and
// dark, phone and desktop. `make shots` runs it; MOTCUA_SHOTS_ONLY names some pages, with
// commas between.
func TestShots(t *testing.T) {
	folder := os.Getenv("MOTCUA_SHOTS")
	if folder == "" {
		t.Skip("pictures are only made when MOTCUA_SHOTS names a folder")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	at, tabs := served(t), map[string]context.Context{}
	only := os.Getenv("MOTCUA_SHOTS_ONLY")
	for _, p := range walkedPages(t) {
		if only != "" && !slices.Contains(strings.Split(only, ","), p.Name) {
			continue
		}
		ctx := visit(t, tabs, at, p)
		for _, size := range []struct {
			name string
			w, h int64
		}{{"phone", 390, 844}, {"desktop", 1280, 860}} {
			for _, colours := range []string{"light", "dark"} {
				do(t, ctx, scheme(colours), chromedp.EmulateViewport(size.w, size.h))
				waitFor(t, ctx, `document.fonts.status === "loaded"`)
				shot, err := chromedp.Run(within(t, ctx), chromedp.FullScreenshot(100))
				if err != nil {
					t.Fatal(p.Name, err)
				}
				name := filepath.Join(folder, fmt.Sprintf("%s-%s-%s.png", p.Name, size.name, colours))
				if err := os.WriteFile(name, shot, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
