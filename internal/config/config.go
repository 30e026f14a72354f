// Package config holds the settings: defaults, units, checks. A setting comes from the
// default, then the file, then the environment, then the command line; the later wins.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"github.com/caarlos0/env/v11"
	"github.com/pelletier/go-toml/v2"
)

// Config is every setting. `motcua config` prints each with its unit and default.
type Config struct {
	// Data is the folder that holds the database, the search index and backups; made on
	// first use with access for its owner only. Default "./data".
	Data string `toml:"data" env:"MOTCUA_DATA"`
	// Store is where everything is kept: "sqlite" (default), one file in Data, or "postgres",
	// a server that several replicas share. Each replica has its own Data for the search index
	// and needs the same key files in it.
	Store string `toml:"store" env:"MOTCUA_STORE"`
	// Postgres is the address of that server, such as
	// postgres://motcua@db.example.vn:5432/motcua?sslmode=verify-full. Its password is better
	// kept in a file named by PGPASSFILE; never printed.
	Postgres Secret `toml:"postgres" env:"MOTCUA_POSTGRES"`
	// PostgresConns is how many connections this process may hold. Default 0: four for each
	// processor, at least eight.
	PostgresConns int `toml:"postgres_conns" env:"MOTCUA_POSTGRES_CONNS"`
	// PostgresAsIs leaves the schema as it is: for a role that may not change tables. Default
	// false: whoever starts first brings it up to date.
	PostgresAsIs bool `toml:"postgres_as_is" env:"MOTCUA_POSTGRES_AS_IS"`
	// Listen is host:port for the portal and the API. Default "127.0.0.1:8080"; ":8080"
	// opens it to the network.
	Listen string `toml:"listen" env:"MOTCUA_LISTEN"`
	// TrustedProxies are the addresses of our own reverse proxies, such as "10.0.0.0/8
	// 127.0.0.1", with spaces between: from them X-Forwarded-For and X-Forwarded-Proto are
	// believed. Default "": from nobody, for a program that people reach directly.
	TrustedProxies string `toml:"trusted_proxies" env:"MOTCUA_TRUSTED_PROXIES"`
	// MetricsListen is host:port for metrics, health and readiness, apart from Listen: what
	// they tell is for operators. Default "": not served; "127.0.0.1:9464" serves this
	// machine.
	MetricsListen string `toml:"metrics_listen" env:"MOTCUA_METRICS_LISTEN"`
	// Lang is the language of messages in the terminal: "vi" (default) or "en".
	Lang string `toml:"lang" env:"MOTCUA_LANG"`
	// RequestTimeout bounds one answer over HTTP. Default 10s; 0 means no bound.
	RequestTimeout Duration `toml:"request_timeout" env:"MOTCUA_REQUEST_TIMEOUT"`
	// MaxBody is the largest request body in bytes. Default 65536.
	MaxBody int64 `toml:"max_body" env:"MOTCUA_MAX_BODY"`
	// RatePerMinute is how many questions one address may ask a minute. Default 60; 0
	// means no limit.
	RatePerMinute int `toml:"rate_per_minute" env:"MOTCUA_RATE_PER_MINUTE"`
	// ModelURL is the base address of an OpenAI-compatible model server, ending in /v1.
	// Default "": no model; answers are complete without one.
	ModelURL string `toml:"model_url" env:"MOTCUA_MODEL_URL"`
	// ModelName is what that server calls the model. Needed with ModelURL.
	ModelName string `toml:"model_name" env:"MOTCUA_MODEL_NAME"`
	// ModelKey is its key, "" for servers without; never printed. Prefer the environment.
	ModelKey Secret `toml:"model_key" env:"MOTCUA_MODEL_KEY"`
	// ModelWithin bounds an explanation; default 20s. ModelStall the wait for its next
	// piece; default 5s.
	ModelWithin Duration `toml:"model_within" env:"MOTCUA_MODEL_WITHIN"`
	ModelStall  Duration `toml:"model_stall" env:"MOTCUA_MODEL_STALL"`
	// EmbedURL is the base address of an OpenAI-compatible embedding server, ending in /v1
	// (vLLM, Ollama, llama.cpp and others). Default "": search goes by words alone.
	EmbedURL string `toml:"embed_url" env:"MOTCUA_EMBED_URL"`
	// EmbedName is what that server calls the model; needed with EmbedURL. EmbedKey is its
	// key; never printed.
	EmbedName string `toml:"embed_name" env:"MOTCUA_EMBED_NAME"`
	// EmbedQueryName is what it calls the model for questions, where it has a name apart for
	// them. Default "": EmbedName.
	EmbedQueryName string `toml:"embed_query_name" env:"MOTCUA_EMBED_QUERY_NAME"`
	EmbedKey       Secret `toml:"embed_key" env:"MOTCUA_EMBED_KEY"`
	// EmbedQueryPrefix and EmbedPassagePrefix are put before each text as the model was
	// trained, such as "query: " and "passage: ". Default "".
	EmbedQueryPrefix   string `toml:"embed_query_prefix" env:"MOTCUA_EMBED_QUERY_PREFIX"`
	EmbedPassagePrefix string `toml:"embed_passage_prefix" env:"MOTCUA_EMBED_PASSAGE_PREFIX"`
	// EmbedWithin bounds the embedding of one question, after which words answer alone.
	// Default 1s.
	EmbedWithin Duration `toml:"embed_within" env:"MOTCUA_EMBED_WITHIN"`
	// EmbedBatch is how many passages one request carries, default 32; EmbedAtOnce how many
	// requests run side by side, default 2.
	EmbedBatch  int `toml:"embed_batch" env:"MOTCUA_EMBED_BATCH"`
	EmbedAtOnce int `toml:"embed_at_once" env:"MOTCUA_EMBED_AT_ONCE"`
	// EmbedPerHour bounds requests for questions an hour. Default 0: no bound.
	EmbedPerHour int `toml:"embed_per_hour" env:"MOTCUA_EMBED_PER_HOUR"`
	// EmbedWeight is how much the nearest text gains over its score of words. Default 0:
	// what the dev sets taught, see docs/hybrid.md.
	EmbedWeight float64 `toml:"embed_weight" env:"MOTCUA_EMBED_WEIGHT"`
	// RerankURL is the base address of a server with /v1/rerank, ending in /v1. Default "":
	// no reranking model. RerankName and RerankKey as for embeddings.
	RerankURL  string `toml:"rerank_url" env:"MOTCUA_RERANK_URL"`
	RerankName string `toml:"rerank_name" env:"MOTCUA_RERANK_NAME"`
	RerankKey  Secret `toml:"rerank_key" env:"MOTCUA_RERANK_KEY"`
	// RerankWithin bounds one reranking, after which the order stands as it was. Default 2s.
	RerankWithin Duration `toml:"rerank_within" env:"MOTCUA_RERANK_WITHIN"`
	// RerankPerHour bounds requests an hour. Default 0: no bound.
	RerankPerHour int `toml:"rerank_per_hour" env:"MOTCUA_RERANK_PER_HOUR"`
	// QdrantURL is the gRPC address of a Qdrant server, such as http://127.0.0.1:6334 or
	// https://qdrant.example.vn:6334. Default "": vectors are searched in memory.
	QdrantURL string `toml:"qdrant_url" env:"MOTCUA_QDRANT_URL"`
	// QdrantKey is its key; never printed. Only sent over https.
	QdrantKey Secret `toml:"qdrant_key" env:"MOTCUA_QDRANT_KEY"`
	// QdrantName begins the names of collections. Default "motcua".
	QdrantName string `toml:"qdrant_name" env:"MOTCUA_QDRANT_NAME"`
	// ConversationDays is how many days what people asked is kept, for follow-ups, feedback
	// and the officials' queue. Default 30; 0 keeps nothing beyond this process.
	ConversationDays int `toml:"conversation_days" env:"MOTCUA_CONVERSATION_DAYS"`
	// OfficialsToken opens the officials' desk (queue, corrections, unanswered topics) to
	// whoever sends it as a bearer token. Default "": the desk is not served at all. At
	// least 24 characters; never printed. Prefer the environment.
	OfficialsToken Secret `toml:"officials_token" env:"MOTCUA_OFFICIALS_TOKEN"`
	// PublicURL is the address at which people reach the portal, without a slash at the end;
	// messages link to it. Default "": http:// and Listen.
	PublicURL string `toml:"public_url" env:"MOTCUA_PUBLIC_URL"`
	// Office is who speaks in notices. Default "Cổng Một Cửa".
	Office string `toml:"office" env:"MOTCUA_OFFICE"`
	// KeyFile holds the keys that seal names and addresses; made with mode 0600 on first
	// start. Back it up apart from the data: without it they cannot be read. Default "":
	// motcua.keys in Data.
	KeyFile string `toml:"key_file" env:"MOTCUA_KEY_FILE"`
	// DailyAt is when the life events due are worked through: five fields as in cron, in
	// Vietnam's time. Default "*/10 5-19 * * *". Whatever was missed is caught up with.
	DailyAt string `toml:"daily_at" env:"MOTCUA_DAILY_AT"`
	// IntakeKeys are the keys of systems that may send events: "name:secret:source+source",
	// several with spaces between. Default "": nothing is taken over HTTP. Never printed;
	// prefer the environment or IntakeKeysFile, one key a line, readable by its owner only.
	IntakeKeys     Secret `toml:"intake_keys" env:"MOTCUA_INTAKE_KEYS"`
	IntakeKeysFile string `toml:"intake_keys_file" env:"MOTCUA_INTAKE_KEYS_FILE"`
	// OIDCIssuer is the address of the identity provider (OpenID Connect) people sign in
	// with. Default "": there is no sign-in. Register BaseURL + "/dang-nhap/tro-ve" there.
	OIDCIssuer string `toml:"oidc_issuer" env:"MOTCUA_OIDC_ISSUER"`
	// OIDCClient and OIDCSecret are how it knows us; the secret may be empty, since PKCE is
	// always used, and is never printed.
	OIDCClient string `toml:"oidc_client" env:"MOTCUA_OIDC_CLIENT"`
	OIDCSecret Secret `toml:"oidc_secret" env:"MOTCUA_OIDC_SECRET"`
	// OIDCName is what the button calls it. Default "VNeID".
	OIDCName string `toml:"oidc_name" env:"MOTCUA_OIDC_NAME"`
	// OIDCScopes are asked for beside openid, with spaces between. Default "profile".
	OIDCScopes string `toml:"oidc_scopes" env:"MOTCUA_OIDC_SCOPES"`
	// OIDCClaims names the claims for roles, unit, level and name, in this order. Default
	// "roles unit acr name". OIDCVerified lists the levels that stand for a proofed identity.
	// Default "2 loa2 substantial high".
	OIDCClaims   string `toml:"oidc_claims" env:"MOTCUA_OIDC_CLAIMS"`
	OIDCVerified string `toml:"oidc_verified" env:"MOTCUA_OIDC_VERIFIED"`
	// SessionIdle ends a session nobody uses; default 30m. SessionLife ends every session;
	// default 12h.
	SessionIdle Duration `toml:"session_idle" env:"MOTCUA_SESSION_IDLE"`
	SessionLife Duration `toml:"session_life" env:"MOTCUA_SESSION_LIFE"`
	// OfficeHours are when officials answer in chats, Vietnam time on working days. Default
	// "07:30-11:30,13:30-17:00".
	OfficeHours string `toml:"office_hours" env:"MOTCUA_OFFICE_HOURS"`
	// TelegramToken is the token of the bot. Default "": the Telegram channel is off (see
	// docs/channels.md for why). Never printed; prefer the environment or TelegramTokenFile,
	// readable by its owner only. With an https:// PublicURL updates come by webhook, else
	// they are polled.
	TelegramToken     Secret `toml:"telegram_token" env:"MOTCUA_TELEGRAM_TOKEN"`
	TelegramTokenFile string `toml:"telegram_token_file" env:"MOTCUA_TELEGRAM_TOKEN_FILE"`
	// TelegramServer is the address of the Bot API. Default "https://api.telegram.org".
	TelegramServer string `toml:"telegram_server" env:"MOTCUA_TELEGRAM_SERVER"`
	// ZaloAppID and ZaloOAID name the Zalo app and the Official Account. Default "": the Zalo
	// channel is off. Once either is set, both are needed, and the two secrets.
	ZaloAppID string `toml:"zalo_app_id" env:"MOTCUA_ZALO_APP_ID"`
	ZaloOAID  string `toml:"zalo_oa_id" env:"MOTCUA_ZALO_OA_ID"`
	// ZaloAppSecret is shown to Zalo when asking for tokens, ZaloOASecret signs what Zalo
	// posts to us: two different keys. ZaloSetupSecret, at least 16 characters, lets an
	// operator open the page /zalo/noi; "" lets nobody. Never printed; prefer the environment
	// or ZaloSecretsFile, a file only its owner may read, of lines such as app_secret = "…".
	ZaloAppSecret   Secret `toml:"zalo_app_secret" env:"MOTCUA_ZALO_APP_SECRET"`
	ZaloOASecret    Secret `toml:"zalo_oa_secret" env:"MOTCUA_ZALO_OA_SECRET"`
	ZaloSetupSecret Secret `toml:"zalo_setup_secret" env:"MOTCUA_ZALO_SETUP_SECRET"`
	ZaloSecretsFile string `toml:"zalo_secrets_file" env:"MOTCUA_ZALO_SECRETS_FILE"`
	// ZaloTemplates are the numbers of approved templates by our name of the template, such
	// as viec-moi = "278102"; in the environment "viec-moi:278102,xe:278103". Default none:
	// outside a person's window notices go to their next channel.
	ZaloTemplates map[string]string `toml:"zalo_templates" env:"MOTCUA_ZALO_TEMPLATES"`
	// ZaloPerMinute is how many requests are made of Zalo a minute. Default 540.
	ZaloPerMinute int `toml:"zalo_per_minute" env:"MOTCUA_ZALO_PER_MINUTE"`
	// ZaloCharged lets consultation messages go beyond 48 hours or eight messages, within
	// seven days, for which Zalo charges. Default true.
	ZaloCharged bool `toml:"zalo_charged" env:"MOTCUA_ZALO_CHARGED"`
	// ZaloServer stands for all of Zalo's servers, for trials. Default "": Zalo's own.
	ZaloServer string `toml:"zalo_server" env:"MOTCUA_ZALO_SERVER"`
	// ZaloErrorsFile is read over the table of Zalo's error numbers. Default "": none.
	ZaloErrorsFile string `toml:"zalo_errors_file" env:"MOTCUA_ZALO_ERRORS_FILE"`
	// LogLevel is "debug", "info" (default), "warn" or "error".
	LogLevel string `toml:"log_level" env:"MOTCUA_LOG_LEVEL"`
	// LogFormat is "text" (default, key=value) or "json", an object a line.
	LogFormat string `toml:"log_format" env:"MOTCUA_LOG_FORMAT"`
}

