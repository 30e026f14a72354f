package sqlite_test

import (
	"testing"

	"github.com/motcua/motcua/internal/store/storetest"
	"github.com/motcua/motcua/internal/switches"
)

func TestSwitches(t *testing.T) {
	storetest.Switches(t, func(t *testing.T) switches.Store { return open(t).Switches() })
}
