package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"github.com/motcua/motcua/channels/zalo"
	"github.com/motcua/motcua/internal/civil"
	"github.com/motcua/motcua/lifeevents"
	"github.com/motcua/motcua/lifeevents/delivery"
)

// zaloLine is the Zalo channel; nil until an account is named.
func zaloLine(a *App, c *chats) (*chatLine, error) {
	if !a.cfg.Zalo() && !a.sample {
		return nil, nil
	}
	cfg, setup, err := a.zaloConfig(c)
	if err != nil {
		return nil, err
	}
	a.sampleZaloServer(&cfg)
	oa, err := zalo.New(cfg)
	if err != nil {
		return nil, err
	}
	hook := oa.Webhook(c.rush.Counting(c.inbox))
	door := oa.Door(a.cfg.BaseURL(), setup)
	l := &chatLine{
		name: zalo.Name, title: "Zalo", adapter: oa,
		notices: delivery.Channel{Name: zalo.Name, Class: lifeevents.Outside, Sender: oa},
		routes:  map[string]http.Handler{zalo.WebhookPath: hook, zalo.DoorPath: door, zalo.DoorBackPath: door},
		run:     oa.Run,
	}
	if a.sampleZalo != nil {
		l.run = func(ctx context.Context) { a.runSampleZalo(ctx, oa, hook) }
	}
	l.state = func(ctx context.Context) Finding { return a.lookZalo(ctx, c, oa) }
	return l, nil
}

// zaloStore keeps what Zalo's account and its rules of writing to people ask to be kept.
type zaloStore interface {
	zalo.Vault
	zalo.Ledger
}

// zaloConfig gathers the settings, and the secrets from where they stand.
func (a *App) zaloConfig(c *chats) (cfg zalo.Config, setup string, err error) {
	secrets, err := a.zaloSecrets()
	if err != nil {
		return cfg, "", err
	}
	table, err := zalo.Errors(a.cfg.ZaloErrorsFile)
	if err != nil {
		return cfg, "", fmt.Errorf("zalo_errors_file: %w", err)
	}
	kept := a.store.Zalo()
	ends := zalo.Real()
	if server := strings.TrimRight(a.cfg.ZaloServer, "/"); server != "" {
		ends = zalo.Endpoints{OAuth: server, Open: server, Business: server}
	}
	return zalo.Config{
		Endpoints: ends,
		Account:   zalo.Account{AppID: a.cfg.ZaloAppID, AppSecret: secrets.App, OAID: a.cfg.ZaloOAID, OASecret: secrets.OA},
		Vault:     kept, Ledger: kept, Sealer: a.life.Box, Person: func(user string) []byte { return c.inbox.KeyOf(zalo.Name, user) },
		PerMinute: a.cfg.ZaloPerMinute, Charged: a.cfg.ZaloCharged, Templates: a.cfg.ZaloTemplates, Errors: table,
		Left: func(ctx context.Context, user string, at time.Time) error {
			return c.inbox.Left(ctx, zalo.Name, user, at, "zalo: bị chặn hoặc bị từ chối khi gửi")
		},
		Now: a.now, Log: a.log,
	}, secrets.Setup, nil
}

// zaloSecretsFile is what the file of secrets may hold.
type zaloSecretsFile struct {
	App   string `toml:"app_secret"`
	OA    string `toml:"oa_secret"`
	Setup string `toml:"setup_secret"`
}

// zaloSecrets reads the file, and over it the settings.
func (a *App) zaloSecrets() (s zaloSecretsFile, err error) {
	if path := a.cfg.ZaloSecretsFile; path != "" {
		info, err := os.Stat(path)
		if err == nil {
			err = ownersOnly(path, info)
		}
		if err != nil {
			return s, fmt.Errorf("zalo_secrets_file: %w", err)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return s, fmt.Errorf("zalo_secrets_file: %w", err)
		}
		if toml.NewDecoder(bytes.NewReader(raw)).DisallowUnknownFields().Decode(&s) != nil { // its error may quote a secret
			return s, errors.New(`zalo_secrets_file: mỗi dòng phải như app_secret = "…"; chỉ có app_secret, oa_secret, setup_secret`)
		}
	}
	for _, x := range []struct {
		into *string
		set  string
	}{{&s.App, string(a.cfg.ZaloAppSecret)}, {&s.OA, string(a.cfg.ZaloOASecret)}, {&s.Setup, string(a.cfg.ZaloSetupSecret)}} {
		if x.set != "" {
			*x.into = x.set
		}
		*x.into = strings.TrimSpace(*x.into)
	}
	return s, nil
}

// lookZalo tells how the account stands: whether it has let us in, how old the right is,
// what waits, and what Zalo has complained of lately.
func (a *App) lookZalo(ctx context.Context, c *chats, oa *zalo.OA) Finding {
	f := Finding{Name: "Zalo", OK: true}
	s, err := oa.Standing(ctx)
	waiting, err2 := c.inbox.State(ctx, zalo.Name)
	if err = errors.Join(err, err2); err != nil {
		f.OK, f.State, f.Mend = false, err.Error(), a.in("xem lỗi của kho dữ liệu và tệp khóa ở trên", "see what is said of the store and the key file above")
		return f
	}
	page := a.cfg.BaseURL() + zalo.DoorPath
	f.State = fmt.Sprintf(a.in("OA %s; %d tin chờ xử lý, %d chờ gửi, %d không rõ đã tới, %d liên kết, %d chờ cán bộ; %d mẫu tin", "OA %s; %d to handle, %d to send, %d in doubt, %d linked, %d tickets; %d templates"),
		a.cfg.ZaloOAID, waiting.Waiting, waiting.Pending, waiting.Unknown, waiting.Linked, waiting.Tickets, len(a.cfg.ZaloTemplates))
	switch {
	case !s.Authorised:
		f.OK, f.State = false, a.in("chưa được Official Account ủy quyền, hoặc phải ủy quyền lại; ", "not authorised by the account, or no longer; ")+f.State
		f.Mend = a.in("quản trị viên mở ", "an administrator opens ") + page
	case s.Worry, s.Doubtful:
		f.OK, f.State = false, fmt.Sprintf(a.in("khóa làm mới lần cuối ngày %s; ", "tokens renewed last on %s; "), civil.On(s.Renewed).VN())+f.State
		f.Mend = fmt.Sprintf(a.in("xem nhật ký vì sao không làm mới được; trước ngày %s phải nối lại ở %s", "see in the log why; authorise again before %s at %s"), civil.On(s.RefreshTill).VN(), page)
	default:
		f.State += fmt.Sprintf(a.in("; khóa làm mới ngày %s", "; tokens renewed on %s"), civil.On(s.Renewed).VN())
	}
	return a.zaloComplaints(ctx, f)
}

// zaloComplaints adds the errors of the last day that somebody must look at.
func (a *App) zaloComplaints(ctx context.Context, f Finding) Finding {
	alarms, err := a.store.Zalo().Alarms(ctx)
	table, err2 := zalo.Errors(a.cfg.ZaloErrorsFile)
	if err != nil || err2 != nil {
		return f
	}
	for _, x := range alarms {
		if a.now().Sub(x.Last) > 24*time.Hour {
			continue
		}
		m := table.Of(zalo.API(x.API), x.Code)
		f.OK = false
		f.State += fmt.Sprintf("; %d: %s (%d×, %s)", x.Code, m.VI, x.Count, x.Last.In(civil.Zone).Format("15:04 02/01"))
		if f.Mend == "" {
			f.Mend = m.Do
		}
	}
	return f
}