// Secret is a value that no log, error or listing shows.
type Secret string

// String hides the value.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "(đã đặt)"
}

// MarshalText hides the value.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Secrets lists the values of all secret settings that are set: for whatever must not let
// them through.
func (c Config) Secrets() (out []string) {
	v := reflect.ValueOf(c)
	for i := range v.NumField() {
		if s, ok := v.Field(i).Interface().(Secret); ok && s != "" {
			out = append(out, string(s))
		}
	}
	return out
}

// Duration is a time.Duration written as "30s" or "1h30m".
type Duration time.Duration

// UnmarshalText reads "30s".
func (d *Duration) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	if err != nil {
		return fmt.Errorf("%q is not a duration such as 30s", b)
	}
	*d = Duration(v)
	return nil
}

// MarshalText writes "30s".
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// Default runs with no file at all: everything in ./data, portal on localhost.
func Default() Config {
	return Config{
		Data: "./data", Store: "sqlite", Listen: "127.0.0.1:8080", Lang: "vi", RequestTimeout: Duration(10 * time.Second),
		MaxBody: 64 << 10, RatePerMinute: 60, LogLevel: "info", LogFormat: "text", ConversationDays: 30,
		ModelWithin: Duration(20 * time.Second), ModelStall: Duration(5 * time.Second),
		EmbedWithin: Duration(time.Second), EmbedBatch: 32, EmbedAtOnce: 2, RerankWithin: Duration(2 * time.Second), QdrantName: "motcua",
		Office: "Cổng Một Cửa", DailyAt: "*/10 5-19 * * *",
		OfficeHours: "07:30-11:30,13:30-17:00", TelegramServer: "https://api.telegram.org",
		ZaloPerMinute: 540, ZaloCharged: true,
		OIDCName: "VNeID", OIDCScopes: "profile", OIDCClaims: "roles unit acr name", OIDCVerified: "2 loa2 substantial high",
		SessionIdle: Duration(30 * time.Minute), SessionLife: Duration(12 * time.Hour),
	}
}

