package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/motcua/motcua/eval"
	"github.com/motcua/motcua/internal/peers"
	"github.com/motcua/motcua/retrieval/lexical"
)

type evalCommand struct {
	Retrieval evalRetrieval `cmd:"" help:"${retrieval_help}"`
	Peers     evalPeers     `cmd:"" help:"${peers_help}"`
}

type evalRetrieval struct {
	Dataset string `help:"${dataset_help}" type:"existingdir" required:"" placeholder:"DIR"`
	Run_    string `name:"run" help:"${run_help}" placeholder:"FILE"`
	JSON    bool   `help:"${json_help}"`
}

// Run measures our retriever on one data set.
func (c *evalRetrieval) Run(e *environment) error {
	d, err := eval.Load(c.Dataset)
	if err != nil {
		return err
	}
	_ = d
	return errors.New("eval retrieval: not wired")
}

type evalPeers struct {
	Dataset  []string `help:"${data_sets_help}" type:"existingdir" required:"" placeholder:"DIR"`
	Postgres string   `help:"DSN" env:"MOTCUA_TEST_POSTGRES" placeholder:"DSN"`
	JSON     bool     `help:"${json_help}"`
}

// Run measures the peers on each data set.
func (c *evalPeers) Run(e *environment) error {
	return errors.New("eval peers: not wired")
}

var _ = os.Create
var _ = time.Now
var _ = lexical.DefaultSettings
var _ = peers.Best
var _ = fmt.Sprint
