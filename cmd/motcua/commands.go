package main

import "github.com/motcua/motcua/internal/config"

// commands is the command line: one field per subcommand, help from words.go.
type commands struct {
	Data   string `help:"${data_help}" type:"path" placeholder:"DIR"`
	Config string `help:"${config_help}" type:"path" placeholder:"FILE"`
	Lang   string `help:"${lang_help}" enum:",vi,en" default:""`

	Serve        serveCommand        `cmd:"" help:"${serve_help}"`
	Ask          askCommand          `cmd:"" help:"${ask_help}"`
	Search       searchCommand       `cmd:"" help:"${search_help}"`
	Ingest       ingestCommand       `cmd:"" help:"${ingest_help}"`
	Embed        embedCommand        `cmd:"" help:"${embed_help}"`
	Eval         evalCommand         `cmd:"" help:"${eval_help}"`
	Events       eventsCommand       `cmd:"" help:"${events_help}"`
	Corrections  correctionsCommand  `cmd:"" help:"${corrections_help}"`
	Zalo         zaloCommand         `cmd:"" help:"${zalo_help}"`
	Keys         keysCommand         `cmd:"" help:"${keys_help}"`
	Backup       backupCommand       `cmd:"" help:"${backup_help}"`
	Restore      restoreCommand      `cmd:"" help:"${restore_help}"`
	MigrateStore migrateStoreCommand `cmd:"" name:"migrate-store" help:"${migrate_help}"`
	Doctor       doctorCommand       `cmd:"" help:"${doctor_help}"`
	Config_      configCommand       `cmd:"" name:"config" help:"${configcmd_help}"`
	Version      versionCommand      `cmd:"" help:"${version_help}"`
	Help         helpCommand         `cmd:"" help:"${help_help}"`
}

// override lets the command line beat file and environment.
func (c *commands) override(cfg *config.Config) {
	if c.Data != "" {
		cfg.Data = c.Data
	}
	if c.Lang != "" {
		cfg.Lang = c.Lang
	}
	if c.Serve.Addr != "" {
		cfg.Listen = c.Serve.Addr
	}
}