// Load reads path over Default, then the environment. An empty path reads no file. It
// names every fault at once and never prints a secret.
func Load(path string) (Config, error) {
	c := Default()
	if path != "" {
		if err := c.read(path); err != nil {
			return c, err
		}
	}
	if err := env.Parse(&c); err != nil {
		return c, fmt.Errorf("config: environment: %w", err)
	}
	if err := c.readSecrets(os.Getenv); err != nil {
		return c, err
	}
	return c, c.Validate()
}

func (c *Config) read(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("config: there is no file %s", path)
	}
	if err != nil {
		return fmt.Errorf("config: %w", err)
	}
	defer f.Close()
	if err := toml.NewDecoder(f).DisallowUnknownFields().Decode(c); err != nil {
		var strict *toml.StrictMissingError
		if errors.As(err, &strict) {
			return fmt.Errorf("config: %s: unknown setting:\n%s", path, strict.String())
		}
		return fmt.Errorf("config: %s: %w", path, err)
	}
	return nil
}

// Validate names every setting that cannot work.
func (c Config) Validate() error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if strings.TrimSpace(c.Data) == "" {
		fault("data: must name a folder")
	}
	switch {
	case c.Store != "sqlite" && c.Store != "postgres":
		fault("store: %q is neither sqlite nor postgres", c.Store)
	case c.Store == "postgres" && c.Postgres == "":
		fault("postgres: needed with store = \"postgres\", such as postgres://motcua@localhost:5432/motcua")
	case c.PostgresConns < 0 || c.PostgresConns > 1000:
		fault("postgres_conns: %d is not between 0 and 1000", c.PostgresConns)
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		fault("listen: %q is not host:port such as 127.0.0.1:8080", c.Listen)
	}
	if c.Lang != "vi" && c.Lang != "en" {
		fault("lang: %q is neither vi nor en", c.Lang)
	}
	if c.RequestTimeout < 0 {
		fault("request_timeout: must not be negative")
	}
	if c.MaxBody < 1024 || c.MaxBody > 16<<20 {
		fault("max_body: %d is not between 1024 and 16777216 bytes", c.MaxBody)
	}
	if c.RatePerMinute < 0 {
		fault("rate_per_minute: must not be negative")
	}
	if u, err := url.Parse(c.ModelURL); c.ModelURL != "" && (err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https")) {
		fault("model_url: not an address such as http://127.0.0.1:11434/v1")
	}
	if c.ModelURL != "" && c.ModelName == "" {
		fault("model_name: needed with model_url")
	}
	if c.ModelWithin <= 0 || c.ModelStall <= 0 {
		fault("model_within, model_stall: must be positive")
	}
	if c.ConversationDays < 0 || c.ConversationDays > 3650 {
		fault("conversation_days: %d is not between 0 and 3650 days", c.ConversationDays)
	}
	if n := len(c.OfficialsToken); n > 0 && n < 24 {
		fault("officials_token: %d characters are too few; use at least 24, such as from `openssl rand -hex 24`", n)
	}
	if u, err := url.Parse(c.PublicURL); c.PublicURL != "" && (err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || strings.HasSuffix(c.PublicURL, "/")) {
		fault("public_url: not an address such as https://motcua.example.vn (no slash at the end)")
	}
	if u, err := url.Parse(c.OIDCIssuer); c.OIDCIssuer != "" && (err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || c.OIDCClient == "") {
		fault("oidc_issuer: an address such as https://dinhdanh.example.vn, with oidc_client")
	}
	if len(strings.Fields(c.OIDCClaims)) != 4 {
		fault("oidc_claims: name four claims, for roles, unit, level and name")
	}
	if c.SessionIdle <= 0 || c.SessionLife < c.SessionIdle {
		fault("session_idle, session_life: must be positive, and life not shorter than idle")
	}
	c.validateSemantic(fault)
	c.validateZalo(fault)
	if strings.TrimSpace(c.Office) == "" {
		fault("office: must name who speaks")
	}
	switch c.LogLevel {
	case "debug", "info", "warn", "error":
	default:
		fault("log_level: %q is not debug, info, warn or error", c.LogLevel)
	}
	if _, err := c.Proxies(); err != nil {
		faults = append(faults, err)
	}
	if c.LogFormat != "text" && c.LogFormat != "json" {
		fault("log_format: %q is neither text nor json", c.LogFormat)
	}
	if _, _, err := net.SplitHostPort(c.MetricsListen); c.MetricsListen != "" && err != nil {
		fault("metrics_listen: %q is not host:port such as 127.0.0.1:9464", c.MetricsListen)
	}
	if len(faults) > 0 {
		return fmt.Errorf("config: %w", errors.Join(faults...))
	}
	return nil
}

// Database is the path of the SQLite file.
func (c Config) Database() string { return filepath.Join(c.Data, "motcua.db") }

// Index is the path of the search index beside it.
func (c Config) Index() string { return filepath.Join(c.Data, "motcua.index") }

// Vectors is the path of the file of vectors beside it.
func (c Config) Vectors() string { return filepath.Join(c.Data, "motcua.vectors") }

// Keys is the path of the file of sealing keys.
func (c Config) Keys() string {
	if c.KeyFile != "" {
		return c.KeyFile
	}
	return filepath.Join(c.Data, "motcua.keys")
}

// BaseURL is the portal's address, without a slash at the end.
func (c Config) BaseURL() string {
	if c.PublicURL != "" {
		return c.PublicURL
	}
	return "http://" + c.Listen
}
